import type { QueryAnswer, StreamLine, StreamRequest } from '../api/contract.ts';
import { AnswerError, UnreachableError, type ApiClient } from './api-client.ts';
import { readLines } from './ndjson.ts';
import { backoffMs, pause } from './pause.ts';

export type Results = QueryAnswer['results'];

/** `live`: news comes by itself; `asking`: it is asked for again and again; `failing`: neither, and why. */
export type FeedState =
  | { readonly kind: 'live' | 'asking' }
  | { readonly kind: 'failing'; readonly problem: string; readonly retryMs: number; readonly isReachable: boolean };

export interface FeedListener {
  /** `isWhole`: they stand for all that was given before. */
  onResults(results: Results, isWhole: boolean): void;
  onState(state: FeedState): void;
}

export interface FeedOptions {
  readonly api: ApiClient;
  /** Asked anew whenever the feed begins from the start; may reject as the client does. */
  readonly request: (signal: AbortSignal) => Promise<StreamRequest>;
  readonly listener: FeedListener;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The stream has a line every 15 s: one that is silent for longer is dead, or held back by a proxy. */
const SILENT_MS = 40_000;
const FIRST_LINE_MS = 20_000;
/** How often is asked where there can be no stream, and how often before one is tried again. */
const ASK_EVERY_MS = 5_000;
const ASKS = 12;

/** Gives what is asked for, then what is polled as it lands, until it is aborted: whatever fails is tried again. */
export async function runFeed({ api, request, listener, wait = pause }: FeedOptions, signal: AbortSignal) {
  const isOver = () => signal.aborted;
  let failures = 0;
  let asks = 0;
  while (!isOver()) {
    try {
      if (asks > 0) {
        await ask({ api, request, listener }, signal);
        asks--;
        failures = 0;
        await wait(ASK_EVERY_MS, signal);
      } else {
        await follow({ api, request, listener }, () => (failures = 0), signal);
        throw new UnreachableError('the stream has ended');
      }
    } catch (error) {
      if (isOver()) return;
      if (asks === 0 && canAskInstead(error)) {
        asks = ASKS;
        continue;
      }
      failures++;
      const retryMs = backoffMs(failures);
      listener.onState({ kind: 'failing', problem: problemOf(error), retryMs, isReachable: isAnswer(error) });
      await wait(retryMs, signal);
    }
  }
}

type Parts = Pick<FeedOptions, 'api' | 'request' | 'listener'>;

async function ask({ api, request, listener }: Parts, signal: AbortSignal): Promise<void> {
  const asked = await request(signal);
  const answer = await api.post<QueryAnswer>('query', { ...asked, to: 'now' }, signal);
  listener.onState({ kind: 'asking' });
  listener.onResults(answer.results, true);
}

/** Resolves when the collector ends the stream; rejects when it never began, broke, or went silent. */
async function follow({ api, request, listener }: Parts, onLine: () => void, signal: AbortSignal): Promise<void> {
  const silence = new SilenceWatch();
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    const asked = await request(signal);
    silence.expect(FIRST_LINE_MS);
    const response = await api.open('stream', asked, either);
    if (response.body === null) return;
    for await (const line of readLines<StreamLine>(response.body)) {
      if (either.aborted) break;
      silence.expect(SILENT_MS);
      onLine();
      take(line, listener);
    }
    if (silence.signal.aborted) throw new SilentError();
  } catch (error) {
    throw silence.signal.aborted ? new SilentError() : error;
  } finally {
    silence.end();
  }
}

function take(line: StreamLine, listener: FeedListener): void {
  switch (line.type) {
    case 'history':
    case 'data':
      listener.onState({ kind: 'live' });
      {
        listener.onResults(line.results, line.type === 'history');
        return;
      }
    case 'error': {
      // The stream goes on by itself.
      listener.onState({ kind: 'failing', problem: line.error.error, retryMs: 5000, isReachable: true });
      return;
    }
    case 'heartbeat':
    case 'notice': {
      listener.onState({ kind: 'live' });
      return;
    }
  }
}

class SilentError extends Error {}

/** Aborts when what is expected does not come in time. */
class SilenceWatch {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  expect(withinMs: number): void {
    this.end();
    this.timer = setTimeout(() => this.controller.abort(), withinMs);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

/** There are too many streams, or something between us holds their lines back. */
function canAskInstead(error: unknown): boolean {
  return error instanceof SilentError || (error instanceof AnswerError && error.status === 503);
}

function isAnswer(error: unknown): boolean {
  return error instanceof AnswerError;
}

function problemOf(error: unknown): string {
  return error instanceof AnswerError ? error.message : 'The collector does not answer.';
}
