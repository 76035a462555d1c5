import type { HistoryReader, StoredSeries } from '../history/interfaces';
import { tookTooLong } from './errors';
import type { FunctionRow } from './functions';
import type { Grid } from './window';

/** Series that are read with one function. */
export interface Reading {
  readonly series: readonly StoredSeries[];
  readonly function: FunctionRow;
  readonly grid: Grid;
}

/**
 * Reads all of them in one pass over the history; for each the values of its buckets, series behind series. Throws a
 * QueryError when it is cancelled.
 */
export function readAll(
  history: HistoryReader,
  readings: readonly Reading[],
  lookbackMs: number,
  isCancelled: () => boolean
): readonly Float64Array[] {
  const folds = readings.map(({ series, function: { fold }, grid }) => fold(grid, series.length, lookbackMs));
  const series = readings.flatMap((reading) => reading.series);
  if (series.length > 0) {
    const owners = Uint16Array.from(readings.flatMap((reading, owner) => reading.series.map(() => owner)));
    const places = Uint32Array.from(readings.flatMap((reading) => reading.series.map((_, place) => place)));
    const visits = folds.map(({ visit }) => visit);
    const visit = (index: number, times: Float64Array, values: Float64Array, from: number, to: number): void => {
      // Safe: the reader gives indexes of `series`, and each has an owner.
      (visits[owners[index] as number] as (typeof visits)[number])(places[index] as number, times, values, from, to);
    };
    const fromMs = Math.min(
      ...readings.map(({ function: { comparesSamples }, grid }) => grid.startMs - (comparesSamples ? lookbackMs : 0))
    );
    const toMs = Math.max(...readings.map(({ grid }) => grid.endMs));
    if (!history.read(series, fromMs, toMs, visit, isCancelled)) {
      throw tookTooLong();
    }
  }
  return folds.map((fold) => fold.finish());
}
