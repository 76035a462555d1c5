import { randomInteger, randomNumbers } from '../testing/random';
import * as folds from './folds';
import type { FoldMaker } from './folds';
import type { Grid } from './window';

const LOOKBACK_MS = 300_000;
type Point = readonly [timeMs: number, value: number];

/** Buckets of 10 from 0 on; points in pieces of `chunk`. */
function fold(maker: FoldMaker, points: readonly Point[], grid: Partial<Grid> = {}, chunk = 2): number[] {
  const { visit, finish } = maker({ startMs: 0, stepMs: 10, count: 3, endMs: 29, ...grid }, 1, LOOKBACK_MS);
  const times = Float64Array.from(points, ([time]) => time);
  const values = Float64Array.from(points, ([, value]) => value);
  for (let at = 0; at < points.length; at += chunk) visit(0, times, values, at, Math.min(points.length, at + chunk));
  return [...finish()];
}

// prettier-ignore
describe('values of buckets [0, 10), [10, 20), [20, 30)', () => {
  const PLAIN: Point[] = [[0, 4], [4, 2], [9, 3], [10, 7], [25, -1]];
  it.each<[string, keyof typeof folds, Point[], number[]]>([
    ['last', 'lastValue', PLAIN, [3, 7, -1]],
    ['avg', 'mean', PLAIN, [3, 7, -1]],
    ['min', 'least', PLAIN, [2, 7, -1]],
    ['max', 'greatest', PLAIN, [4, 7, -1]],
    ['last, with NaN at the end', 'lastValue', [[1, 1], [2, NaN]], [1, NaN, NaN]],
    ['avg, NaN left out', 'mean', [[1, 1], [2, NaN], [3, 2]], [1.5, NaN, NaN]],
    ['avg of nothing but NaN', 'mean', [[1, NaN]], [NaN, NaN, NaN]],
    ['last, points before and behind the buckets', 'lastValue', [[-1, 1], [5, 2], [30, 3]], [2, NaN, NaN]],
    ['max, an infinite value', 'greatest', [[1, Infinity], [2, 1]], [Infinity, NaN, NaN]],

    ['increase, from the sample before the first bucket', 'increase', [[-5, 1], [5, 3], [15, 7], [25, 7]], [2, 4, 0]],
    ['increase, nothing to compare with', 'increase', [[5, 3]], [NaN, NaN, NaN]],
    ['increase, a late start', 'increase', [[12, 3], [16, 5], [22, 9]], [NaN, 2, 4]],
    ['increase, a bucket without samples', 'increase', [[5, 1], [6, 2], [25, 8]], [1, NaN, 6]],
    ['increase, a reset within a bucket', 'increase', [[1, 10], [2, 15], [3, 4], [4, 6]], [11, NaN, NaN]],
    ['increase, a reset at the border', 'increase', [[1, 10], [9, 15], [10, 4], [11, 6]], [5, 6, NaN]],
    ['increase, a reset to 0', 'increase', [[1, 10], [11, 0], [21, 0]], [NaN, 0, 0]],
    ['increase, a reset between buckets far apart', 'increase', [[1, 10], [21, 4]], [NaN, NaN, 4]],
    ['increase, NaN left out', 'increase', [[1, 1], [2, NaN], [12, 4]], [NaN, 3, NaN]],
    ['increase, a fall below 0', 'increase', [[1, 1], [2, -4]], [0, NaN, NaN]],
    ['rate, by the time between samples', 'increasePerSecond', [[-10, 0], [5, 3], [15, 13], [20, 13]], [200, 1000, 0]],
    ['rate, a half-filled bucket', 'increasePerSecond', [[0, 0], [10, 10], [14, 14]], [NaN, 1000, NaN]],
    ['rate, a reset', 'increasePerSecond', [[0, 100], [5, 5]], [1000, NaN, NaN]],
    ['delta', 'change', [[-5, 10], [5, 3], [9, 5], [15, 7], [25, 7]], [-5, 2, 0]],
    ['slope', 'changePerSecond', [[-5, 10], [5, 3], [15, 7]], [-700, 400, NaN]],
  ])('%s', (_, name, points, expected) => {
    expect(fold(folds[name], points)).toEqual(expected);
  });

  it.each<[string, number, number[]]>([
    ['as long as the lookback', LOOKBACK_MS, [NaN, 5]],
    ['longer', LOOKBACK_MS + 1, [NaN, NaN]],
  ])('compares samples that have a gap between them %s', (_, gapMs, expected) => {
    const grid = { stepMs: LOOKBACK_MS, count: 2 };
    expect(fold(folds.increase, [[0, 10], [gapMs, 15]], grid)).toEqual(expected);
  });

  it('keeps series apart whose pieces come mixed', () => {
    const { visit, finish } = folds.increase({ startMs: 0, stepMs: 10, count: 2, endMs: 19 }, 2, LOOKBACK_MS);
    const piece = (index: number, ...points: Point[]) =>
      visit(index, Float64Array.from(points, ([time]) => time), Float64Array.from(points, ([, value]) => value), 0, points.length);
    piece(0, [0, 1], [5, 2]);
    piece(1, [0, 100], [5, 200]);
    piece(0, [12, 4]);
    piece(0, [20, 7], [25, 9]);
    piece(1, [12, 400]);
    expect([...finish()]).toEqual([1, 2, 100, 200]);
  });
});

