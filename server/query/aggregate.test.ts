import type { AggregateOperator } from '../api/contract';
import { randomInteger, randomNumbers } from '../testing/random';
import { aggregate, omit, pick } from './aggregate';
import type { Labels } from './labels';
import type { Row } from './rows';

function row(labels: Labels, ...values: number[]): Row {
  return { labels, values: Float64Array.from(values) };
}

function plain(rows: readonly Row[]): unknown[] {
  return rows.map(({ labels, values }) => [labels, [...values]]);
}

const ROWS = [
  row({ instance: 'a', cmd: 'get' }, 1, 2, NaN, NaN),
  row({ instance: 'a', cmd: 'set' }, 3, NaN, NaN, 5),
  row({ instance: 'b', cmd: 'get' }, 8, 4, NaN, -1),
];

describe('aggregate', () => {
  it.each<[AggregateOperator, number, number[]]>([
    ['sum', 0, [12, 6, NaN, 4]],
    ['avg', 0, [4, 3, NaN, 2]],
    ['min', 0, [1, 2, NaN, -1]],
    ['max', 0, [8, 4, NaN, 5]],
    ['quantile', 0, [1, 2, NaN, -1]],
    ['quantile', 0.5, [3, 3, NaN, 2]],
    ['quantile', 0.75, [5.5, 3.5, NaN, 3.5]],
    ['quantile', 1, [8, 4, NaN, 5]],
  ])('%s %d leaves out what is missing', (op, quantile, expected) => {
    expect(plain(aggregate(ROWS, { op, quantile }, pick([])))).toEqual([[{}, expected]]);
  });

  it('makes one row for each value of the labels that stay', () => {
    expect(plain(aggregate(ROWS, { op: 'sum' }, pick(['cmd'])))).toEqual([
      [{ cmd: 'get' }, [9, 6, NaN, -1]],
      [{ cmd: 'set' }, [3, NaN, NaN, 5]],
    ]);
    expect(plain(aggregate(ROWS, { op: 'max' }, omit(['cmd'])))).toEqual([
      [{ instance: 'a' }, [3, 2, NaN, 5]],
      [{ instance: 'b' }, [8, 4, NaN, -1]],
    ]);
  });

  it('takes labels in any order for the same, and an absent one for a group of its own', () => {
    const rows = [row({ x: '1', y: '2' }, 1), row({ y: '2', x: '1' }, 2), row({ x: '1' }, 4)];
    expect(plain(aggregate(rows, { op: 'sum' }, pick(['x', 'y', 'z'])))).toEqual([
      [{ x: '1', y: '2' }, [3]],
      [{ x: '1' }, [4]],
    ]);
  });

  it('is not led astray by the names of labels', () => {
    const rows = [row(Object.fromEntries([['__proto__', 'p']]), 1), row({ constructor: 'c' }, 2)];
    expect(plain(aggregate(rows, { op: 'sum' }, pick(['__proto__', 'toString'])))).toEqual([
      [Object.fromEntries([['__proto__', 'p']]), [1]],
      [{}, [2]],
    ]);
  });

  it('leaves the rows it is given as they are', () => {
    const given = row({}, 1);
    aggregate([given, row({}, 2)], { op: 'sum' }, pick([]));
    expect([...given.values]).toEqual([1]);
  });
});

describe('against what a person would calculate', () => {
  const random = randomNumbers(3);
  /** Of the values that are there. */
  const reference: Record<AggregateOperator, (values: number[], quantile: number) => number> = {
    sum: (values) => values.reduce((a, b) => a + b),
    avg: (values) => values.reduce((a, b) => a + b) / values.length,
    min: (values) => Math.min(...values),
    max: (values) => Math.max(...values),
    quantile: (values, quantile) => {
      const sorted = values.toSorted((a, b) => a - b);
      const rank = quantile * (values.length - 1);
      const [below, above] = [sorted[Math.floor(rank)]!, sorted[Math.min(values.length - 1, Math.floor(rank) + 1)]!];
      return below * (1 - (rank % 1)) + above * (rank % 1);
    },
  };

  it.each(Object.keys(reference) as AggregateOperator[])('%s', (op) => {
    for (let round = 0; round < 50; round++) {
      const rows = Array.from({ length: 1 + randomInteger(random, 8) }, () =>
        row(
          { group: `${randomInteger(random, 3)}` },
          ...Array.from({ length: 5 }, () => (random() < 0.3 ? NaN : random() * 100 - 50))
        )
      );
      const quantile = random();
      for (const { labels, values } of aggregate(rows, { op, quantile }, pick(['group']))) {
        const members = rows.filter((one) => one.labels['group'] === labels['group']);
        values.forEach((value, bucket) => {
          const present = members.map((one) => one.values[bucket]!).filter((one) => !Number.isNaN(one));
          if (present.length === 0) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(reference[op](present, quantile), 9);
        });
      }
    }
  });
});
