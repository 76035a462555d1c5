import type { Notice, QueryRequest } from '../api/contract';
import { parseLength, parseTime } from '../api/time';
import { formatDuration } from '../util/duration';
import { QueryError, RequestError } from './errors';
import { QUERY_LIMITS } from './limits';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DEFAULT_POINTS = 1000;

/** Lengths a step is given where the request leaves it open; beyond the last one, whole days. */
const PLEASANT_MS: readonly number[] = [
  ...[100, 200, 500],
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
];

/** How far back a value still holds, and how far apart two samples may be to be counted from one to the other. */
const LOOKBACK_MS = 5 * MINUTE;

/** The time a request is about. */
export interface RequestWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** As given. */
  readonly stepMs?: number;
  readonly maxDataPoints: number;
}

/** Buckets of equal length: bucket `i` holds the times from `startMs + i * stepMs` up to, not including, the next. */
export interface Grid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
  /** The last time that is read, in the last bucket. */
  readonly endMs: number;
}

/** Throws a RequestError that names the input. */
export function requestWindow(
  { from, to, step, maxDataPoints = DEFAULT_POINTS }: Omit<QueryRequest, 'queries'>,
  nowMs: number
): RequestWindow {
  const [fromMs, toMs] = (
    [
      ['from', from],
      ['to', to],
    ] as const
  ).map(([name, input]) => {
    const ms = parseTime(input, nowMs);
    if (ms === undefined) {
      throw new RequestError(
        `${name}: ${JSON.stringify(input)} is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h`
      );
    }
    return Math.floor(ms);
  }) as [number, number];
  if (fromMs > toMs) throw new RequestError('from is later than to: exchange them');
  const stepMs = step === undefined ? undefined : parseLength(step);
  if (step !== undefined && stepMs === undefined) {
    throw new RequestError(
      `step: ${JSON.stringify(step)} is no length of time: give a duration such as 30s, or whole milliseconds`
    );
  }
  return { fromMs, toMs, nowMs, maxDataPoints, ...(stepMs !== undefined && { stepMs }) };
}

/** The shortest pleasant length that is not shorter than this. */
export function pleasantLength(ms: number): number {
  return PLEASANT_MS.find((one) => one >= ms) ?? Math.ceil(ms / DAY) * DAY;
}

export function lookbackMs(intervalMs: number): number {
  return Math.max(LOOKBACK_MS, 2 * intervalMs);
}

/**
 * The buckets that cover `from` to `to`. They begin at multiples of the step, so the first one may begin before
 * `from`: it is read from its beginning, that a bucket has the same value in every answer that shows it whole. `to`
 * ends the last one; a bucket that would begin at `to` is left out. A step that is given and shorter than
 * `intervalMs`, at which the targets are polled, is raised with a notice. Throws a QueryError for too many buckets.
 */
export function rangeGrid(window: RequestWindow, intervalMs: number, notices: Notice[]): Grid {
  const { fromMs, toMs } = window;
  const stepMs = stepOf(window, intervalMs, notices);
  if ((toMs - fromMs) / stepMs > QUERY_LIMITS.pointsPerSeries) {
    throw new QueryError(
      'bad_data',
      `a step of ${formatDuration(stepMs)} makes more than ${QUERY_LIMITS.pointsPerSeries} points per series: give a longer step or a shorter range`
    );
  }
  const first = Math.floor(fromMs / stepMs);
  const count = Math.max(1, Math.ceil(toMs / stepMs) - first);
  return { startMs: first * stepMs, stepMs, count, endMs: toMs };
}

function stepOf(window: RequestWindow, intervalMs: number, notices: Notice[]): number {
  const { fromMs, toMs, stepMs, maxDataPoints } = window;
  if (stepMs === undefined) return pleasantLength(Math.max(SECOND, intervalMs, (toMs - fromMs) / maxDataPoints));
  if (stepMs >= intervalMs) return stepMs;
  const raised = pleasantLength(intervalMs);
  notices.push({
    severity: 'info',
    text: `The step is ${formatDuration(raised)} instead of ${formatDuration(stepMs)}: the targets are polled every ${formatDuration(intervalMs)}.`,
  });
  return raised;
}

/**
 * The one bucket of an instant query: the time up to and including `to`, as long as the step (default one minute or
 * four intervals, whichever is longer).
 */
export function instantGrid({ toMs, stepMs }: RequestWindow, intervalMs: number): Grid {
  return bucketUpTo(toMs, Math.max(stepMs ?? Math.max(MINUTE, 4 * intervalMs), intervalMs));
}

/** The bucket in which an instant query looks for the last value. */
export function lookbackGrid({ toMs }: RequestWindow, intervalMs: number): Grid {
  return bucketUpTo(toMs, lookbackMs(intervalMs));
}

function bucketUpTo(toMs: number, stepMs: number): Grid {
  return { startMs: toMs - stepMs + 1, stepMs, count: 1, endMs: toMs };
}

/** How much has passed of the bucket in which the time read ends, in milliseconds; undefined: all of it, or nothing. */
export function lastBucketCoverage({ startMs, stepMs, endMs }: Grid, nowMs: number): number | undefined {
  const coveredMs = (Math.min(endMs, nowMs) - startMs) % stepMs;
  return coveredMs > 0 ? coveredMs : undefined;
}
