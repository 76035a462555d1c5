import type { QueryFunction, ValueUnit } from '../api/contract';
import type { Unit } from '../model/family';
import {
  change,
  changePerSecond,
  greatest,
  increase,
  increasePerSecond,
  lastValue,
  least,
  mean,
  type FoldMaker,
} from './folds';

/** What a value is in, and by what the stored one is divided to be in it. */
interface Measure {
  readonly unit: ValueUnit;
  readonly divisor: number;
}

export interface FunctionRow {
  readonly fold: FoldMaker;
  /** Needs the sample before the first bucket. */
  readonly comparesSamples: boolean;
  /** Takes a fall for a reset: meant for counters. */
  readonly isForCounters: boolean;
  /** Counts over the length of the bucket: half a bucket has half of it. */
  readonly growsWithLength: boolean;
  readonly measure: (unit: Unit) => Measure;
}

const PER_SECOND: Readonly<Partial<Record<Unit, Measure>>> = {
  bytes: { unit: 'bytes_per_second', divisor: 1 },
  seconds: { unit: 'seconds_per_second', divisor: 1 },
  timestamp: { unit: 'seconds_per_second', divisor: 1 },
  milliseconds: { unit: 'seconds_per_second', divisor: 1e3 },
  microseconds: { unit: 'seconds_per_second', divisor: 1e6 },
};

const same = (unit: Unit): Measure => ({ unit, divisor: 1 });
const difference = (unit: Unit): Measure => ({ unit: unit === 'timestamp' ? 'seconds' : unit, divisor: 1 });
const perSecond = (unit: Unit): Measure => PER_SECOND[unit] ?? { unit: 'per_second', divisor: 1 };

function plain(fold: FoldMaker): FunctionRow {
  return { fold, comparesSamples: false, isForCounters: false, growsWithLength: false, measure: same };
}

/**
 * The functions of queries; `slope` is for derived fields alone. All but `last` of an instant query look at the
 * samples of the bucket.
 *
 * | Function | Value of a bucket |
 * | --- | --- |
 * | last, avg, min, max | of its samples |
 * | increase | what a counter grew; a fall means that it began anew at 0 |
 * | rate | increase, by the time between the samples it was counted over, per second |
 * | delta | last value less the last value before; falls count as falls |
 * | slope | delta per second |
 */
export const FUNCTIONS: Readonly<Record<QueryFunction | 'slope', FunctionRow>> = {
  last: plain(lastValue),
  avg: plain(mean),
  min: plain(least),
  max: plain(greatest),
  increase: { fold: increase, comparesSamples: true, isForCounters: true, growsWithLength: true, measure: difference },
  rate: {
    fold: increasePerSecond,
    comparesSamples: true,
    isForCounters: true,
    growsWithLength: false,
    measure: perSecond,
  },
  delta: { fold: change, comparesSamples: true, isForCounters: false, growsWithLength: true, measure: difference },
  slope: {
    fold: changePerSecond,
    comparesSamples: true,
    isForCounters: false,
    growsWithLength: false,
    measure: perSecond,
  },
};
