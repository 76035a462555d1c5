import type { QuerySuccess, SeriesAnswer, ValueUnit } from '../api/contract.ts';

export type SeriesLabels = SeriesAnswer['labels'];

export interface ChartSeries {
  /** Field and labels. */
  readonly key: string;
  readonly field: string;
  readonly displayName: string;
  readonly labels: SeriesLabels;
  /** For each of the chart's times; null where there is nothing. */
  readonly values: readonly (number | null)[];
}

/** What a chart draws. */
export interface ChartData {
  readonly unit: ValueUnit;
  readonly stepMs: number;
  /** Unix milliseconds, ascending. */
  readonly timesMs: readonly number[];
  readonly series: readonly ChartSeries[];
}

export const NO_DATA: ChartData = { unit: 'none', stepMs: 0, timesMs: [], series: [] };

/** An answer that stands for itself. */
export function wholeData({ times, stepMs, series }: QuerySuccess): ChartData {
  return {
    unit: series[0]?.unit ?? 'none',
    stepMs,
    timesMs: times,
    series: series.map((one) => ({
      key: seriesKey(one),
      field: one.field,
      displayName: one.displayName,
      labels: one.labels,
      values: one.values,
    })),
  };
}

/**
 * What is there, with an answer that came later: from its first time on the answer holds, as a bucket is given again
 * while it fills. Buckets before `fromMs` are left out, and so are series without a value.
 */
export function mergeData(known: ChartData, answer: QuerySuccess, fromMs: number): ChartData {
  const added = wholeData(answer);
  const sinceMs = added.timesMs[0] ?? Infinity;
  const begin = firstAt(known.timesMs, fromMs - known.stepMs);
  const end = firstAt(known.timesMs, sinceMs);
  const timesMs = [...known.timesMs.slice(begin, end), ...added.timesMs];
  const keys = new Map([...known.series, ...added.series].map((one) => [one.key, one]));
  const series = [...keys.values()].map((one) => ({
    ...one,
    values: [
      ...valuesOf(known, one.key, known.timesMs.length).slice(begin, end),
      ...valuesOf(added, one.key, added.timesMs.length),
    ],
  }));
  return {
    unit: answer.series[0]?.unit ?? known.unit,
    stepMs: added.stepMs || known.stepMs,
    timesMs,
    series: series.filter(({ values }) => values.some((value) => value !== null)),
  };
}

/** The latest value of a series: of the last two buckets, as the last one may have just begun; null: it has ended. */
export function latestValue({ values }: ChartSeries): number | null {
  return values.at(-1) ?? values.at(-2) ?? null;
}

/** When the first value is of any of these; Infinity: there is none. */
export function firstTime(all: Iterable<ChartData>): number {
  let firstMs = Infinity;
  for (const { timesMs, series } of all) {
    const index = timesMs.findIndex((_, at) => series.some(({ values }) => (values[at] ?? null) !== null));
    firstMs = Math.min(firstMs, timesMs[index] ?? Infinity);
  }
  return firstMs;
}

/** Orders by field as they were asked for, then by target as people count: `cache-2` before `cache-10`. */
export function sortSeries(data: ChartData, fields: readonly string[]): ChartData {
  const order = new Intl.Collator('en', { numeric: true });
  const name = ({ labels, key }: ChartSeries) => `${labels['instance'] ?? ''} ${key}`;
  const series = [...data.series].sort(
    (a, b) => fields.indexOf(a.field) - fields.indexOf(b.field) || order.compare(name(a), name(b))
  );
  return { ...data, series };
}

/** The same for the same series in every answer. */
export function seriesKey({ field, labels }: Pick<SeriesAnswer, 'field' | 'labels'>): string {
  return JSON.stringify([field, ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function valuesOf({ series }: ChartData, key: string, length: number): readonly (number | null)[] {
  return series.find((one) => one.key === key)?.values ?? new Array<null>(length).fill(null);
}

/** Index of the first time that is not before this one. */
function firstAt(timesMs: readonly number[], timeMs: number): number {
  let [low, high] = [0, timesMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle] ?? Infinity) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
