import type { MetricQuery, QueryRequest, QuerySuccess } from '../api/contract';
import { fakeHistory } from '../testing/fake-history';
import {
  answerOf,
  ask,
  every10s,
  family,
  FAMILIES,
  queryContext,
  seriesOfA,
  T0,
  targetInfo,
  valuesOf,
} from '../testing/query-context';
import { answerQuery } from './answer-query';
import { RequestError } from './errors';

const MINUTE = 60_000;

function texts({ notices }: QuerySuccess): string[] {
  return notices.map(({ text }) => text);
}

describe('one field', () => {
  it('is answered by columns, with all there is to know of it', () => {
    const context = queryContext([seriesOfA('memory_used_bytes', every10s(1, 3, 5, 7, undefined, 9))]);
    expect(ask(context, {})).toEqual({
      status: 'success',
      times: [T0, T0 + 20_000, T0 + 40_000],
      stepMs: 20_000,
      series: [
        {
          field: 'used_memory',
          metric: 'redis_memory_used_bytes',
          displayName: 'Used memory',
          unit: 'bytes',
          function: 'avg',
          labels: { instance: 'a' },
          values: [2, 6, 9],
        },
      ],
      notices: [],
    });
  });

  // prettier-ignore
  it.each<[string, Partial<MetricQuery>, string, string, (number | null)[]]>([
    ['the rate of a counter by default', { fields: ['used_cpu_sys'] }, 'rate', 'seconds_per_second', [0.1, 0.1, 0.85]],
    ['the increase of a counter', { fields: ['used_cpu_sys'], function: 'increase' }, 'increase', 'seconds', [1, 2, 17]],
    ['a counter as it is', { fields: ['used_cpu_sys'], function: 'max' }, 'max', 'seconds', [11, 13, 20]],
    ['the delta of a counter, falls as falls', { fields: ['used_cpu_sys'], function: 'delta' }, 'delta', 'seconds', [1, 2, -3]],
    ['the rate of microseconds in seconds', { fields: ['eventloop_duration_sum'] }, 'rate', 'seconds_per_second', [null, 0.5, null]],
    ['the delta of a time', { fields: ['rdb_last_save_time'], function: 'delta' }, 'delta', 'seconds', [0, 0, 100]],
    ['a time as it is', { fields: ['rdb_last_save_time'], function: 'last' }, 'last', 'timestamp', [1000, 1000, 1100]],
  ])('gives %s', (_, query, fn, unit, values) => {
    const context = queryContext([
      seriesOfA('cpu_sys_seconds_total', every10s(10, 11, 12, 13, 20, 10)),
      seriesOfA('eventloop_duration_sum_usec_total', every10s(undefined, 0, 5e6, 10e6)),
      seriesOfA('rdb_last_save_timestamp_seconds', every10s(1000, 1000, 1000, 1000, 1000, 1100)),
    ]);
    const { series } = answerOf(context, query);
    expect(series[0]).toMatchObject({ function: fn, unit, values });
  });

  it('writes what is no number as null, and leaves out series without any', () => {
    const context = queryContext([
      seriesOfA('memory_used_bytes', every10s(1, 1, Infinity, 1, NaN)),
      { target: 'b', family: family('memory_used_bytes'), points: every10s(NaN, Infinity) },
    ]);
    expect(valuesOf(answerOf(context, {}))).toEqual({ 'instance=a': [1, null, null] });
  });

  it('reads five minutes before `from`, so that the first bucket has a rate', () => {
    const points = every10s(...Array.from({ length: 40 }, (_, at) => at * 100));
    const context = queryContext([seriesOfA('commands_processed_total', points)]);
    const query = { fields: ['total_commands_processed'] };
    expect(
      answerOf(context, query, { from: T0 + 5 * MINUTE, to: T0 + 5 * MINUTE + 1, step: '10s' }).series[0]?.values
    ).toEqual([10]);
    const sparse = queryContext([seriesOfA('commands_processed_total', [points[0]!, points[30]!])]);
    const early = { from: T0 + 5 * MINUTE, to: T0 + 5 * MINUTE + 1 };
    expect(answerOf(sparse, { ...query, function: 'increase' }, early).series[0]?.values).toEqual([3000]);
  });

  it('has lines of histograms and summaries, with `le` and `quantile`', () => {
    const histogram = family('commands_latencies_usec');
    const of = (part: '_bucket' | '_sum', ...labels: string[]) =>
      ({ target: 'a', family: histogram, part, labels, points: every10s(0, 100, 200) }) as const;
    const context = queryContext([
      of('_bucket', 'get', '+Inf'),
      of('_bucket', 'get', '1024'),
      of('_bucket', 'get', '2'),
      of('_sum', 'get'),
      seriesOfA('latency_percentiles_usec', every10s(7), ['get', '99']),
    ]);
    const buckets = answerOf(context, { fields: ['redis_commands_latencies_usec_bucket'] });
    expect(Object.entries(valuesOf(buckets))).toEqual([
      ['instance=a,cmd=get,le=2', [10, 10, null]],
      ['instance=a,cmd=get,le=1024', [10, 10, null]],
      ['instance=a,cmd=get,le=+Inf', [10, 10, null]],
    ]);
    const one = answerOf(context, {
      fields: ['redis_commands_latencies_usec_bucket'],
      labels: [{ label: 'le', op: '=', value: '2' }],
    });
    expect(Object.keys(valuesOf(one))).toEqual(['instance=a,cmd=get,le=2']);
    const sum = answerOf(context, { fields: ['redis_commands_latencies_usec_sum'] });
    expect(sum.series[0]).toMatchObject({ unit: 'seconds_per_second', values: [1e-5, 1e-5, null] });
    const percentile = answerOf(context, { section: 'Latencystats', fields: ['latency_percentiles_usec'] });
    expect(percentile.series[0]).toMatchObject({ function: 'avg', labels: { cmd: 'get', quantile: '99' } });
  });
});

