import type { QueryAnswer, QueryRequest, SeriesAnswer } from '../api/contract';
import { parseLength } from '../api/time';
import { HttpError } from '../errors';
import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import { answerQuery } from '../query/answer-query';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { every10s, queryContext, seriesOfA, T0 } from '../testing/query-context';
import { tableText } from '../testing/table-text';
import { answerTable } from './answer-table';

const NOW_MS = 1_700_000_000_000;

/** Two targets whose latest poll has these samples, `family label,label` each. */
function twoTargets(samples: Readonly<Record<string, number>>): FakeTargets {
  const targets = new FakeTargets();
  for (const name of ['a', 'b']) {
    const recorder = new SampleRecorder();
    for (const [key, value] of Object.entries(samples)) {
      const [family = '', labels = ''] = key.split(' ');
      recorder.add({ name: family } as FamilyDescriptor, value, labels.split(',')); // all that tables look at
    }
    const target = makeTarget(name);
    targets.add(target, 1, { latest: makeResult(target, 1, { samples: recorder.finish() }) });
  }
  return targets;
}

/** A history that knows these values, by field, and by instance and the label's value. */
function history(values: Readonly<Record<string, Readonly<Record<string, number | null>>>>) {
  const requests: QueryRequest[] = [];
  const series = (field: string): SeriesAnswer[] =>
    Object.entries(values[field]!).map(([key, value]) => {
      const [instance = '', cmd] = key.split(' ');
      const labels = { instance, ...(cmd !== undefined && { cmd }) };
      const rest = { field, metric: field, displayName: field, unit: 'none', function: 'rate' } as const;
      return { ...rest, labels, values: [value] };
    });
  const answer = (field: string): QueryAnswer['results'][string] =>
    values[field] === undefined
      ? { status: 'error', errorType: 'timeout', error: 'it took too long' }
      : { status: 'success', times: [NOW_MS], stepMs: 0, series: series(field), notices: [] };
  const query = (request: QueryRequest): Promise<QueryAnswer> => {
    requests.push(request);
    const results = request.queries.map(({ refId, fields: [field = ''] }) => [refId, answer(field)] as const);
    return Promise.resolve({ status: 'success', results: Object.fromEntries(results) });
  };
  return { requests, query };
}

const COMMANDS = {
  'redis_commands_total get': 10,
  'redis_commands_total set': 20,
  'redis_commands_rejected_calls_total get': 1,
  'redis_commands_failed_calls_total get': 2,
  'redis_latency_percentiles_usec get,50': 1,
  'redis_latency_percentiles_usec get,99': 2,
  'redis_latency_percentiles_usec get,99.9': 3,
  'redis_other get': 99,
};

async function show(targets: FakeTargets, request: object, query?: ReturnType<typeof history>['query']) {
  const answer = await answerTable({ targets, query, entries: undefined, now: () => NOW_MS }, request);
  return tableText(answer).split('\n').slice(1, -1);
}

