import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HistoryStatus } from '../api/contract';
import { HttpError } from '../errors';
import type { LogEntry, LogPosition, Selection, StoredEvent } from '../history/interfaces';
import type { SampleSet } from '../model/samples';
import type { TargetInfo } from '../query/context';
import { systemClock } from '../util/clock';
import { KeptMessages } from './kept-messages';
import { LayoutBook } from './layout-book';
import type { FromThread, HistoryOptions, RawAnswer, Route, ThreadOptions, ToThread } from './protocol';
import { Questions } from './questions';

const THREAD = join(__dirname, 'thread.js');
/** Of the thread's heap: what a question may take up before the thread is ended and started anew, and nobody else is. */
const MAX_HEAP_MB = 1024;
const CLOSE_WITHIN_MS = 6_000;
const RESTART_AFTER_MS = 1_000;
const RESTART_AFTER_AT_MOST_MS = 60_000;

const STOPPING = new HttpError(503, 'unavailable', 'The collector is stopping: ask again once it is back.');

/** The part of a logger that the history needs. */
export interface HistoryLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The history as the main thread uses it: everything but a copy happens in a thread of its own. */
export class HistoryClient {
  private readonly options: HistoryOptions;
  private readonly log: HistoryLog;
  private readonly thread: string;
  private worker: Worker;
  private layouts: LayoutBook;
  private targets = new Map<string, TargetInfo>();
  /** Told to the thread together, once the current turn of the event loop is over. */
  private outbox: ToThread[] = [];
  private transfers: ArrayBuffer[] = [];
  private readonly questions = new Questions(
    (message) => this.post(message),
    (ms, callback) => systemClock.after(ms, callback)
  );
  private readonly kept = new KeptMessages();
  private latest: HistoryStatus;
  /** The thread has its store open, and is there. */
  private isReady = false;
  private restart: NodeJS.Timeout | undefined;
  private restartAfterMs = RESTART_AFTER_MS;
  private isStopping = false;
  private isClosing = false;

  private constructor(options: HistoryOptions, log: HistoryLog, thread: string) {
    this.options = options;
    this.log = log;
    this.thread = thread;
    this.latest = {
      state: 'ok',
      directory: options.directory,
      retentionMs: options.retentionMs,
      diskBytes: 0,
      series: 0,
      samplesStored: 0,
      samplesRefused: {},
      pendingSamples: 0,
    };
    this.layouts = new LayoutBook((message) => this.post(message));
    this.worker = this.startThread();
  }