describe('several series', () => {
  const calls = (target: string, cmd: string, perTenSeconds: number) => ({
    target,
    family: family('commands_total'),
    labels: [cmd],
    points: every10s(0, perTenSeconds, 2 * perTenSeconds),
  });
  const context = queryContext(
    [calls('b10', 'get', 10), calls('b9', 'get', 20), calls('a', 'set', 70), calls('a', 'get', 30)],
    {
      targets: () => [
        targetInfo('a', { labels: { env: 'prod', cmd: 'hidden' } }),
        targetInfo('b9', { labels: { env: 'test' }, role: 'slave' }),
        targetInfo('b10', { labels: { env: 'test' }, role: 'slave' }),
        targetInfo('quiet'),
      ],
    }
  );
  const query = { section: 'Commandstats', fields: ['calls'] };
  const request: Partial<QueryRequest> = { step: '1m' };

  it('stand in the order of their labels, numbers by their value; own labels win', () => {
    expect(Object.keys(valuesOf(answerOf(context, query, request)))).toEqual([
      'instance=a,env=prod,cmd=get',
      'instance=a,env=prod,cmd=set',
      'instance=b9,env=test,cmd=get',
      'instance=b10,env=test,cmd=get',
    ]);
  });

  // prettier-ignore
  it.each<[string, Partial<MetricQuery>, Record<string, (number | null)[]>]>([
    ['by a label', { labels: [{ label: 'cmd', op: '=', value: 'set' }] }, { 'instance=a,env=prod,cmd=set': [7] }],
    ['by a label of the target', { labels: [{ label: 'env', op: '!=', value: 'test' }, { label: 'cmd', op: '=~', value: 'g.*' }] }, { 'instance=a,env=prod,cmd=get': [3] }],
    ['by the instance', { labels: [{ label: 'instance', op: '!~', value: 'a|b9' }] }, { 'instance=b10,env=test,cmd=get': [1] }],
    ['by the name of the target', { targets: { names: ['b9'] } }, { 'instance=b9,env=test,cmd=get': [2] }],
    ['by role and label of the target', { targets: { roles: ['slave'], labels: [{ label: 'instance', op: '=~', value: 'b1.' }] } }, { 'instance=b10,env=test,cmd=get': [1] }],
    ['summed up', { aggregate: { op: 'sum' } }, { '': [13] }],
    ['by label', { aggregate: { op: 'max', by: ['env'] } }, { 'env=prod': [7], 'env=test': [2] }],
    ['a quantile', { aggregate: { op: 'quantile', quantile: 0.5 } }, { '': [2.5] }],
    ['the greatest', { topK: 2 }, { 'instance=a,env=prod,cmd=get': [3], 'instance=a,env=prod,cmd=set': [7] }],
    ['the greatest of groups', { topK: 1, aggregate: { op: 'sum', by: ['cmd'] } }, { 'cmd=set': [7] }],
  ])('are chosen and put together %s', (_, more, expected) => {
    expect(valuesOf(answerOf(context, { ...query, ...more }, request))).toEqual(expected);
  });

  it('says how many the greatest leave out', () => {
    expect(texts(answerOf(context, { ...query, topK: 1 }, request))).toEqual([
      'calls: the 1 series with the greatest mean of 4 are shown, 3 were left out.',
    ]);
  });

  it.each<[string, MetricQuery['targets'], string[]]>([
    ['one of the names is no target', { names: ['a', 'c'] }, ['There is no target `c`.']],
    [
      'no target is meant',
      { names: ['a'], roles: ['slave'] },
      [
        'No target has the name, labels and role that were asked for.',
        'There are no series of calls for these targets and labels.',
      ],
    ],
    [
      'the target has no such field',
      { names: ['quiet'] },
      ['There are no series of calls for these targets and labels.'],
    ],
  ])('says that %s', (_, targets, expected) => {
    expect(texts(answerOf(context, { ...query, targets: targets! }, request))).toEqual(expected);
  });

  it('has targets that are not configured any more, by name', () => {
    const past = queryContext([calls('gone', 'get', 10)], { targets: () => [targetInfo('a')] });
    expect(valuesOf(answerOf(past, { ...query, targets: { names: ['gone'] } }, request))).toEqual({
      'instance=gone,cmd=get': [1],
    });
  });
});

