import type { Collector } from '../collectors/collector';
import { ReplyError } from '../collectors/replies';
import { TargetError } from '../errors';
import type { Command, ErrorReply, Reply } from '../model/command';
import type { CollectorFailure, Failure, FailureCode, PollResult } from '../model/poll-result';
import { SampleRecorder } from '../model/sample-recorder';
import { formatAddress, type Target } from '../model/target';
import type { Clock } from '../util/clock';
import type { Connect, PollListener } from './interfaces';
import { waitForReadersMs } from './reader-pace';
import { commandFailure } from './reply-failures';
import { Retry } from './retry';
import { runCollectors } from './run-collectors';
import { PollCounters, recordDown, recordUp } from './self-samples';
import { Session, type Answers } from './session';

/** Failures in which the connection is still good: the server itself said so. */
const ANSWERED: ReadonlySet<FailureCode> = new Set(['loading', 'master_down', 'busy', 'error_reply']);

export interface PollerParts {
  readonly connect: Connect;
  readonly collectors: readonly Collector[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly publish: PollListener;
}

/** Polls one target: holds its connection and the counters of its polls. */
export class TargetPoller {
  readonly target: Target;
  readonly counters = new PollCounters();
  latest: PollResult | undefined;
  private readonly parts: PollerParts;
  private readonly recorder = new SampleRecorder();
  private readonly retry: Retry;
  private session: Session | undefined;
  /** Set while a connection is being opened. */
  private attempt: AbortController | undefined;
  private latestStartedAt = -Infinity;
  /** When the last poll was begun, if that was for a reader and did not fail. */
  private readAtMs: number | undefined;
  /** Set while a timed poll waits for readers. */
  private cancelWait: (() => void) | undefined;
  private running: { readonly startedAt: number; readonly result: Promise<PollResult> } | undefined;
  private queued: Promise<PollResult> | undefined;
  private isClosed = false;

  constructor(target: Target, parts: PollerParts) {
    this.target = target;
    this.parts = parts;
    this.retry = new Retry(parts.clock, parts.random);
  }

  /**
   * A timed poll: left out and counted when one is still running, and left out, at once or later, where readers have the
   * target polled in each interval. `missed` ticks went by unnoticed before it.
   */
  tick(missed = 0): void {
    this.counters.skipped += missed;
    if (this.running !== undefined) {
      this.counters.skipped++;
      return;
    }
    const { clock } = this.parts;
    const waitMs = waitForReadersMs(this.readAtMs, clock.now(), this.target.intervalMs);
    this.cancelWait?.();
    if (waitMs === 0) void this.start(false);
    else if (waitMs < Infinity) this.cancelWait = clock.after(waitMs, () => this.tick());
  }

  /** The latest result if its poll started at most `maxAgeMs` ago. */
  ready(maxAgeMs: number): PollResult | undefined {
    return this.latestStartedAt >= this.parts.clock.monotonic() - maxAgeMs ? this.latest : undefined;
  }

  /** The latest result if its poll started at most `maxAgeMs` ago, else that of a poll shared by all who wait. */
  fresh(maxAgeMs: number): Promise<PollResult> {
    const oldest = this.parts.clock.monotonic() - maxAgeMs;
    const ready = this.ready(maxAgeMs);
    if (ready !== undefined) return Promise.resolve(ready);
    const { running } = this;
    if (running === undefined) return this.start(true);
    if (running.startedAt >= oldest) return running.result;
    return (this.queued ??= running.result.then(() => {
      this.queued = undefined;
      return this.running?.result ?? this.start(true);
    }));
  }

  /** Age in milliseconds of the latest result; undefined before the first. */
  ageMs(): number | undefined {
    return this.latest === undefined ? undefined : this.parts.clock.monotonic() - this.latestStartedAt;
  }

  /** One round trip besides the polls. Rejects with a TargetError: it waits for no connection and opens none. */
  ask(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]> {
    const connection = this.session?.connection;
    return connection?.isOpen === true ? connection.roundTrip(commands) : Promise.reject(this.noConnectionError());
  }

  /** Ends the connection for good; a running poll fails, and so does every later one, and nothing is published. */
  close(): void {
    this.isClosed = true;
    this.cancelWait?.();
    this.disconnect();
  }

  private disconnect(): void {
    if (this.attempt !== undefined) this.counters.connectFailures++;
    this.attempt?.abort();
    this.attempt = undefined;
    this.session?.connection.close();
    this.session = undefined;
  }

  private start(isRead: boolean): Promise<PollResult> {
    const startedAt = this.parts.clock.monotonic();
    this.cancelWait?.();
    this.readAtMs = isRead ? this.parts.clock.now() : undefined;
    const result = this.run(startedAt);
    this.running = { startedAt, result };
    return result;
  }

