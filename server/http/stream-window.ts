import type { StreamLine, StreamRequest } from '../api/contract';
import { HttpError } from '../errors';

const STEP_KEY = '"stepMs":';
const RESULTS_KEY = '"results":';
const LONGEST_NUMBER = 16;
/** A clock that goes back further was set back: the stream follows it, else it would ask for a future for hours. */
const CLOCK_STEP_MS = 60_000;

/** What a stream asks the history, again and again: first everything, then what may have changed. */
export class StreamWindow {
  private readonly asked: Readonly<Record<string, unknown>>;
  /** Of the first answer that had any: queries of slowly polled targets have longer ones. */
  private steps: readonly number[] = [];
  private toMs = -Infinity;
  /** Undefined: any, or nobody knows yet. */
  private targets: ReadonlySet<string> | undefined;

  /** Throws the HttpError to answer; what else may be wrong the history finds. */
  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new HttpError(400, 'bad_data', 'The body must be an object: `{"from": "now-1h", "queries": [...]}`.');
    }
    if ('to' in body) throw new HttpError(400, 'bad_data', 'to: leave it out, a stream goes on to what is now.');
    this.asked = { ...body };
  }

  /** Whether a poll of this target may change an answer. */
  concerns(target: string): boolean {
    return this.targets?.has(target) ?? true;
  }

  /**
   * The next question. It begins with the last bucket that was given, or the one of the earliest poll since: a poll counts
   * for the moment it began. The buckets are those of before.
   */
  next(nowMs: number, earliestPollMs: number): { readonly toMs: number; readonly body: Buffer } {
    const isSetBack = nowMs < this.toMs - CLOCK_STEP_MS;
    const toMs = isSetBack ? nowMs : Math.max(nowMs, this.toMs); // a step of a moment must not turn it round
    const sinceMs = Math.min(this.toMs, earliestPollMs, toMs);
    const fixed = this.steps.length > 0 && {
      from: Math.min(...this.steps.map((step) => Math.floor(sinceMs / step) * step)),
      step: Math.min(...this.steps),
    };
    return { toMs, body: Buffer.from(JSON.stringify({ ...this.asked, ...fixed, to: toMs })) };
  }

  /** The answer to a question is on its way to the reader. */
  given(answer: Buffer, toMs: number): void {
    if (this.steps.length === 0) this.steps = stepsIn(answer);
    this.targets ??= namedTargets(this.asked as unknown as StreamRequest); // it was answered, so it is one
    this.toMs = toMs;
  }
}

/** A line with the results of an answer. The answer may be long: its bytes are taken as they are. */
export function resultsLine(type: 'history' | 'data', answer: Buffer): Buffer {
  const results = answer.subarray(answer.indexOf(RESULTS_KEY));
  return Buffer.concat([Buffer.from(`{"type":"${type}",`), results, Buffer.from('\n')]);
}

/** The line of an answer that is an error. */
export function errorLine(answer: Buffer): Buffer {
  return Buffer.concat([Buffer.from('{"type":"error","error":'), answer, Buffer.from('}\n')]);
}

export function line(content: StreamLine): Buffer {
  return Buffer.from(`${JSON.stringify(content)}\n`);
}

/** Steps of the queries that are no instants. Within a text of JSON the key's quotes would be escaped. */
function stepsIn(answer: Buffer): readonly number[] {
  const steps = new Set<number>();
  for (let at = answer.indexOf(STEP_KEY); at !== -1; at = answer.indexOf(STEP_KEY, at)) {
    at += STEP_KEY.length;
    const step = Number.parseInt(answer.toString('latin1', at, at + LONGEST_NUMBER), 10);
    if (step > 0) steps.add(step);
  }
  return [...steps];
}

/** Undefined: a query does not name its targets. */
function namedTargets({ queries }: StreamRequest): ReadonlySet<string> | undefined {
  const names = queries.map(({ targets }) => targets?.names ?? []);
  return names.some((some) => some.length === 0) ? undefined : new Set(names.flat());
}
