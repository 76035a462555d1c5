import { targetBlockOf, TARGETS_TOGETHER } from './key';
import { groupOf } from './mapping';
import type { TargetRange } from './shelf';
import type { TargetState } from './target-state';

/** A series to read; `index` is that of the series in what was asked for. */
export interface WantedSeries {
  readonly index: number;
  readonly target: TargetState;
  readonly number: number;
}

/** What is wanted of one group of targets that stand together: one range of keys for each window. */
export interface WantedRange {
  readonly firstTarget: number;
  readonly group: number;
  readonly range: TargetRange;
  /** By target within the range. */
  readonly series: readonly (readonly WantedSeries[] | undefined)[];
  /** The same for every range of the same series in the same order. */
  readonly identity: string;
}

export function planRanges(wanted: readonly WantedSeries[]): WantedRange[] {
  const ranges = new Map<string, WantedSeries[]>();
  for (const one of wanted) {
    const key = `${targetBlockOf(one.target.number)}:${groupOf(one.number)}`;
    const together = ranges.get(key);
    if (together === undefined) ranges.set(key, [one]);
    else together.push(one);
  }
  return [...ranges.values()].map(planRange);
}

function planRange(wanted: readonly WantedSeries[]): WantedRange {
  const series: (WantedSeries[] | undefined)[] = [];
  let bits = 0n;
  for (const one of wanted) {
    const within = one.target.number % TARGETS_TOGETHER;
    (series[within] ??= []).push(one);
    bits |= 1n << BigInt(within);
  }
  // Safe: there is at least one.
  const { target, number } = wanted[0] as WantedSeries;
  const first = series.findIndex((some) => some !== undefined);
  return {
    firstTarget: target.number - (target.number % TARGETS_TOGETHER),
    group: groupOf(number),
    range: { first, last: series.length - 1, bits },
    series,
    identity: `${target.number - (target.number % TARGETS_TOGETHER)}: ${series.map((some, within) => some?.map((one) => `${within}.${one.number}`).join() ?? '').join(' ')}`,
  };
}
