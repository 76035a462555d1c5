import type { QueryAnswer, QuerySuccess } from '../../server/api/contract';
import { madeAnswer } from './answers';

const SIZE = { queries: 6, series: 3, points: 100 };

it('makes an answer of that size, the same each time', () => {
  const { queries, json } = madeAnswer(SIZE);
  const { results } = JSON.parse(json) as QueryAnswer;
  expect(Object.keys(results)).toEqual(queries.map(({ refId }) => refId));
  for (const { refId, fields } of queries) {
    const { times, series } = results[refId] as QuerySuccess;
    expect([times.length, series.length]).toEqual([SIZE.points, SIZE.series]);
    expect(series.map(({ field, values }) => [field, values.length])).toEqual(
      series.map(() => [fields[0], SIZE.points])
    );
    expect(series[0]!.values.filter((value) => value === null)).toHaveLength(2);
  }
  expect(madeAnswer(SIZE).json).toBe(json);
});
