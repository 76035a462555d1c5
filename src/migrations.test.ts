import { migrateQuery } from './migrations';
import { QUERY_VERSION, type VitalsQuery } from './types';

const datasource = { type: 'redisvitals-redis-datasource', uid: 'vitals' };
const common = { refId: 'B', version: QUERY_VERSION, hide: true, datasource };
const targets = {
  names: ['cache-1', '$instance'],
  labels: [{ label: 'env', op: '=~' as const, value: 'prod|$env' }],
  roles: ['master'],
};

const SAVED: readonly VitalsQuery[] = [
  {
    ...common,
    queryType: 'metrics',
    targets,
    section: 'Stats',
    fields: ['total_commands_processed'],
    labels: [{ label: 'cmd', op: '!=', value: 'info' }],
    function: 'rate',
    aggregate: { op: 'quantile', by: ['instance'], quantile: 0.99 },
    topK: 5,
    legend: '{{instance}}',
    instant: false,
    live: true,
    timeShift: '1d',
  },
  { ...common, queryType: 'table', targets, table: 'clients', sections: ['Memory'], groupBy: 'address', limit: 10 },
  { ...common, queryType: 'logs', targets, source: 'events', limit: 10 },
  { ...common, queryType: 'events', targets, kinds: ['restart'], severities: ['critical'], limit: 10 },
  { ...common, queryType: 'topology', targets },
];

describe('migrateQuery', () => {
  it.each(SAVED.map((query) => [query.queryType, query] as const))('gives a saved query back: %s', (_, query) => {
    expect(migrateQuery(query)).toBe(query);
    expect(migrateQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
  });

  const empty = { refId: 'A', version: QUERY_VERSION, queryType: 'metrics', fields: [] };

  it.each([undefined, null, 17, 'query', [], {}, [{}]])('makes a query of what is none: %j', (saved) => {
    expect(migrateQuery(saved)).toEqual(empty);
  });

  it.each([
    ['without version and type', { fields: ['a'] }, { ...empty, fields: ['a'] }],
    ['one field', { field: 'a' }, { ...empty, fields: ['a'] }],
    ['a table', { table: 'config' }, { table: 'config', queryType: 'table' }],
    ['a table there is not', { table: 'meteors' }, { table: 'info', queryType: 'table' }],
    ['logs', { source: 'slowlog' }, { source: 'slowlog', queryType: 'logs' }],
    ['events', { kinds: ['restart'] }, { kinds: ['restart'], queryType: 'events' }],
    ['an unknown type', { queryType: 'command', fields: ['a'] }, { ...empty, fields: ['a'] }],
    ["a name of Object's", { queryType: 'constructor' }, empty],
    ['names of targets', { targets: ['a'] }, { ...empty, targets: { names: ['a'] } }],
    ['the name of a target', { targets: 'a' }, { ...empty, targets: { names: ['a'] } }],
    ['numbers as texts', { topK: '5' }, { ...empty, topK: 5 }],
  ])('understands %s', (_, saved, query) => {
    expect(migrateQuery(saved)).toEqual({ refId: 'A', version: QUERY_VERSION, ...query });
  });

  it('keeps what it knows nothing of', () => {
    const saved = { refId: 'C', key: 'Q-1', hide: false, datasource: null, intervalMs: 1000, queryType: 'topology' };
    expect(migrateQuery(saved)).toEqual({ ...saved, version: QUERY_VERSION });
  });

  it('leaves out what it cannot understand', () => {
    expect(
      migrateQuery({
        refId: 7,
        hide: 'yes',
        section: 1,
        fields: ['a', 2, null],
        labels: [{ label: 'a', op: '==', value: 'b' }, 'c', { label: 'd', op: '=', value: 'e', also: 1 }],
        function: 'median',
        aggregate: { by: ['a'] },
        topK: 0,
        legend: {},
        instant: 1,
        live: null,
        timeShift: 60,
        targets: { names: [1, 'a'], labels: {}, roles: 'master', colour: 'red' },
      })
    ).toEqual({ ...empty, fields: ['a'], labels: [{ label: 'd', op: '=', value: 'e' }], targets: { names: ['a'] } });
    expect(migrateQuery({ queryType: 'events', kinds: ['meteor', 'restart'], severities: 'all', limit: 1.5 })).toEqual({
      refId: 'A',
      version: QUERY_VERSION,
      queryType: 'events',
      kinds: ['restart'],
    });
    expect(migrateQuery({ aggregate: { op: 'quantile', quantile: 99 } })).toEqual({
      ...empty,
      aggregate: { op: 'quantile' },
    });
  });
});