describe('notices', () => {
  const context = queryContext([
    seriesOfA('commands_processed_total', every10s(0, 100, 200, 300, 400, 500)),
    seriesOfA('memory_used_bytes', every10s(0, 100, 50)),
    seriesOfA('keyspace_hits_total', every10s(0, 0)),
    seriesOfA('keyspace_misses_total', every10s(0, 0)),
  ]);
  const counted: Partial<MetricQuery> = { fields: ['total_commands_processed'], function: 'increase' };

  it.each<[string, Partial<MetricQuery>, Partial<QueryRequest>, string[]]>([
    ['nothing where all is well', {}, {}, []],
    [
      'a count that ends within a bucket',
      counted,
      { to: T0 + 52_000 },
      ['The last bucket covers 12 of 20 s: total_commands_processed counts only that long in it.'],
    ],
    [
      'no word of what is not there',
      { fields: ['evicted_keys'], function: 'increase' },
      { to: T0 + 52_000 },
      ['There are no series of evicted_keys for these targets and labels.'],
    ],
    ['no word of a rate there', { ...counted, function: 'rate' }, { to: T0 + 52_000 }, []],
    [
      'a rate of a gauge',
      { function: 'rate' },
      {},
      ['used_memory is a gauge: rate takes its falls for resets to 0, delta takes them as falls.'],
    ],
    ['no word of the delta of a gauge', { function: 'delta' }, {}, []],
    [
      'a step that is too short',
      {},
      { step: '2s' },
      ['The step is 10s instead of 2s: the targets are polled every 10s.'],
    ],
    [
      'a function for a derived field',
      { fields: ['memory_growth'], function: 'max' },
      {},
      ['memory_growth is a derived field and has its own calculation: max does not apply.'],
    ],
    [
      'a time without values',
      {},
      { from: T0 + 50 * MINUTE, to: T0 + 51 * MINUTE },
      ['used_memory has no values in this time.'],
    ],
    ['a quotient of nothing', { fields: ['hit_ratio'] }, {}, ['hit_ratio has no values in this time.']],
    [
      'no word of the lines of a histogram',
      { fields: ['redis_commands_latencies_usec'] },
      {},
      ['_bucket', '_sum', '_count'].map(
        (part) => `There are no series of commands_latencies_usec${part} for these targets and labels.`
      ),
    ],
    [
      'a word of two sections',
      { fields: ['flags'] },
      {},
      [
        'flags is in several sections (SENTINEL SLAVES, SENTINEL SENTINELS): name the one.',
        'There are no series of flags for these targets and labels.',
        'There are no series of flags for these targets and labels.',
      ],
    ],
  ])('%s', (_, query, request, expected) => {
    expect(texts(answerOf(context, query, request))).toEqual(expected);
  });

  it('of a bucket that now lies in', () => {
    const now = { ...context, now: () => T0 + 45_000 };
    expect(texts(answerOf(now, counted))).toEqual([
      'The last bucket covers 5 of 20 s: total_commands_processed counts only that long in it.',
    ]);
  });
});

