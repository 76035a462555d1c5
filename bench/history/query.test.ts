import type { FamilyDescriptor } from '../../server/model/family';
import { checkSame, ours, promQl, type Answer, type RangeQuery } from './query';

const family: FamilyDescriptor = {
  name: 'redis_memory_used_bytes',
  type: 'gauge',
  unit: 'bytes',
  help: '',
  labelNames: [],
  source: { command: 'INFO', section: 'Memory', field: 'used_memory' },
};
const query: RangeQuery = { function: 'avg', family, fromMs: 0, toMs: 180_000, stepMs: 60_000 };

describe('ours', () => {
  it('asks for the field', () => {
    const { path, body = '' } = ours.request(query);
    expect([path, JSON.parse(body)]).toEqual([
      '/api/v1/query',
      { from: 0, to: 180_000, step: 60_000, queries: [{ refId: 'A', fields: ['used_memory'], function: 'avg' }] },
    ]);
  });

  it('counts the points that are there', () => {
    const series = [
      { labels: { instance: 'a' }, values: [null, 2, 4] },
      { labels: { instance: 'b' }, values: [null, null, 6] },
    ];
    const answer = ours.parse(JSON.stringify({ results: { A: { status: 'success', series } } }));
    expect(answer).toEqual({ series: new Set(['a', 'b']), points: 3, mean: 4 });
  });

  it('refuses an error', () => {
    const text = JSON.stringify({ results: { A: { status: 'error', error: 'no such field' } } });
    expect(() => ours.parse(text)).toThrow('no such field');
  });
});

describe('promQl', () => {
  it.each([
    ['avg', 'avg_over_time(redis_memory_used_bytes[60s])'],
    ['rate', 'rate(redis_memory_used_bytes[60s])'],
  ] as const)('asks for %s at the ends of the buckets', (fn, expression) => {
    const { searchParams } = new URL(promQl.request({ ...query, function: fn }).path, 'http://prometheus');
    expect(Object.fromEntries(searchParams)).toEqual({ query: expression, start: '60', end: '180', step: '60' });
  });

  it('reads values', () => {
    const result = [{ metric: { instance: 'a' }, values: [[60, '1.5'], [120, '2.5']] }]; // prettier-ignore
    const answer = promQl.parse(JSON.stringify({ status: 'success', data: { result } }));
    expect(answer).toEqual({ series: new Set(['a']), points: 2, mean: 2 });
  });
});

describe('checkSame', () => {
  const targets = ['a', 'b'];
  const answer: Answer = { series: new Set(targets), points: 100, mean: 10 };

  it.each<[string, RangeQuery['function'], Partial<Answer>]>([
    ['the same', 'avg', {}],
    ['two points less for each series', 'avg', { points: 96 }],
    ['a slightly different rate', 'rate', { mean: 10.4 }],
  ])('passes %s', (_, fn, differences) => {
    const its = { ...answer, ...differences };
    expect(() => checkSame({ ...query, function: fn }, targets, { ours: answer, its })).not.toThrow();
  });

  it.each<[string, Partial<Answer>, string]>([
    ['too few series', { series: new Set(['a']) }, 'its gives the series a instead of a, b'],
    ['others', { series: new Set(['a', 'c']) }, 'its gives the series a, c instead of a, b'],
    ['too many', { series: new Set(['a', 'b', 'c']) }, 'its gives the series a, b, c instead of a, b'],
    ['too few points', { points: 95 }, 'its gives 95 points, ours 100'],
    ['other values', { mean: 10.1 }, 'the mean of its values is 10.1, of ours 10'],
  ])('refuses %s', (_, differences, message) => {
    const its = { ...answer, ...differences };
    expect(() => checkSame(query, targets, { ours: answer, its })).toThrow(message);
  });

  it('refuses answers with nothing', () => {
    const nothing = { ...answer, points: 0, mean: NaN };
    expect(() => checkSame(query, targets, { ours: nothing, its: nothing })).toThrow('ours answers with nothing');
  });
});
