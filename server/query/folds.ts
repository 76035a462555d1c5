import type { PointVisitor } from '../history/interfaces';
import type { Grid } from './window';

/** Takes in the points of one series that lie in one bucket. `slot` is the bucket's place, negative before the grid. */
type TakeIn = (
  slot: number,
  index: number,
  times: Float64Array,
  values: Float64Array,
  from: number,
  to: number
) => void;

/** Makes values of buckets from points: one pass, no object per point. */
interface Fold {
  readonly visit: PointVisitor;
  /** Bucket by bucket for each series, one series behind the other; NaN where there is nothing. Ends the fold. */
  readonly finish: () => Float64Array;
}

/** How the points of a bucket become its value; NaN points are as if they were not there. */
export type FoldMaker = (grid: Grid, seriesCount: number, lookbackMs: number) => Fold;

/** Splits points into runs of one bucket each. What lies behind the grid is left out. */
function visitRuns({ startMs, stepMs, count }: Grid, takeIn: TakeIn): PointVisitor {
  return (index, times, values, from, to) => {
    let at = from;
    while (at < to) {
      const bucket = Math.floor(((times[at] as number) - startMs) / stepMs);
      if (bucket >= count) return;
      const endMs = startMs + (bucket + 1) * stepMs;
      let next = at + 1;
      while (next < to && (times[next] as number) < endMs) next++;
      takeIn(bucket < 0 ? -1 : index * count + bucket, index, times, values, at, next);
      at = next;
    }
  };
}

/** A fold whose value depends on nothing but the points of the bucket and its value so far. */
function running(step: (soFar: number, value: number) => number): FoldMaker {
  return (grid, seriesCount) => {
    const results = new Float64Array(seriesCount * grid.count).fill(NaN);
    const takeIn: TakeIn = (slot, _index, _times, values, from, to) => {
      if (slot < 0) return;
      let result = results[slot] as number;
      for (let at = from; at < to; at++) {
        const value = values[at] as number;
        if (!Number.isNaN(value)) result = Number.isNaN(result) ? value : step(result, value);
      }
      results[slot] = result;
    };
    return { visit: visitRuns(grid, takeIn), finish: () => results };
  };
}

export const lastValue = running((_, value) => value);
export const least = running(Math.min);
export const greatest = running(Math.max);

/** The mean of the points, each counting the same. */
export const mean: FoldMaker = (grid, seriesCount) => {
  const sums = new Float64Array(seriesCount * grid.count);
  const counts = new Float64Array(sums.length);
  const takeIn: TakeIn = (slot, _index, _times, values, from, to) => {
    if (slot < 0) return;
    let sum = 0;
    let count = 0;
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    sums[slot] = (sums[slot] as number) + sum;
    counts[slot] = (counts[slot] as number) + count;
  };
  // 0 / 0 is NaN: nothing there.
  return { visit: visitRuns(grid, takeIn), finish: () => divide(sums, counts) };
};

function divide(dividends: Float64Array, divisors: Float64Array): Float64Array {
  for (let at = 0; at < dividends.length; at++) {
    dividends[at] = (dividends[at] as number) / (divisors[at] as number);
  }
  return dividends;
}

/**
 * What a series changed from sample to sample. Each change belongs to the bucket of the later sample, so that the
 * buckets add up to the whole whatever the step. Two samples further apart than the lookback are not compared: the
 * series begins anew. A sample with nothing to compare it with gives no change, and a bucket without a change nothing.
 */
function changes(count: (before: number, value: number) => number, isPerSecond: boolean): FoldMaker {
  return (grid, seriesCount, lookbackMs) => {
    const sums = new Float64Array(seriesCount * grid.count);
    const elapsed = new Float64Array(sums.length);
    const lastTimes = new Float64Array(seriesCount).fill(NaN);
    const lastValues = new Float64Array(seriesCount);
    const takeIn: TakeIn = (slot, index, times, values, from, to) => {
      let beforeMs = lastTimes[index] as number;
      let before = lastValues[index] as number;
      let sum = 0;
      let elapsedMs = 0;
      for (let at = from; at < to; at++) {
        const value = values[at] as number;
        if (Number.isNaN(value)) continue;
        const timeMs = times[at] as number;
        if (timeMs - beforeMs <= lookbackMs) {
          sum += count(before, value);
          elapsedMs += timeMs - beforeMs;
        }
        beforeMs = timeMs;
        before = value;
      }
      lastTimes[index] = beforeMs;
      lastValues[index] = before;
      if (slot < 0) return;
      sums[slot] = (sums[slot] as number) + sum;
      elapsed[slot] = (elapsed[slot] as number) + elapsedMs;
    };
    const finish = (): Float64Array => {
      for (let slot = 0; slot < sums.length; slot++) {
        const ms = elapsed[slot] as number;
        elapsed[slot] = ms === 0 ? NaN : isPerSecond ? ((sums[slot] as number) * 1000) / ms : (sums[slot] as number);
      }
      return elapsed;
    };
    return { visit: visitRuns(grid, takeIn), finish };
  };
}

/** A fall means that the counter began anew at 0: then all of the new value counts. Never negative. */
function grown(before: number, value: number): number {
  return value >= before ? value - before : Math.max(0, value);
}

function moved(before: number, value: number): number {
  return value - before;
}

export const increase = changes(grown, false);
export const increasePerSecond = changes(grown, true);
export const change = changes(moved, false);
export const changePerSecond = changes(moved, true);
