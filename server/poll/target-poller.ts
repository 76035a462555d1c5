import type { Collector } from '../collectors/collector';
import { Replies, ReplyError, type Learned } from '../collectors/replies';
import { TargetError } from '../errors';
import { commandKey, type Command, type ErrorReply, type Reply } from '../model/command';
import type { CollectorFailure, Failure, PollResult } from '../model/poll-result';
import { SampleRecorder } from '../model/sample-recorder';
import { formatAddress, type Target } from '../model/target';
import { backoffMs, LONGEST_MS } from '../util/backoff';
import type { Clock } from '../util/clock';
import type { Connect, PollListener, TargetConnection } from './interfaces';
import { planKey, planPoll, type PollPlan } from './poll-plan';
import { replyFailure } from './reply-failures';
import { runCollectors } from './run-collectors';
import { PollCounters, recordDown, recordUp } from './self-samples';

/** A refused command is tried again this long after it was learned: permissions may have been granted meanwhile. */
const RELEARN_MS = 3_600_000;

/** Failures that last until somebody changes something: trying again soon would only fill the server's log. */
const LASTING: ReadonlySet<string> = new Set(['auth', 'no_permission']);

/** Failures in which the connection is still good: the server itself said so. */
const ANSWERED: ReadonlySet<string> = new Set(['loading', 'master_down', 'busy', 'error_reply']);

const FACTS: Command = { args: ['INFO'] };

/** For servers that answer with nothing to the word their version should know. */
const INFO_ALL: Command = { args: ['INFO', 'all'] };

export interface PollerParts {
  readonly connect: Connect;
  readonly collectors: readonly Collector[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly publish: PollListener;
}

/** What is known of a server as long as one connection to it lasts. */
class Session {
  readonly connection: TargetConnection;
  learned: Learned | undefined;
  /** Collectors one of whose commands the server refuses. */
  readonly off = new Map<string, CollectorFailure>();
  learnedAtMs: number;
  /** Last replies of commands that are not asked every time. */
  readonly kept = new Map<string, { readonly reply: Reply | ErrorReply; readonly atMs: number }>();
  /** Set when the server does not know INFO's word for everything. */
  info: Command | undefined;
  plan: PollPlan | undefined;
  planKey = '';

  constructor(connection: TargetConnection, nowMs: number) {
    this.connection = connection;
    this.learnedAtMs = nowMs;
  }
}

/** Polls one target: holds its connection, what was learned of the server, and the counters of its polls. */
export class TargetPoller {
  readonly target: Target;
  readonly counters = new PollCounters();
  latest: PollResult | undefined;
  private readonly parts: PollerParts;
  private readonly recorder = new SampleRecorder();
  private session: Session | undefined;
  private connecting: AbortController | undefined;
  private failedAttempts = 0;
  private nextAttemptAtMs = -Infinity;
  private lastFailure: Failure | undefined;
  private latestStartedAt = -Infinity;
  private running: { readonly startedAt: number; readonly result: Promise<PollResult> } | undefined;
  private queued: Promise<PollResult> | undefined;
  private isClosed = false;

  constructor(target: Target, parts: PollerParts) {
    this.target = target;
    this.parts = parts;
  }

  /** A timed poll: left out and counted when one is still running. `missed` ticks went by unnoticed before it. */
  tick(missed = 0): void {
    this.counters.skipped += missed;
    if (this.running === undefined) void this.start();
    else this.counters.skipped++;
  }

  /** The latest result if its poll started at most `maxAgeMs` ago, else that of a poll shared by all who wait. */
  fresh(maxAgeMs: number): Promise<PollResult> {
    const oldest = this.parts.clock.monotonic() - maxAgeMs;
    if (this.latest !== undefined && this.latestStartedAt >= oldest) return Promise.resolve(this.latest);
    const { running } = this;
    if (running === undefined) return this.start();
    if (running.startedAt >= oldest) return running.result;
    return (this.queued ??= running.result.then(() => {
      this.queued = undefined;
      return this.running?.result ?? this.start();
    }));
  }

  /** Age in milliseconds of the latest result; undefined before the first. */
  ageMs(): number | undefined {
    return this.latest === undefined ? undefined : this.parts.clock.monotonic() - this.latestStartedAt;
  }

  /** Ends the connection for good; a running poll fails, and so does every later one. */
  close(): void {
    this.isClosed = true;
    this.disconnect();
  }

  private disconnect(): void {
    this.connecting?.abort();
    this.session?.connection.close();
    this.session = undefined;
  }

  private start(): Promise<PollResult> {
    const startedAt = this.parts.clock.monotonic();
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
      collectorFailures = await this.pollSession();
    } catch (error) {
      failure = this.fail(error);
    }
    const durationMs = clock.monotonic() - startedAt;
    const connectMs = this.session?.connection.connectMs ?? 0;
    if (failure === undefined) recordUp(this.recorder, this.counters, durationMs, connectMs, collectorFailures);
    else recordDown(this.recorder, this.counters, durationMs, failure);
    const facts = this.session?.learned?.facts ?? this.latest?.facts;
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
    this.parts.publish(result);
    return result;
  }

