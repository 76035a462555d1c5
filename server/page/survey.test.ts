import type { QueryAnswer, SeriesAnswer } from '../api/contract.ts';
import { OVERVIEW, type ChartRow } from './charts.ts';
import { seriesKey } from './series-data.ts';
import { chooseSeries, surveyRequest, totalsRequest } from './survey.ts';

const row = (id: string) => OVERVIEW.find((one) => one.id === id) as ChartRow;

function series(instance: string, value: number | null): SeriesAnswer {
  return {
    ...{ field: 'f', metric: 'm', displayName: 'F', unit: 'none', function: 'derived' },
    ...{ labels: { instance }, values: [value] },
  };
}

function answer(results: QueryAnswer['results']): QueryAnswer {
  return { status: 'success', results };
}

function ofTargets(count: number): QueryAnswer['results'][string] {
  const all = Array.from({ length: count }, (_, index) => series(`t${index}`, index === 3 ? null : index));
  return { status: 'success', times: [0], stepMs: 0, series: all, notices: [] };
}

describe('of many targets', () => {
  it.each([
    ['memory', ['t1', 't10', 't11', 't2', 't4', 't5', 't6', 't7', 't8', 't9']],
    ['hits', ['t0', 't1', 't10', 't2', 't4', 't5', 't6', 't7', 't8', 't9']],
  ])('the chart %s shows the ten that matter, those without a value last', (id, names) => {
    const choice = chooseSeries([row(id)], answer({ [id]: ofTargets(12) })).get(id);
    expect([...(choice?.names ?? [])].sort()).toEqual(names);
    expect(choice?.keys?.has(seriesKey(series('t5', 1)))).toBe(true);
  });

  it('all lines are shown where there are no more than ten', () => {
    const choice = chooseSeries([row('lag')], answer({ lag: ofTargets(10) })).get('lag');
    expect(choice).toEqual({ names: expect.arrayContaining(['t0', 't9']) as string[], keys: undefined });
  });

  it('a question that failed leaves its chart with all there is', () => {
    const failed = { status: 'error', errorType: 'timeout', error: 'took too long' } as const;
    expect(chooseSeries([row('memory')], answer({ memory: failed })).get('memory')).toEqual({});
  });
});

it('asks for one mean of the whole time, and for as many as decide', () => {
  const { step, queries } = surveyRequest(OVERVIEW, 1000, 61_000);
  expect(step).toBe(60_000);
  expect(queries.every(({ instant }) => instant)).toBe(true);
  expect(queries.find(({ refId }) => refId === 'memory')?.topK).toBe(11);
  expect(queries.find(({ refId }) => refId === 'hits')).not.toHaveProperty('topK');
});

it('asks for the sum, or what stands for all', () => {
  const { queries } = totalsRequest(OVERVIEW, 0);
  expect(queries.map(({ refId, aggregate }) => `${refId} ${aggregate?.op ?? ''}`)).toEqual([
    ...['operations sum', 'memory sum', 'clients sum', 'hits min', 'lag max', 'slow sum'],
  ]);
});