describe('whatever the points, the step and the pieces they come in', () => {
  const random = randomNumbers(7);
  const below = (most: number): number => randomInteger(random, most);

  /** A counter with resets, NaN and gaps, from 0 on. */
  function counter(): Point[] {
    let timeMs = 0;
    let value = below(100);
    return Array.from({ length: 2 + below(60) }, () => {
      timeMs += 1 + (below(10) === 0 ? below(2 * LOOKBACK_MS) : below(20_000));
      value = below(8) === 0 ? below(5) : value + below(50);
      return [timeMs, below(15) === 0 ? NaN : value];
    });
  }

  /** What a person would count. */
  function wholeIncrease(points: readonly Point[]): number {
    const present = points.filter(([, value]) => !Number.isNaN(value));
    return present.slice(1).reduce((sum, [timeMs, value], at) => {
      const [beforeMs, before] = present[at]!;
      if (timeMs - beforeMs > LOOKBACK_MS) return sum;
      return sum + (value < before ? value : value - before);
    }, 0);
  }

  const cases = Array.from({ length: 300 }, (_, seed) => {
    const points = counter();
    const stepMs = 1 + below(600_000);
    const count = Math.floor(points.at(-1)![0] / stepMs) + 1;
    return { seed, points, grid: { stepMs, count }, chunk: 1 + below(points.length) };
  });

  it('the increases of all buckets add up to the whole', () => {
    for (const { points, grid, chunk } of cases) {
      const sum = fold(folds.increase, points, grid, chunk).reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);
      expect(sum).toBe(wholeIncrease(points));
    }
  });

  it('rates are never negative, and are there exactly where increases are', () => {
    for (const { points, grid, chunk } of cases) {
      const rates = fold(folds.increasePerSecond, points, grid, chunk);
      expect(rates.filter((rate) => rate < 0)).toEqual([]);
      const increases = fold(folds.increase, points, grid, chunk);
      expect(rates.map(Number.isNaN)).toEqual(increases.map(Number.isNaN));
    }
  });

  it.each(['lastValue', 'mean', 'least', 'greatest', 'increase', 'change'] as const)(
    '%s does not depend on the pieces',
    (name) => {
      for (const { points, grid, chunk } of cases) {
        expect(fold(folds[name], points, grid, chunk)).toEqual(fold(folds[name], points, grid, points.length));
      }
    }
  );

  it('deltas add up to last less first where no gap is', () => {
    for (const { points, grid, chunk } of cases) {
      const close = points.map(([, value], at): Point => [at * 1000, value]);
      const values = close.map(([, value]) => value).filter((value) => !Number.isNaN(value));
      const deltas = fold(folds.change, close, grid, chunk).filter((delta) => !Number.isNaN(delta));
      expect(deltas.reduce((a, b) => a + b, 0)).toBe(values.length === 0 ? 0 : values.at(-1)! - values[0]!);
    }
  });
});
