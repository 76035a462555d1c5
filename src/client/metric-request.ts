import { type DataQueryRequest, dateMath, dateTime, rangeUtil } from '@grafana/data';
import type { MetricQuery, QueryRequest } from '../../server/api/contract';
import type { MetricsQuery } from '../types';
import { InputError } from './outcome';

/** Limits of the collector. */
const MOST_POINTS = 11_000;
export const MOST_QUERIES = 50;

export type Window = Omit<QueryRequest, 'queries'>;

/** What the queries of one request share. `shiftMs` earlier than the panel shows. */
export function windowOf(
  request: Pick<DataQueryRequest, 'range' | 'maxDataPoints' | 'intervalMs'>,
  shiftMs = 0
): Window {
  const maxDataPoints = Math.max(1, Math.min(Math.round(request.maxDataPoints ?? 1000), MOST_POINTS));
  const from = request.range.from.valueOf();
  const to = request.range.to.valueOf();
  const step = leastStep(to - from, maxDataPoints, request.intervalMs);
  return { from: from - shiftMs, to: to - shiftMs, maxDataPoints, ...(step !== undefined && { step }) };
}

/**
 * The least interval that somebody set for the panel. Grafana's own choice is none: the collector knows better what
 * fits the intervals of its targets.
 */
export function leastStep(rangeMs: number, maxDataPoints: number, intervalMs: number | undefined): number | undefined {
  const own = rangeUtil.roundInterval(rangeMs / maxDataPoints);
  const isSet = intervalMs !== undefined && intervalMs > 1.01 * own && rangeMs / intervalMs <= MOST_POINTS;
  return isSet ? Math.round(intervalMs) : undefined;
}

/** A saved query in the collector's words; empty lists are left out, they mean all. */
export function toMetricQuery(query: MetricsQuery, refId = query.refId): MetricQuery {
  const { section, fields, targets, labels, aggregate, topK, instant } = query;
  return {
    refId,
    fields,
    ...(section && { section }),
    ...(targets && { targets }),
    ...(labels && labels.length > 0 && { labels }),
    ...(query.function && { function: query.function }),
    ...(aggregate && { aggregate }),
    ...(topK && { topK }),
    ...(instant && { instant }),
  };
}

/** How much earlier a query asks, in milliseconds: `1d`, `-1d` and `1d/d` as Grafana's own time shifts; 0 for none. */
export function shiftOf({ timeShift }: Pick<MetricsQuery, 'timeShift'>, nowMs: number): number {
  const text = timeShift?.trim().replace(/^-/, '') ?? '';
  if (text === '') {
    return 0;
  }
  // Months and years are as long as they are from now.
  const shifted = /^\d/.test(text) ? dateMath.parseDateMath(`-${text}`, dateTime(nowMs)) : undefined;
  if (shifted?.isValid() !== true) {
    throw new InputError(`The time shift ${text} is no duration: use one such as 1h, 1d or 1w.`);
  }
  return nowMs - shifted.valueOf();
}
