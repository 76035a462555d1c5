import type { MetricQuery, Notice, SeriesAnswer } from '../api/contract';
import { aggregate, pick } from './aggregate';
import { sortKey } from './labels';
import type { FieldRows } from './plans';
import { roundDigits } from './round-digits';
import type { Row } from './rows';

/**
 * The series of a field as they are answered: put together as the query asks, those without any value left out, the
 * greatest `topK` of the field kept, in the order of their labels.
 */
export function seriesAnswers({ about, rows }: FieldRows, query: MetricQuery, notices: Notice[]): SeriesAnswer[] {
  const together =
    query.aggregate === undefined ? rows : aggregate(rows, query.aggregate, pick(query.aggregate.by ?? []));
  const present = together.filter(({ values }) => values.some(Number.isFinite));
  const kept = greatest(present, query.topK ?? Infinity);
  if (kept.length < present.length) {
    notices.push({
      severity: 'info',
      text: `${about.field}: the ${kept.length} series with the greatest mean of ${present.length} are shown, ${present.length - kept.length} were left out.`,
    });
  }
  const hasCalculated = CALCULATED.has(about.function) || CALCULATED.has(query.aggregate?.op ?? '');
  return inOrder(kept).map(({ labels, values }) => ({ ...about, labels, values: jsonNumbers(values, hasCalculated) }));
}

function greatest(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  return rows
    .map((row) => ({ row, mean: meanOf(row.values) }))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, most)
    .map(({ row }) => row);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function inOrder(rows: readonly Row[]): readonly Row[] {
  return rows
    .map((row) => ({ row, key: sortKey(row.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

/** Whose values are quotients, with as many digits as a number can hold. */
const CALCULATED: ReadonlySet<string> = new Set(['avg', 'rate', 'derived', 'quantile']);

/** JSON has no NaN and no infinity: null. */
function jsonNumbers(values: Float64Array, areCalculated: boolean): (number | null)[] {
  const numbers: (number | null)[] = [];
  // A loop, as this is most of the work of a wide answer.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    numbers.push(Number.isFinite(value) ? (areCalculated ? roundDigits(value) : value) : null);
  }
  return numbers;
}
