import type { ErrorType, StreamLine } from '../api/contract';
import { HttpError } from '../errors';
import type { HttpDeps } from './deps';
import type { PacedWriter } from './paced-writer';
import { errorLine, line, resultsLine, type StreamWindow } from './stream-window';

const HEARTBEAT_MS = 15_000;
/** A question is followed by a rest of this many times its length: streams leave room for others. */
const REST = 4;
const LONGEST_REST_MS = 5_000;
/** A line that takes longer to be taken is told of, if there were polls meanwhile. */
const SLOW_MS = 1_000;

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

interface StreamParts extends Pick<HttpDeps, 'now' | 'after'> {
  readonly window: StreamWindow;
  readonly writer: PacedWriter;
  /** Asks the history; rejects with an HttpError when it cannot answer. */
  readonly ask: (body: Buffer) => Promise<Answer>;
}

/** One reader of what is polled: asks when there is news, one question at a time, and waits for the reader. */
export class LiveStream {
  private readonly parts: StreamParts;
  /** Of the polls that were not asked for yet. */
  private earliestPollMs = Infinity;
  private isBehind = false;
  private isEnded = false;
  private wake: () => void = () => undefined;

  constructor(parts: StreamParts) {
    this.parts = parts;
  }

  /** Polls have ended; when each target's began. */
  polled(polls: ReadonlyMap<string, number>): void {
    for (const [target, startedAtMs] of polls) {
      if (this.parts.window.concerns(target)) this.earliestPollMs = Math.min(this.earliestPollMs, startedAtMs);
    }
    if (this.hasNews) this.wake();
  }

  end(): void {
    this.isEnded = true;
    this.wake();
  }

  /** Asks for what is new: at first, for everything. Rejects with an HttpError. */
  async ask(): Promise<Answer> {
    const { window, ask, now } = this.parts;
    const { earliestPollMs } = this;
    this.earliestPollMs = Infinity;
    const { toMs, body } = window.next(now(), earliestPollMs);
    try {
      const answer = await ask(body);
      if (answer.status === 200) window.given(answer.body, toMs);
      return answer;
    } catch (error) {
      this.earliestPollMs = Math.min(this.earliestPollMs, earliestPollMs);
      throw error;
    }
  }

  /** The first line. */
  sendHistory(answer: Buffer): Promise<void> {
    return this.write(resultsLine('history', answer));
  }

  /** Writes the lines behind the first until it is ended; rejects when the reader is gone. */
  async run(): Promise<void> {
    while (!this.isEnded) {
      if (this.hasNews) await this.sendNews();
      else await this.waitForNews();
    }
  }

  private get hasNews(): boolean {
    return this.earliestPollMs < Infinity;
  }

  private async sendNews(): Promise<void> {
    const { now } = this.parts;
    const askedMs = now();
    let answer: Answer;
    try {
      answer = await this.ask();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      // The words of the history are the contract's.
      const errorType = error.errorType as ErrorType;
      await this.send({ type: 'error', error: { status: 'error', errorType, error: error.message } });
      return this.sleep(LONGEST_REST_MS);
    }
    const tookMs = now() - askedMs;
    if (answer.status !== 200) {
      await this.write(errorLine(answer.body));
      this.end();
      return;
    }
    if (this.isBehind) await this.send({ type: 'notice', notice: BEHIND });
    await this.write(resultsLine('data', answer.body));
    return this.sleep(Math.min(tookMs * REST, LONGEST_REST_MS));
  }

  private async waitForNews(): Promise<void> {
    await this.sleep(HEARTBEAT_MS, 'or news');
    if (!this.isEnded && !this.hasNews) await this.send({ type: 'heartbeat', timeMs: this.parts.now() });
  }

  /** Ends early when the stream does. */
  private async sleep(ms: number, until?: 'or news'): Promise<void> {
    if (this.isEnded || ms <= 0) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.parts.after(ms, () => resolve(undefined));
    this.wake = () => {
      if (this.isEnded || until === 'or news') resolve(undefined);
    };
    await promise;
    cancel();
  }

  private send(content: StreamLine): Promise<void> {
    return this.write(line(content));
  }

  private async write(bytes: Buffer): Promise<void> {
    const { now, writer } = this.parts;
    const startedMs = now();
    await writer.write(bytes);
    this.isBehind = this.hasNews && now() - startedMs > SLOW_MS;
  }
}

const BEHIND = {
  severity: 'warning',
  text: 'Lines were left out, as they were not read in time; the next one has all that was polled meanwhile.',
} as const;
