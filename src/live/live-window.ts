import type { DataQueryRequest, TimeRange } from '@grafana/data';
import { leastStep } from '../client/metric-request';

/** The same for all panels of a dashboard, so that they share a stream whatever their widths. */
const POINTS = 1000;
const HOUR_MS = 3_600_000;

/** How much of the past goes with what comes. */
export interface LiveWindow {
  readonly lengthMs: number;
  readonly maxDataPoints: number;
  readonly step?: number;
  /** Windows of the same name share a stream. */
  readonly name: string;
}

/** Nothing where the range does not end now: its past does not go on. */
export function liveWindow({
  range,
  intervalMs,
  maxDataPoints = POINTS,
}: Pick<DataQueryRequest, 'range' | 'intervalMs' | 'maxDataPoints'>): LiveWindow | undefined {
  if (range.raw.to !== 'now') {
    return undefined;
  }
  const lengthMs = lengthOf(range);
  const step = leastStep(lengthMs, maxDataPoints, intervalMs);
  return {
    lengthMs,
    maxDataPoints: POINTS,
    ...(step !== undefined && { step }),
    name: `${nameOf(range, lengthMs)}|${step ?? ''}`,
  };
}

/** `now/d` grows: it is taken as whole hours, so that its beginning stays and panels agree on it for an hour. */
function lengthOf(range: TimeRange): number {
  const lengthMs = range.to.valueOf() - range.from.valueOf();
  return grows(range) ? Math.ceil(lengthMs / HOUR_MS) * HOUR_MS : lengthMs;
}

function nameOf(range: TimeRange, lengthMs: number): string {
  const { from } = range.raw;
  return typeof from === 'string'
    ? `${from}${grows(range) ? ` of ${lengthMs}` : ''}`
    : `${from.valueOf()} of ${lengthMs}`;
}

/** It begins at a moment, not a while ago. */
function grows({ raw: { from } }: TimeRange): boolean {
  return typeof from !== 'string' || from.includes('/');
}