  private async pollSession(): Promise<readonly CollectorFailure[]> {
    const { clock } = this.parts;
    const replies = await this.withinDeadline(this.exchange());
    const session = this.session as Session;
    const plan = session.plan as PollPlan;
    session.learned = replies.learned;
    this.failedAttempts = 0;
    this.lastFailure = undefined;
    const failures = runCollectors(plan.collectors, replies, this.recorder, () => clock.monotonic());
    for (const failed of failures) {
      if (!failed.off) continue;
      session.off.set(failed.collector, failed);
      session.planKey = '';
    }
    return session.off.size === 0 ? failures : [...failures.filter(({ off }) => !off), ...session.off.values()];
  }

  /** Sends what is due in one round trip; before it, on a new connection, asks what kind of server it is. */
  private async exchange(): Promise<Replies> {
    const { clock } = this.parts;
    const session = this.openSession() ?? (await this.connect());
    session.learned ??= await this.learn(session);
    const plan = this.planFor(session, session.learned);
    const nowMs = clock.monotonic();
    const due = plan.commands.filter(({ key, command }) => {
      const kept = session.kept.get(key);
      return kept === undefined || command.refreshMs === undefined || nowMs - kept.atMs >= command.refreshMs;
    });
    this.counters.commands += due.length;
    const answers = await session.connection.roundTrip(due.map(({ command }) => command));
    const byCommand = new Map<string, Reply | ErrorReply>();
    due.forEach(({ key, command }, at) => {
      const reply = answers[at] as Reply | ErrorReply;
      byCommand.set(key, reply);
      if (command.refreshMs !== undefined) session.kept.set(key, { reply, atMs: nowMs });
    });
    if (byCommand.get(plan.infoKey) === '' && session.info === undefined) {
      session.info = INFO_ALL;
      session.planKey = '';
      return this.exchange();
    }
    for (const [key, { reply }] of session.kept) if (!byCommand.has(key)) byCommand.set(key, reply);
    return new Replies(byCommand, plan.infoKey, clock.now(), session.learned);
  }

  private async learn(session: Session): Promise<Learned> {
    this.counters.commands++;
    const [reply = null] = await session.connection.roundTrip([FACTS]);
    const key = commandKey(FACTS);
    return new Replies(new Map([[key, reply]]), key, this.parts.clock.now(), undefined).learned;
  }

  private planFor(session: Session, { facts }: Learned): PollPlan {
    const nowMs = this.parts.clock.monotonic();
    if (session.off.size > 0 && nowMs - session.learnedAtMs >= RELEARN_MS) {
      session.off.clear();
      session.kept.clear();
      session.learnedAtMs = nowMs;
      session.planKey = '';
    }
    const key = planKey(facts);
    if (session.plan === undefined || session.planKey !== key) {
      session.plan = planPoll(this.parts.collectors, facts, this.target.disabledCollectors, session.off, session.info);
      session.planKey = key;
    }
    return session.plan;
  }

  private openSession(): Session | undefined {
    if (this.session?.connection.isOpen === false) this.session = undefined;
    return this.session;
  }

  private async connect(): Promise<Session> {
    const { clock, connect } = this.parts;
    if (this.isClosed) throw new TargetError('closed', `${this.target.name} is no longer polled`);
    if (this.lastFailure !== undefined && clock.monotonic() < this.nextAttemptAtMs) {
      throw new TargetError(this.lastFailure.code, this.lastFailure.message);
    }
    this.connecting = new AbortController();
    this.counters.connectAttempts++;
    try {
      const connection = await connect(this.target, this.connecting.signal);
      this.counters.connections++;
      return (this.session = new Session(connection, clock.monotonic()));
    } finally {
      this.connecting = undefined;
    }
  }

  private withinDeadline<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs } = this.target;
    return new Promise<T>((resolve, reject) => {
      const cancel = this.parts.clock.after(timeoutMs, () => {
        const doing = this.connecting === undefined ? 'no whole answer' : 'no connection';
        const where = formatAddress(this.target.address);
        reject(
          new TargetError('timeout', `${where}: ${doing} within ${timeoutMs} ms: the server hangs or is overloaded`)
        );
        this.disconnect();
      });
      work.then(resolve, reject).finally(cancel);
    });
  }

  /** Ends the connection unless the server said itself what is wrong, and sets when to try again. */
  private fail(error: unknown): Failure {
    const failure = toFailure(this.target, error);
    this.counters.failed++;
    if (ANSWERED.has(failure.code)) return failure;
    const isWaiting = this.session === undefined && this.parts.clock.monotonic() < this.nextAttemptAtMs;
    this.disconnect();
    if (isWaiting) return failure;
    this.failedAttempts++;
    this.lastFailure = failure;
    const waitMs = LASTING.has(failure.code) ? LONGEST_MS : backoffMs(this.failedAttempts, this.parts.random());
    this.nextAttemptAtMs = this.parts.clock.monotonic() + waitMs;
    return failure;
  }
}

function toFailure(target: Target, error: unknown): Failure {
  if (error instanceof TargetError) return { code: error.code, message: error.message };
  const where = formatAddress(target.address);
  if (error instanceof ReplyError) {
    const { code, message } = replyFailure(error.command, error.reply);
    return { code, message: `${where}: ${message}` };
  }
  return { code: 'parse', message: `${where}: ${error instanceof Error ? error.message : String(error)}` };
}
