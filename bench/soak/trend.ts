import { spreadOf } from '../lib/statistics';

/** A number at a moment, in milliseconds of any clock. */
export interface Reading {
  readonly atMs: number;
  readonly value: number;
}

const HOUR_MS = 3_600_000;

/** By how much the second half rises in an hour: the slope of the line with the least squares. */
export function risePerHour(readings: readonly Reading[]): number {
  const half = secondHalf(readings);
  const mean = (read: (reading: Reading) => number): number =>
    half.reduce((sum, one) => sum + read(one), 0) / half.length;
  const [atMs, value] = [mean((one) => one.atMs), mean((one) => one.value)];
  const along = half.reduce((sum, one) => sum + (one.atMs - atMs) * (one.value - value), 0);
  const across = half.reduce((sum, one) => sum + (one.atMs - atMs) ** 2, 0);
  return across === 0 ? 0 : (along / across) * HOUR_MS;
}

/** The median of the last quarter less that of the second: what came to stay meanwhile. */
export function growth(readings: readonly Reading[]): number {
  const quarter = Math.floor(readings.length / 4);
  const median = (from: number): number =>
    spreadOf(readings.slice(from, from + quarter).map(({ value }) => value)).median;
  return quarter === 0 ? 0 : median(readings.length - quarter) - median(quarter);
}

function secondHalf(readings: readonly Reading[]): readonly Reading[] {
  return readings.slice(Math.floor(readings.length / 2));
}