  /**
   * Resolves once the store is open; rejects with what to do when it cannot be used, as when another process has it.
   * `thread` is the file that the thread runs.
   */
  static async open(
    options: HistoryOptions,
    log: HistoryLog,
    thread = THREAD
  ): Promise<{ client: HistoryClient; positions: readonly LogPosition[] }> {
    const client = new HistoryClient(options, log, thread);
    try {
      return { client, positions: await firstPositions(client.worker) };
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /** The targets that are configured now. */
  setTargets(targets: readonly TargetInfo[]): void {
    this.targets = new Map(targets.map((target) => [target.name, target]));
    this.layouts.keep(new Set(this.targets.keys()));
    this.post({ type: 'targets', targets });
  }

  /** Takes in the samples of a poll and what it says of the target; the values are copied. */
  append(target: TargetInfo, atMs: number, { layout, values }: SampleSet): void {
    const before = this.targets.get(target.name);
    if (before === undefined) return; // it was removed while it was polled
    if (before.role !== target.role || before.state !== target.state) {
      this.targets.set(target.name, target);
      this.post({ type: 'target', target });
    }
    const copy = values.slice();
    this.transfers.push(copy.buffer);
    this.post({ type: 'poll', target: target.name, atMs, layout: this.layouts.use(target.name, layout), values: copy });
  }

  addEntries(entries: readonly LogEntry[]): void {
    if (entries.length > 0) this.post({ type: 'entries', entries });
  }

  addEvents(events: readonly Omit<StoredEvent, 'id'>[]): void {
    if (events.length > 0) this.post({ type: 'events', events });
  }

  /** As of the last flush. */
  status(): HistoryStatus {
    return this.latest;
  }

  /** Rejects with an HttpError when there is no answer. */
  async request(route: Route, body: Uint8Array, signal?: AbortSignal): Promise<RawAnswer> {
    const copy = Uint8Array.from(body); // a Buffer's memory may hold what others wrote, too
    const answer = await this.questions.ask((id) => ({ type: 'request', id, route, body: copy }), signal);
    if (answer.type !== 'answer') throw new Error(`the history's thread answered a request with ${answer.type}`);
    return answer;
  }

  async entries(selection: Selection): Promise<readonly LogEntry[]> {
    const answer = await this.questions.ask((id) => ({ type: 'read-entries', id, selection }));
    return answer.type === 'entries' ? answer.entries : [];
  }

  /** Refuses questions that wait and all to come, so that nobody has to wait for them. */
  stop(): void {
    this.isStopping = true;
    this.questions.refuseWaiting(STOPPING);
  }

  /** Writes everything that was taken in. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.restart);
    this.questions.refuse(STOPPING);
    this.tellKept();
    this.post({ type: 'close' });
    this.send();
    const timer = setTimeout(() => void this.worker.terminate(), CLOSE_WITHIN_MS);
    if (this.worker.threadId !== -1) await once(this.worker, 'exit');
    clearTimeout(timer);
  }

  private post(message: ToThread): void {
    this.outbox.push(message);
    if (this.outbox.length === 1) setImmediate(() => this.send());
  }

  private send(): void {
    // Polls follow each other; entries and events are told once.
    const messages = this.isReady ? this.outbox : this.outbox.filter((message) => !this.kept.add(message));
    if (this.restart === undefined && messages.length > 0) this.worker.postMessage(messages, this.transfers);
    this.outbox = [];
    this.transfers = [];
  }

  private startThread(): Worker {
    const worker = new Worker(this.thread, {
      workerData: { ...this.options, giveUp: this.questions.giveUp } satisfies ThreadOptions,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.on('message', (message: FromThread) => this.take(message));
    worker.on('error', (error: unknown) => this.log.error({ err: error }, 'the history failed and is started anew'));
    worker.on('exit', () => this.threadEnded());
    return worker;
  }

  private take(message: FromThread): void {
    switch (message.type) {
      case 'ready':
        this.restartAfterMs = RESTART_AFTER_MS;
        this.tellKept();
        return;
      case 'refused':
        if (this.restartAfterMs > RESTART_AFTER_MS) this.log.error({}, `the history is off: ${message.message}`);
        return;
      case 'failed':
        this.log.error({ what: message.what, stack: message.stack }, 'the history could not do what it was asked to');
        return;
      case 'status':
        this.logChange(this.latest, message.status);
        this.latest = message.status;
        return;
      case 'answer':
      case 'entries':
        this.questions.take(message);
    }
  }

  private tellKept(): void {
    this.isReady = true;
    const { messages, lost } = this.kept.take();
    for (const message of messages) this.post(message);
    if (lost > 0)
      this.log.error({ lost }, 'the history was away for so long that events and slow-log entries were lost');
  }

  private logChange(before: HistoryStatus, after: HistoryStatus): void {
    if (before.state === after.state && before.problem === after.problem) return;
    if (after.state === 'degraded') this.log.warn({}, `the history is degraded: ${after.problem ?? ''}`);
    else this.log.info({}, 'the history is written to disk again');
  }

  /** Whoever waits is told; a new thread is told of the targets, and of layouts as polls come. */
  private threadEnded(): void {
    this.isReady = false;
    if (this.isClosing) return;
    this.questions.refuse(
      new HttpError(503, 'unavailable', 'The history is being started anew: ask again in a few seconds.')
    );
    this.restart = setTimeout(() => {
      this.restart = undefined;
      if (!this.isStopping) this.questions.accept();
      this.worker = this.startThread();
      this.layouts = new LayoutBook((message) => this.post(message));
      this.setTargets([...this.targets.values()]);
    }, this.restartAfterMs);
    this.restartAfterMs = Math.min(this.restartAfterMs * 2, RESTART_AFTER_AT_MOST_MS);
  }
}

/** What a thread that has just been started says of its store; rejects when it says nothing or that it has none. */
async function firstPositions(worker: Worker): Promise<readonly LogPosition[]> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`the history's thread ended at once, with code ${String(code)}: see that there is enough memory`);
  });
  try {
    const [first] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [FromThread];
    if (first.type === 'ready') return first.positions;
    throw new Error(first.type === 'refused' ? first.message : `the history's thread said ${first.type} first`);
  } finally {
    settled.abort();
  }
}
