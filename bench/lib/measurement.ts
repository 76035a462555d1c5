import { spreadOf, type Spread } from './statistics';

/** What was measured of both sides at nearly the same time. */
export interface Pair {
  readonly ours: number;
  readonly its: number;
}

/** `ratio` is ours divided by its, judged by its median; `ours` is judged by its worst round. */
export interface Goal {
  readonly of: 'ratio' | 'ours';
  readonly is: 'at most' | 'at least' | 'exactly';
  readonly value: number;
}

export type Unit = 'µs' | 'ms' | 's' | 'MB' | 'kB' | '/s' | 'series' | '';

/** Of which more is better; of others less is, but for those that are no matter of better and worse. */
const MORE_IS_BETTER: Unit = '/s';
const NO_MATTER: readonly Unit[] = ['series', 'kB'];

/** One row of a table. */
export interface Measurement {
  readonly name: string;
  readonly unit: Unit;
  readonly rounds: readonly Pair[];
  readonly goal?: Goal;
}

interface Evaluation {
  readonly ours: Spread;
  readonly its: Spread;
  /** Of the rounds' ratios; undefined where there is nothing to divide by. */
  readonly ratio: Spread | undefined;
  /** Undefined: there is no goal. */
  readonly isMet: boolean | undefined;
  /** By the medians of both sides, whatever the goal. */
  readonly isWorse: boolean;
}

export function evaluate({ rounds, unit, goal }: Measurement): Evaluation {
  const ours = spreadOf(rounds.map((round) => round.ours));
  const its = spreadOf(rounds.map((round) => round.its));
  const ratio = its.min > 0 ? spreadOf(rounds.map((round) => round.ours / round.its)) : undefined;
  const lead = (its.median - ours.median) * (unit === MORE_IS_BETTER ? -1 : 1);
  return { ours, its, ratio, isMet: goal && isMet(goal, ours, ratio), isWorse: lead < 0 && !NO_MATTER.includes(unit) };
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
  rounds: readonly Readonly<Record<keyof Pair, T>>[],
  read: (measured: T) => number,
  goal?: Goal
): Measurement {
  const pairs = rounds.map(({ ours, its }) => ({ ours: read(ours), its: read(its) }));
  return { name, unit, rounds: pairs, ...(goal !== undefined && { goal }) };
}