describe('targets that are polled at other intervals', () => {
  const slow = {
    target: 'slow',
    family: family('commands_processed_total'),
    points: [
      [T0, 0],
      [T0 + 9 * MINUTE, 540],
    ],
  } as const;
  const context = queryContext([seriesOfA('commands_processed_total', every10s(0, 5, 10)), slow], {
    targets: () => [targetInfo('a', { intervalMs: 5000 }), targetInfo('slow', { intervalMs: 9 * MINUTE })],
  });
  const fields = ['total_commands_processed'];

  it('decide on the step and on how far apart samples may be, where they are meant', () => {
    const all = answerOf(context, { fields }, { from: T0, to: T0 + 10 * MINUTE });
    expect([all.stepMs, valuesOf(all)]).toEqual([10 * MINUTE, { 'instance=a': [0.5], 'instance=slow': [1] }]);
    const one = answerOf(context, { fields, targets: { names: ['a'] } }, { step: '5s' });
    expect([one.stepMs, one.notices]).toEqual([5000, []]);
  });
});

describe('instant queries', () => {
  const context = queryContext([
    seriesOfA('memory_used_bytes', every10s(5, 7, 9)),
    seriesOfA('commands_processed_total', every10s(...Array.from({ length: 13 }, (_, at) => at * at * 10))),
  ]);

  // prettier-ignore
  it.each<[string, Partial<MetricQuery>, Partial<QueryRequest>, (number | null)[][]]>([
    ['the last value of a gauge', {}, { to: T0 + MINUTE }, [[9]]],
    ['the value of that very moment', {}, { to: T0 + 10_000 }, [[7]]],
    ['a value five minutes old', {}, { to: T0 + 5 * MINUTE + 19_999 }, [[9]]],
    ['no value older than that', {}, { to: T0 + 5 * MINUTE + 20_000 }, []],
    ['the rate over a minute', { fields: ['total_commands_processed'] }, { to: T0 + 2 * MINUTE }, [[18]]],
    ['the rate over the step', { fields: ['total_commands_processed'] }, { to: T0 + 2 * MINUTE, step: '20s' }, [[22]]],
    ['another function over the step', { function: 'max' }, { to: T0 + MINUTE, step: '2m' }, [[9]]],
    ['a sum', { aggregate: { op: 'sum' } }, { to: T0 + MINUTE }, [[9]]],
    ['a derived field', { fields: ['ops_per_second'] }, { to: T0 + 2 * MINUTE }, [[18]]],
  ])('give %s', (_, query, request, expected) => {
    const answer = answerOf(context, { ...query, instant: true }, { step: MINUTE, ...request });
    expect(answer.series.map(({ values }) => values)).toEqual(expected);
    expect([answer.times, answer.stepMs]).toEqual([[request.to], 0]);
  });
});