describe('commands', () => {
  it('have counts and percentiles of the latest poll, and what the history says of the window', async () => {
    const { query, requests } = history({
      commands_per_second: { 'a get': 1.5, 'a set': 2, 'b set': null, 'c get': 9 },
      latency_per_command: { 'a get': 0.000012345678, 'b set': 1 },
    });
    const targets = { labels: [{ label: 'instance', op: '=~', value: 'a|b' }] };
    const rows = await show(twoTargets(COMMANDS), { table: 'commands', targets }, query);
    expect(rows).toEqual([
      'a | set | 20 | 2 | - | - | - | - | - | -',
      'a | get | 10 | 1.5 | 12.346 | 1 | 2 | 3 | 1 | 2',
      'b | set | 20 | - | 1000000 | - | - | - | - | -',
      'b | get | 10 | - | - | 1 | 2 | 3 | 1 | 2',
    ]);
    expect(requests).toEqual([
      {
        from: NOW_MS - 300_000,
        to: NOW_MS,
        step: 300_000,
        queries: ['commands_per_second', 'latency_per_command'].map((field) => ({
          refId: field,
          section: 'Derived',
          fields: [field],
          instant: true,
          targets: { names: ['a', 'b'] },
        })),
      },
    ]);
  });

  it('are asked for of the targets that will be shown', async () => {
    const { query, requests } = history({});
    await show(twoTargets(COMMANDS), { table: 'commands', limit: 2 }, query);
    expect(requests.flatMap(({ queries }) => queries.map(({ targets }) => targets))).toEqual([
      { names: ['a'] },
      { names: ['a'] },
    ]);
  });

  it('are not asked for when there is nothing to show', async () => {
    const { query, requests } = history({});
    await show(twoTargets({}), { table: 'commands' }, query);
    expect(requests).toEqual([]);
  });

  it.each([
    ['now', 'now'],
    ['1970-01-01', 'now'],
    [-8.64e15, 8.64e15],
  ])('are asked for in a window that the history takes: from %s to %s', async (from, to) => {
    const { query, requests } = history({});
    await show(twoTargets(COMMANDS), { table: 'commands', from, to }, query);
    expect(parseLength(requests[0]!.step!)).toBeGreaterThan(0);
  });

  it('are whole but for the rates when the history fails', async () => {
    const query = () => Promise.reject(new HttpError(503, 'unavailable', 'The history is being started anew.'));
    expect(await show(twoTargets({ 'redis_commands_total get': 1 }), { table: 'commands' }, query)).toEqual([
      'a | get | 1 | - | - | - | - | - | - | -',
      'b | get | 1 | - | - | - | - | - | - | -',
      'warning: Values of the history are left out: The history is being started anew.',
    ]);
  });

  it('are asked for in the window of the request', async () => {
    const { query, requests } = history({});
    await show(twoTargets(COMMANDS), { table: 'commands', from: 'now-1h', to: 'now-30m' }, query);
    expect(requests).toMatchObject([{ from: NOW_MS - 3_600_000, to: NOW_MS - 1_800_000, step: 1_800_000 }]);
  });

  it('do without what the history cannot say, and say so', async () => {
    const { query } = history({ commands_per_second: { 'a get': 1 } });
    const rows = await show(twoTargets({ 'redis_commands_total get': 1 }), { table: 'commands' }, query);
    expect(rows).toEqual([
      'a | get | 1 | 1 | - | - | - | - | - | -',
      'b | get | 1 | - | - | - | - | - | - | -',
      'warning: `latency_per_command` is left out: it took too long.',
    ]);
  });
});

describe('targets', () => {
  const { query, requests } = history({
    used_memory: { a: 50, b: 60 },
    maxmemory: { a: 150, b: 0 },
    hit_ratio: { a: 0.5 },
    ops_per_second: { a: 10 },
    connected_clients: { a: 3 },
    connected_slave_lag_bytes: { a: 14 },
    lag: { a: 1 },
    rdb_last_save_time: { a: 1_700_000_000, b: null },
    slowlog_last_id: { a: 2 },
  });
  const LOAD = [
    ...['memory_used', 'memory_used_ratio', 'hit_ratio', 'commands_per_second', 'clients', 'lag_bytes', 'lag_seconds'],
    ...['last_save', 'slow_commands'],
  ];

  async function load(request: object, parts: { readonly query?: typeof query } = {}) {
    const table = { table: 'targets', ...request };
    const targets = twoTargets({});
    const answer = await answerTable(
      { targets, query: undefined, entries: undefined, now: () => NOW_MS, ...parts },
      table
    );
    const columns = LOAD.map((name) => answer.columns.find((column) => column.name === name)?.values);
    return [0, 1].map((row) => columns.map((values) => values?.[row]));
  }

  it('have what the history says, without a share of a limit that is none', async () => {
    expect(await load({ from: 'now-1h' }, { query })).toEqual([
      [50, 0.3333333333, 0.5, 10, 3, 14, 1, 1_700_000_000_000, 2],
      [60, null, null, null, null, null, null, null, null],
    ]);
    expect(requests).toMatchObject([{ from: NOW_MS - 3_600_000, to: NOW_MS, step: 3_600_000 }]);
  });

  it('are asked for the replica that is furthest behind, and for counts of slow commands', async () => {
    await load({}, { query });
    const asked = new Map(requests.at(-1)?.queries.map((one) => [one.refId, one]));
    const worst = { aggregate: { op: 'max', by: ['instance'] } };
    expect(asked.get('connected_slave_lag_bytes')).toMatchObject(worst);
    expect(asked.get('lag')).toMatchObject(worst);
    expect(asked.get('slowlog_last_id')).toMatchObject({ section: 'SLOWLOG GET', function: 'increase' });
    expect(asked.get('used_memory')).not.toHaveProperty('aggregate');
  });

  it('are empty there without history', async () => {
    expect(await load({})).toEqual([LOAD.map(() => null), LOAD.map(() => null)]);
  });
});

