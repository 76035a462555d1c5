import type { QueryAnswer, QueryRequest, SeriesAnswer } from '../api/contract.ts';
import { queryOf, type ChartRow } from './charts.ts';
import { seriesKey } from './series-data.ts';

/** As many lines as one can tell apart. */
export const MOST_LINES = 10;

/** Of one chart: which of many series it shows. */
export interface Choice {
  /** Their targets; undefined: all there are. */
  readonly names: readonly string[] | undefined;
  /** Undefined: nothing was left out. */
  readonly keys: ReadonlySet<string> | undefined;
}

export const EVERYTHING: Choice = { names: undefined, keys: undefined };

/** Asks for one value of each series over the whole time, the mean, of as many series as decide who is shown. */
export function surveyRequest(rows: readonly ChartRow[], fromMs: number, toMs: number): QueryRequest {
  return {
    from: fromMs,
    to: toMs,
    step: toMs - fromMs,
    queries: rows.map((row) => ({
      ...queryOf(row),
      instant: true,
      // The API knows the greatest; for the least one has to see all.
      ...(row.shown === 'highest' && { topK: MOST_LINES + 1 }),
    })),
  };
}

/** Who is shown, of each chart; a query that failed leaves its chart with what it can get. */
export function chooseSeries(rows: readonly ChartRow[], { results }: QueryAnswer): Map<string, Choice> {
  return new Map(
    rows.map((row) => {
      const result = results[row.id];
      if (result?.status !== 'success') return [row.id, EVERYTHING];
      const isCut = result.series.length > MOST_LINES;
      const shown = [...result.series].sort(byRank(row.shown)).slice(0, MOST_LINES);
      const names = [...new Set(shown.flatMap(({ labels }) => labels['instance'] ?? []))];
      return [row.id, { names, keys: isCut ? new Set(shown.map(seriesKey)) : undefined }];
    })
  );
}

function byRank(shown: ChartRow['shown']): (a: SeriesAnswer, b: SeriesAnswer) => number {
  const sign = shown === 'highest' ? -1 : 1;
  const value = ({ values }: SeriesAnswer) => values[0] ?? sign * Infinity; // without a value one comes last
  return (a, b) => sign * (value(a) - value(b)) || 0;
}

/** Asks for what stands beside the titles where not all lines are there to be summed. */
export function totalsRequest(rows: readonly ChartRow[], toMs: number): QueryRequest {
  return {
    from: toMs - 60_000,
    to: toMs,
    queries: rows.map((row) => ({ ...queryOf(row), instant: true, aggregate: { op: row.total } })),
  };
}
