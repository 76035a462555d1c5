import type { QuerySuccess } from '../api/contract.ts';
import { firstTime, latestValue, mergeData, sortSeries, wholeData, type ChartData } from './series-data.ts';

type Rows = Readonly<Record<string, readonly (number | null)[]>>;

function answer(times: readonly number[], rows: Rows): QuerySuccess {
  const series = Object.entries(rows).map(([instance, values]) => ({
    ...{ field: 'used_memory', metric: 'redis_memory_used_bytes', displayName: 'Used memory' },
    ...({ unit: 'bytes', function: 'avg', labels: { instance }, values } as const),
  }));
  return { status: 'success', times, stepMs: 10, series, notices: [] };
}

function rowsOf({ series }: ChartData): Rows {
  return Object.fromEntries(series.map(({ labels, values }) => [labels['instance'] ?? '', values]));
}

const KNOWN = wholeData(answer([10, 20, 30], { a: [1, 2, 3], b: [4, null, 6] }));

describe('an answer that comes later', () => {
  it.each<[string, QuerySuccess, readonly number[], Rows]>([
    [
      'gives a bucket again and one more',
      answer([30, 40], { a: [5, 7], b: [6, 8] }),
      [10, 20, 30, 40],
      {
        a: [1, 2, 5, 7],
        b: [4, null, 6, 8],
      },
    ],
    [
      'has a series that was not there',
      answer([40], { a: [7], c: [9] }),
      [10, 20, 30, 40],
      {
        a: [1, 2, 3, 7],
        b: [4, null, 6, null],
        c: [null, null, null, 9],
      },
    ],
    [
      'has a gap',
      answer([30, 40, 50], { a: [null, null, 1] }),
      [10, 20, 30, 40, 50],
      {
        a: [1, 2, null, null, 1],
        b: [4, null, null, null, null],
      },
    ],
    ['reaches back to before all that is known', answer([5, 15], { a: [8, 9] }), [5, 15], { a: [8, 9] }],
    ['is empty', answer([], {}), [10, 20, 30], { a: [1, 2, 3], b: [4, null, 6] }],
    ['has times and nothing else', answer([40], {}), [10, 20, 30, 40], { a: [1, 2, 3, null], b: [4, null, 6, null] }],
  ])('%s', (_, later, times, rows) => {
    const merged = mergeData(KNOWN, later, 0);
    expect(merged.timesMs).toEqual(times);
    expect(rowsOf(merged)).toEqual(rows);
    expect(merged).toMatchObject({ unit: 'bytes', stepMs: 10 });
  });

  it('leaves out what the window has left behind, and series with it', () => {
    const known = wholeData(answer([10, 20, 30, 40], { a: [1, 2, 3, 4], b: [5, null, null, null] }));
    const merged = mergeData(known, answer([50], { a: [6] }), 35);
    expect(merged.timesMs).toEqual([30, 40, 50]);
    expect(rowsOf(merged)).toEqual({ a: [3, 4, 6] });
  });

  it('leaves what was there as it was', () => {
    const before = JSON.stringify(KNOWN);
    mergeData(KNOWN, answer([30], { a: [9] }), 25);
    expect(JSON.stringify(KNOWN)).toBe(before);
  });

  it('is quick for a thousand of them', () => {
    let data = wholeData(answer([0], { a: [0] }));
    for (let time = 10; time <= 10_000; time += 10) data = mergeData(data, answer([time], { a: [time] }), time - 3000);
    expect(data.timesMs).toHaveLength(302);
    expect(data.series[0]?.values.at(-1)).toBe(10_000);
  });
});

it.each<[readonly (number | null)[], number | null]>([
  [[1, 2, 3], 3],
  [[1, 2, null], 2],
  [[1, null, null], null],
  [[0], 0],
  [[], null],
])('the latest of %j is %d', (values, latest) => {
  expect(latestValue({ key: '', field: '', displayName: '', labels: {}, values })).toBe(latest);
});

it.each<[string, readonly ChartData[], number]>([
  ['of none', [], Infinity],
  ['of gaps', [wholeData(answer([10], { a: [null] }))], Infinity],
  ['after a gap', [wholeData(answer([10, 20], { a: [null, 1], b: [null, 0] }))], 20],
  ['of several', [KNOWN, wholeData(answer([5], { a: [1] }))], 5],
])('finds the first value %s', (_, all, timeMs) => expect(firstTime(all)).toBe(timeMs));

it('sorts as people count, field by field', () => {
  const data = wholeData(answer([1], { 'cache-10': [1], 'cache-9': [1], cache: [1] }));
  const rss = data.series.map((one) => ({ ...one, key: `rss ${one.key}`, field: 'rss' }));
  const sorted = sortSeries({ ...data, series: [...rss, ...data.series] }, ['used_memory', 'rss']);
  expect(sorted.series.map(({ field, labels }) => `${field} ${labels['instance'] ?? ''}`)).toEqual([
    ...['used_memory cache', 'used_memory cache-9', 'used_memory cache-10'],
    ...['rss cache', 'rss cache-9', 'rss cache-10'],
  ]);
});