describe('of a real history', () => {
  const seconds = (each: number) => every10s(...Array.from({ length: 31 }, (_, at) => at * 10 * each));
  const context = queryContext([
    seriesOfA('commands_total', seconds(4), ['get']),
    seriesOfA('commands_duration_seconds_total', seconds(0.000_1), ['get']),
    seriesOfA('keyspace_hits_total', seconds(3)),
    seriesOfA('keyspace_misses_total', seconds(1)),
    seriesOfA('expired_keys_total', seconds(2)),
    seriesOfA('evicted_keys_total', seconds(0)),
    seriesOfA('memory_used_bytes', seconds(1000)),
    seriesOfA('memory_max_bytes', every10s(...Array.from({ length: 31 }, () => 1_000_000))),
    seriesOfA('commands_processed_total', seconds(5)),
    seriesOfA('connected_clients', seconds(0.1)),
    seriesOfA('connected_slave_lag_bytes', seconds(1), ['10.0.0.2', '6379', 'online']),
    seriesOfA('connected_slave_lag_bytes', seconds(2), ['10.0.0.3', '6379', 'online']),
    seriesOfA('connected_slave_lag_seconds', seconds(0), ['10.0.0.2', '6379', 'online']),
    seriesOfA('rdb_last_save_timestamp_seconds', every10s(...Array.from({ length: 31 }, () => 1_700_000_000))),
    seriesOfA('slowlog_last_id', seconds(0.1)),
  ]);
  const query = (request: QueryRequest) => Promise.resolve(answerQuery(context, request));
  const window = { from: T0 + 1, to: T0 + 300_000, targets: { names: ['a'] } };

  it.each([
    ['commands', { 'redis_commands_total get': 10 }, 'a | get | 10 | 4 | 25 | - | - | - | - | -'],
    ['keyspace', { 'redis_db_keys db0': 0 }, 'a | all | 0 | 0 | - | 3 | 1 | 0.75 | 2 | 0'],
    [
      'targets',
      {},
      'a | 10.0.0.1:6379 | up | - | - | - | - | - | 300000 | 0.3 | 0.75 | 5 | 30 | 600 | 0 | 1700000000000 | 30 | 0 | 1 | - | - |',
    ],
  ])('the table %s has what it knows', async (table, samples, row) => {
    expect(await show(twoTargets(samples), { table, ...window }, query)).toEqual([row]);
  });
});

it.each(['commands', 'keyspace', 'targets'])('%s without history say where values come from', async (table) => {
  const rows = await show(twoTargets({ 'redis_commands_total get': 1 }), { table });
  expect(rows.at(-1)).toBe('info: Values of the history are left out, as it is off. Set `history.enabled: true`.');
});

describe('the keyspace', () => {
  it('has rates for the server as a whole', async () => {
    const { query } = history({
      keyspace_hits: { a: 3 },
      keyspace_misses: { a: 1 },
      hit_ratio: { a: 0.75 },
      expirations_per_second: { a: 0 },
      evictions_per_second: { a: 2, b: 4 },
    });
    const targets = twoTargets({
      'redis_db_keys db0': 30,
      'redis_db_keys db1': 10,
      'redis_db_keys db2': 0,
      'redis_db_keys_expiring db0': 3,
      'redis_db_keys_expiring db1': 1,
      'redis_db_avg_ttl_seconds db0': 20,
      'redis_db_avg_ttl_seconds db1': 40,
    });
    expect(await show(targets, { table: 'keyspace' }, query)).toEqual([
      'a | all | 40 | 4 | 25 | 3 | 1 | 0.75 | 0 | 2',
      'a | db0 | 30 | 3 | 20 | - | - | - | - | -',
      'a | db1 | 10 | 1 | 40 | - | - | - | - | -',
      'b | all | 40 | 4 | 25 | - | - | - | - | 4',
      'b | db0 | 30 | 3 | 20 | - | - | - | - | -',
      'b | db1 | 10 | 1 | 40 | - | - | - | - | -',
    ]);
  });

  it('of a target that is down or was not polled yet is not known', async () => {
    const down = makeTarget('down');
    const failure = { code: 'refused', message: '10.0.0.1:6379: nobody there' } as const;
    const targets = new FakeTargets()
      .add(down, 0, { state: 'down', latest: makeResult(down, 0, { failure }) })
      .add(makeTarget('new'), 0, { state: 'waiting' });
    expect(await show(targets, { table: 'keyspace' })).toEqual([
      'warning: down: 10.0.0.1:6379: nobody there.',
      'warning: new: it has not been polled yet.',
    ]);
  });
});