  private async run(startedAt: number): Promise<PollResult> {
    const { clock } = this.parts;
    const startedAtMs = clock.now();
    let failure: Failure | undefined;
    let collectorFailures: readonly CollectorFailure[] = [];
    this.counters.polls++;
    this.counters.commands = 0;
    try {
      const { session, answers } = await this.withinDeadline(this.askAll());
      if (this.isClosed) throw this.closedError();
      this.retry.succeeded();
      const { replies, collectors, resting } = answers;
      const failures = runCollectors(collectors, replies, this.recorder, () => clock.monotonic(), resting);
      collectorFailures = session.note(failures);
    } catch (error) {
      failure = this.fail(error);
    }
    const durationMs = clock.monotonic() - startedAt;
    const connectMs = this.session?.connection.connectMs ?? 0;
    if (failure === undefined) recordUp(this.recorder, this.counters, durationMs, connectMs, collectorFailures);
    else recordDown(this.recorder, this.counters, durationMs, failure);
    const facts = this.session?.facts ?? this.latest?.facts;
    const result: PollResult = {
      target: this.target,
      startedAtMs,
      durationMs,
      collectorFailures,
      samples: this.recorder.finish(),
      ...(failure !== undefined && { failure }),
      ...(facts !== undefined && { facts }),
    };
    this.latest = result;
    this.latestStartedAt = startedAt;
    this.running = undefined;
    this.counters.note(result);
    if (!this.isClosed) this.parts.publish(result);
    return result;
  }

  private async askAll(): Promise<{ readonly session: Session; readonly answers: Answers }> {
    if (this.session?.connection.isOpen === false) this.session = undefined;
    const session = this.session ?? (await this.connect());
    return { session, answers: await session.ask() };
  }

  private async connect(): Promise<Session> {
    const { waitsFor } = this.retry;
    if (this.isClosed) throw this.closedError();
    if (waitsFor !== undefined) throw new TargetError(waitsFor.code, waitsFor.message);
    const { connect, collectors, clock } = this.parts;
    const attempt = (this.attempt = new AbortController());
    const connection = await connect(this.target, attempt.signal);
    if (this.attempt !== attempt) {
      connection.close();
      throw new TargetError('timeout', `${formatAddress(this.target.address)}: connected too late`);
    }
    this.attempt = undefined;
    this.counters.connections++;
    return (this.session = new Session(connection, {
      collectors,
      disabled: this.target.disabledCollectors,
      clock,
      onSend: (commands) => (this.counters.commands += commands),
    }));
  }

  private withinDeadline<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs, address, tls } = this.target;
    return new Promise<T>((resolve, reject) => {
      let isSettled = false;
      const giveUp = (): void => {
        if (isSettled) return;
        const lacking = this.attempt === undefined ? 'no whole answer' : 'no connection';
        const otherwise = this.attempt === undefined || tls === undefined ? '' : ', or the port does not speak TLS';
        const message = `${lacking} within ${timeoutMs} ms: the server hangs or is overloaded${otherwise}`;
        reject(new TargetError('timeout', `${formatAddress(address)}: ${message}`));
        this.disconnect();
      };
      // When this process was held up itself, timers come before what has arrived meanwhile: that is read first.
      const cancel = this.parts.clock.after(timeoutMs, () => setImmediate(giveUp));
      work.then(resolve, reject).finally(() => {
        isSettled = true;
        cancel();
      });
    });
  }

  /** Ends the connection unless the server said itself what is wrong, and sets when to try again. */
  private fail(error: unknown): Failure {
    const failure = toFailure(this.target, this.isClosed ? this.closedError() : error);
    this.counters.failed++;
    this.readAtMs = undefined;
    if (this.session !== undefined && ANSWERED.has(failure.code)) return failure;
    this.disconnect();
    if (this.retry.waitsFor === undefined) this.retry.failed(failure);
    return failure;
  }

  private closedError(): TargetError {
    return new TargetError('closed', `${formatAddress(this.target.address)}: the target is no longer polled`);
  }

  private noConnectionError(): TargetError {
    if (this.isClosed) return this.closedError();
    const where = formatAddress(this.target.address);
    const { code, message } = this.latest?.failure ?? { code: 'closed', message: `${where}: wait for the next poll` };
    return new TargetError(code, `there is no connection: ${message}`);
  }
}

function toFailure(target: Target, error: unknown): Failure {
  if (error instanceof TargetError) return { code: error.code, message: error.message };
  const where = formatAddress(target.address);
  if (error instanceof ReplyError) {
    const { code, message } = commandFailure(error);
    return { code, message: `${where}: ${message}` };
  }
  return { code: 'parse', message: `${where}: ${error instanceof Error ? error.message : String(error)}` };
}
