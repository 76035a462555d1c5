import type { AggregateOperator } from '../api/contract';
import type { Labels } from './labels';
import type { Row } from './rows';

/**
 * Puts rows together whose kept labels are the same, bucket by bucket; what is missing is left out, and where all is
 * missing nothing comes of it. `quantile` interpolates between the two nearest values.
 */
export function aggregate(
  rows: readonly Row[],
  { op, quantile = 0 }: { readonly op: AggregateOperator; readonly quantile?: number },
  keep: (labels: Labels) => Labels
): readonly Row[] {
  return groups(rows, keep).map(({ labels, members }) => ({ labels, values: combine[op](members, quantile) }));
}

/** Only these labels. */
export function pick(names: readonly string[]): (labels: Labels) => Labels {
  return (labels) =>
    Object.fromEntries(names.filter((name) => Object.hasOwn(labels, name)).map((name) => [name, labels[name] ?? '']));
}

/** All labels but these. */
export function omit(names: readonly string[]): (labels: Labels) => Labels {
  const dropped = new Set(names);
  return (labels) => Object.fromEntries(Object.entries(labels).filter(([name]) => !dropped.has(name)));
}

interface Group {
  readonly labels: Labels;
  readonly members: Float64Array[];
}

function groups(rows: readonly Row[], keep: (labels: Labels) => Labels): readonly Group[] {
  const byKey = new Map<string, Group>();
  for (const row of rows) {
    const labels = keep(row.labels);
    const key = Object.entries(labels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat()
      .join('\0');
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, { labels, members: [row.values] });
    else group.members.push(row.values);
  }
  return [...byKey.values()];
}

type Combine = (members: readonly Float64Array[], quantile: number) => Float64Array;

const combine: Readonly<Record<AggregateOperator, Combine>> = {
  sum: pairwise((a, b) => a + b),
  min: pairwise(Math.min),
  max: pairwise(Math.max),
  avg: (members) => {
    const sums = combine.sum(members, 0);
    return sums.map((sum, at) => sum / members.reduce((n, one) => (Number.isNaN(one[at]) ? n : n + 1), 0));
  },
  quantile: (members, quantile) => {
    const length = members[0]?.length ?? 0;
    return Float64Array.from({ length }, (_, at) => {
      const present = Float64Array.from(members, (one) => one[at] as number).filter((value) => !Number.isNaN(value));
      return quantileOf(present.sort(), quantile);
    });
  },
};

function pairwise(both: (a: number, b: number) => number): Combine {
  return ([first = new Float64Array(0), ...rest]) => {
    const result = first.slice();
    for (const member of rest) {
      for (let at = 0; at < result.length; at++) {
        const value = member[at] as number;
        const soFar = result[at] as number;
        if (!Number.isNaN(value)) result[at] = Number.isNaN(soFar) ? value : both(soFar, value);
      }
    }
    return result;
  };
}

/** Of ascending values, as Prometheus has it: the rank lies between the first and the last one. */
function quantileOf(sorted: Float64Array, quantile: number): number {
  if (sorted.length === 0) return NaN;
  const rank = quantile * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] as number;
  const above = sorted[Math.ceil(rank)] as number;
  return below + (above - below) * (rank - Math.floor(rank));
}