describe('errors', () => {
  const context = queryContext([
    seriesOfA('memory_used_bytes', every10s(1)),
    seriesOfA('memory_max_bytes', every10s(0)),
  ]);
  const good = { refId: 'A', fields: ['used_memory'] };
  const body = { from: T0, to: T0 + MINUTE, queries: [good] };

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected object'],
    ['an unknown word', { ...body, steps: '1m' }, 'steps'],
    ['no queries', { ...body, queries: [] }, 'queries'],
    ['a time that is none', { ...body, from: 'then' }, 'from: "then" is no time'],
    [
      'a query without a name',
      { ...body, queries: [good, { fields: ['hz'] }] },
      'queries[1].refId: give each query a short text that names it',
    ],
    ['a query that is none', { ...body, queries: [null] }, 'queries[0].refId'],
    ['two of one name', { ...body, queries: [good, good] }, 'queries[1].refId: "A" is there twice'],
  ])('refuses a request with %s', (_, given, message) => {
    const asking = () => answerQuery(context, given);
    expect(asking).toThrow(RequestError);
    expect(asking).toThrow(message);
  });

  it.each<[string, Partial<MetricQuery>, string]>([
    [
      'an unknown field',
      { fields: ['used_memory', 'hitratio'] },
      'there is no field `hitratio`: did you mean `hit_ratio`?',
    ],
    ['an unknown target', { targets: { names: ['aa', 'bb'] } }, 'there is no target `aa`, `bb`'],
    ['a mistyped target', { targets: { names: ['A.'] } }, 'there is no target `A.`: did you mean `a`?'],
    [
      'a pattern that is none',
      { labels: [{ label: 'cmd', op: '=~', value: '(' }] },
      'the pattern for cmd is no regular expression (RE2)',
    ],
    [
      'a pattern for targets that is none',
      { targets: { labels: [{ label: 'env', op: '!~', value: '[' }] } },
      'the pattern for env',
    ],
    [
      'a pattern that could run for ever',
      { labels: [{ label: 'cmd', op: '=~', value: '(a)\\1' }] },
      'the pattern for cmd',
    ],
    [
      'a quantile that is missing',
      { aggregate: { op: 'quantile' } },
      'aggregate: `quantile` goes with the operator `quantile`, and only with it',
    ],
    ['a function that is none', { function: 'median' as 'avg' }, 'function: '],
    ['a topK of 0', { topK: 0 }, 'topK: '],
  ])('answers %s with an error of its own', (_, query, message) => {
    const wrong = { ...good, refId: 'wrong', ...query };
    const { results } = answerQuery(context, { ...body, queries: [wrong, good] });
    expect(results['wrong']).toEqual({
      status: 'error',
      errorType: 'bad_data',
      error: expect.stringContaining(message) as string,
    });
    expect(results['A']).toMatchObject({ status: 'success', series: [{ field: 'used_memory' }] });
  });

  it('takes any text as a name of a query', () => {
    const { results } = answerQuery(context, { ...body, queries: [{ ...good, refId: '__proto__' }] });
    expect(JSON.parse(JSON.stringify(results))).toHaveProperty(
      ['__proto__'],
      expect.objectContaining({ status: 'success' })
    );
    expect(Object.keys(results)).toEqual(['__proto__']);
  });

  it('answers two fields and a field named twice once each', () => {
    const answer = answerOf(context, { fields: ['used_memory', 'redis_memory_used_bytes', 'maxmemory'] });
    expect(answer.series.map(({ field, values }) => [field, values[0]])).toEqual([
      ['used_memory', 1],
      ['maxmemory', 0],
    ]);
  });
});

describe('limits', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      target: 'a',
      family: family('commands_total'),
      labels: [`c${at}`],
      points: [],
    }));
  const query = { fields: ['redis_commands_total'] };

  it('refuses more series than a query may need, before labels are compared', () => {
    const context = queryContext(many(5001));
    expect(ask(context, query)).toEqual({
      status: 'error',
      errorType: 'bad_data',
      error: 'the query needs 5001 series, more than 5000: ask for fewer fields or targets, or filter by labels',
    });
    expect(ask(context, { ...query, labels: [{ label: 'cmd', op: '!=', value: 'c7' }] })).toMatchObject({
      status: 'success',
    });
  });

  it('refuses more points than a request may have, whichever query needs them', () => {
    const context = queryContext(many(1000));
    const queries = ['A', 'B', 'C'].map((refId) => ({ refId, ...query }));
    const { results } = answerQuery(context, { from: T0 - 20_000 * MINUTE, to: T0, step: '10m', queries });
    expect(Object.values(results).map(({ status }) => status)).toEqual(['success', 'success', 'error']);
    expect(results['C']).toMatchObject({
      errorType: 'bad_data',
      error:
        'the query needs 2000000 points, and a request may have 5000000 in all: ask for fewer fields or targets, or filter by labels, or give a longer step',
    });
  });

  it('gives up when the time is over', () => {
    const context = { ...queryContext([seriesOfA('memory_used_bytes', every10s(1))]), deadlineMs: 0 };
    expect(ask(context, {})).toEqual({
      status: 'error',
      errorType: 'timeout',
      error: 'the query took too long: ask for fewer series or a shorter time',
    });
  });

  it('gives up when nobody waits any more', () => {
    const context = { ...queryContext([seriesOfA('memory_used_bytes', every10s(1))]), isGivenUp: () => true };
    expect(ask(context, {})).toMatchObject({ status: 'error', errorType: 'timeout' });
  });

  it('does not read what is not asked for', () => {
    const reads: [number, number][] = [];
    const history = fakeHistory([seriesOfA('memory_used_bytes', every10s(1))]);
    const watched = {
      ...history,
      read: (...args: Parameters<typeof history.read>) => (reads.push([args[1], args[2]]), history.read(...args)),
    };
    const context = { ...queryContext([]), history: watched, families: FAMILIES };
    answerOf(context, {});
    answerOf(context, { function: 'delta' });
    answerOf(context, { fields: ['hz'] });
    expect(reads).toEqual([
      [T0, T0 + MINUTE],
      [T0 - 5 * MINUTE, T0 + MINUTE],
    ]);
  });
});
