import { spreadOf, type Spread } from './statistics';

/** What was measured of all sides at nearly the same time. */
export interface Round {
  readonly ours: number;
  /** Of the rival that goals are about; absent where there is none. */
  readonly its?: number;
  /** Of another rival, to look at only. */
  readonly other?: number;
}

/** `ratio` is ours divided by its, judged by its median; `ours` is judged by its worst round. */
export interface Goal {
  readonly of: 'ratio' | 'ours';
  readonly is: 'at most' | 'at least' | 'exactly';
  readonly value: number;
}

export type Unit = 'µs' | 'ms' | 's' | 'B' | 'kB' | 'MB' | '%' | '/s' | 'series' | '';

/** Of which more is better; of others less is, but for those that are no matter of better and worse. */
const MORE_IS_BETTER: Unit = '/s';
const NO_MATTER: readonly Unit[] = ['series', 'kB'];

/** One row of a table. */
export interface Measurement {
  readonly name: string;
  readonly unit: Unit;
  readonly rounds: readonly Round[];
  /** All of them must be met. */
  readonly goals?: readonly Goal[];
}

interface Evaluation {
  readonly ours: Spread;
  readonly its: Spread | undefined;
  readonly other: Spread | undefined;
  /** Of the rounds' ratios; undefined where there is nothing to divide by. */
  readonly ratio: Spread | undefined;
  /** Undefined: there is no goal. */
  readonly isMet: boolean | undefined;
  /** The rivals that are better by the medians, whatever the goals. */
  readonly better: readonly ('its' | 'other')[];
}

export function evaluate({ rounds, unit, goals = [] }: Measurement): Evaluation {
  const ours = spreadOf(rounds.map((round) => round.ours));
  const its = spreadOfAll(rounds.map((round) => round.its));
  const other = spreadOfAll(rounds.map((round) => round.other));
  const ratio =
    its !== undefined && its.min > 0
      ? spreadOf(rounds.map((round) => round.ours / (round.its ?? NaN))) // all have it: there is a spread
      : undefined;
  const isBetter = (rival: Spread | undefined): boolean =>
    rival !== undefined && (rival.median - ours.median) * (unit === MORE_IS_BETTER ? -1 : 1) < 0;
  const rivals = { its, other };
  return {
    ours,
    ...rivals,
    ratio,
    isMet: goals.length === 0 ? undefined : goals.every((goal) => isMet(goal, ours, ratio)),
    better: NO_MATTER.includes(unit) ? [] : (['its', 'other'] as const).filter((side) => isBetter(rivals[side])),
  };
}

/** Undefined where a value is lacking. */
function spreadOfAll(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? undefined : spreadOf(known);
}

function isMet({ of, is, value }: Goal, ours: Spread, ratio: Spread | undefined): boolean {
  const { min, max } = of === 'ours' ? ours : { min: ratio?.median ?? NaN, max: ratio?.median ?? NaN };
  switch (is) {
    case 'at most':
      return max <= value;
    case 'at least':
      return min >= value;
    case 'exactly':
      return min === value && max === value;
  }
}

/** The row of one number out of all that was measured in each round. */
export function compare<T>(
  name: string,
  unit: Unit,
  rounds: readonly Sides<T>[],
  read: (measured: T) => number,
  ...goals: readonly Goal[]
): Measurement {
  const numbers = rounds.map(({ ours, its, other }) => ({
    ours: read(ours),
    ...(its !== undefined && { its: read(its) }),
    ...(other !== undefined && { other: read(other) }),
  }));
  return { name, unit, rounds: numbers, goals };
}

interface Sides<T> {
  readonly ours: T;
  readonly its?: T;
  readonly other?: T;
}
