import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { parseBody } from '../api/body';
import { answerEvents } from '../events/answer-events';
import { HttpError } from '../errors';
import type { LogEntry, Selection } from '../history/interfaces';
import { answerQuery } from '../query/answer-query';
import { answerCatalog } from '../query/catalog';
import type { QueryContext, TargetInfo } from '../query/context';
import { LayoutReader } from './layout-book';
import { StoreKeeper } from './store-keeper';
import type { FromThread, PollMessage, RawAnswer, Route, ThreadOptions, ToThread } from './protocol';

/** What was polled is on the disk at most so much later. */
const FLUSH_MS = 2_000;

/** The thread that owns the history: takes in polls and answers questions about them, one after the other. */
class HistoryThread {
  private readonly port: MessagePort;
  private readonly keeper: StoreKeeper;
  private readonly layouts: LayoutReader;
  private readonly targets = new Map<string, TargetInfo>();
  private readonly context: QueryContext;
  private readonly timer: NodeJS.Timeout;

  constructor(port: MessagePort, { families, giveUp, ...options }: ThreadOptions) {
    this.port = port;
    const keeper = (this.keeper = new StoreKeeper({ ...options, now: Date.now }));
    this.layouts = new LayoutReader(families);
    this.context = {
      get history() {
        return keeper.store;
      },
      targets: () => [...this.targets.values()],
      families,
      now: Date.now,
      isGivenUp: () => Atomics.load(giveUp, 0) !== 0,
    };
    this.post({ type: 'ready', positions: keeper.store.log.positions() });
    this.postStatus();
    this.timer = setInterval(() => this.unlessItFails('flush', () => this.flush()), FLUSH_MS);
    port.on('message', (messages: readonly ToThread[]) => {
      for (const message of messages) this.unlessItFails(message.type, () => this.take(message));
    });
  }

  /** A mistake of ours in one thing must not take the others with it. */
  private unlessItFails(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.post({
        type: 'failed',
        what,
        stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  private take(message: ToThread): void {
    switch (message.type) {
      case 'layout':
        this.layouts.take(message);
        break;
      case 'forget':
        this.layouts.forget(message.layout);
        break;
      case 'poll':
        this.append(message);
        break;
      case 'targets':
        this.targets.clear();
        message.targets.forEach((target) => this.targets.set(target.name, target));
        break;
      case 'target':
        this.targets.set(message.target.name, message.target);
        break;
      case 'entries':
        this.keeper.store.log.addEntries(message.entries);
        break;
      case 'events':
        this.keeper.store.log.addEvents(message.events);
        break;
      case 'request':
        this.post({ type: 'answer', id: message.id, ...this.answer(message.route, message.body) });
        break;
      case 'read-entries':
        this.readEntries(message.id, message.selection);
        break;
      case 'close':
        this.close();
        break;
    }
  }

  private append({ target, atMs, layout, values }: PollMessage): void {
    const found = this.layouts.get(layout);
    if (found === undefined) throw new Error(`poll of ${target}: layout ${layout} was never told`);
    this.keeper.store.append(target, atMs, { layout: found, values });
  }

  private answer(route: Route, body: Uint8Array): RawAnswer {
    let answer = errorAnswer(500, 'internal', 'This went wrong on our side; the log says more.');
    this.unlessItFails(route, () => {
      try {
        answer = { status: 200, body: toBytes(this.answerTo(route, body)) };
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        answer = errorAnswer(error.status, error.errorType, error.message);
      }
    });
    return answer;
  }

  private readEntries(id: number, selection: Selection): void {
    let entries: readonly LogEntry[] = [];
    this.unlessItFails('read-entries', () => (entries = this.keeper.store.log.entries(selection)));
    this.post({ type: 'entries', id, entries });
  }

  private answerTo(route: Route, body: Uint8Array): unknown {
    switch (route) {
      case 'query':
        return answerQuery(this.context, parseBody(body));
      case 'events':
        return answerEvents(this.keeper.store.log, this.context.targets, parseBody(body), Date.now());
      case 'catalog':
        return answerCatalog(this.context);
    }
  }

  private flush(): void {
    this.keeper.flush();
    this.postStatus();
  }

  private postStatus(): void {
    this.post({ type: 'status', status: this.keeper.status() });
  }

  private close(): void {
    clearInterval(this.timer);
    this.keeper.close();
    this.port.close();
  }

  private post(message: FromThread): void {
    const transfer = message.type === 'answer' ? [message.body.buffer as ArrayBuffer] : []; // made by toBytes
    this.port.postMessage(message, transfer);
  }
}

function errorAnswer(status: number, errorType: string, error: string): RawAnswer {
  return { status, body: toBytes({ status: 'error', errorType, error }) };
}

/** In memory of its own, so that it can be handed over. */
function toBytes(answer: unknown): Uint8Array {
  const text = JSON.stringify(answer);
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

if (parentPort !== null) {
  try {
    new HistoryThread(parentPort, workerData as ThreadOptions);
  } catch (error) {
    parentPort.postMessage({ type: 'refused', message: (error as Error).message } satisfies FromThread);
  }
}
