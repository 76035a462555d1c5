import type { ChartRow } from './charts.ts';
import { latestValue, type ChartData } from './series-data.ts';

const TOTALS: Readonly<Record<ChartRow['total'], (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  avg: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

/** The latest values of the lines of the chart's first field made into one; null: there is none. */
export function totalOf({ total, fields }: Pick<ChartRow, 'total' | 'fields'>, { series }: ChartData): number | null {
  const values = series.filter(({ field }) => field === fields[0]).flatMap((one) => latestValue(one) ?? []);
  return values.length === 0 ? null : TOTALS[total](values);
}
