import { answerOf, every10s, queryContext, seriesOfA, targetInfo, T0, valuesOf } from '../testing/query-context';
import { DERIVED_FIELDS } from './derived-fields';
import type { FakeSeries } from '../testing/fake-history';

/** Two samples, 10 s apart, in one bucket. */
function two(name: string, first: number, second: number, ...labels: string[]): FakeSeries {
  return seriesOfA(name, every10s(first, second), labels);
}
/** The same value twice. */
function still(name: string, value: number, ...labels: string[]): FakeSeries {
  return two(name, value, value, ...labels);
}

const LINK = ['10.0.0.1', '6379'];
const replica = (port: string, state = 'online') => ['10.0.0.2', port, state];

/** `[field, samples, value of each series by its labels]`. */
// prettier-ignore
const CASES: readonly [string, readonly FakeSeries[], Record<string, number>][] = [
  ['ops_per_second', [two('commands_processed_total', 0, 50)], { '': 5 }],
  ['network_input', [two('net_input_bytes_total', 0, 50)], { '': 5 }],
  ['network_output', [two('net_output_bytes_total', 0, 50)], { '': 5 }],
  ['connections_per_second', [two('connections_received_total', 0, 5)], { '': 0.5 }],
  ['rejected_connections_per_second', [two('rejected_connections_total', 0, 5)], { '': 0.5 }],
  ['clients_used_ratio', [two('connected_clients', 10, 30), still('max_clients', 100), still('config_maxclients', 50)], { '': 0.2 }],
  ['clients_used_ratio', [still('connected_clients', 10), still('config_maxclients', 50)], { '': 0.2 }],
  ['clients_used_ratio', [still('connected_clients', 10)], {}],
  ['hit_ratio', [two('keyspace_hits_total', 10, 19), two('keyspace_misses_total', 1000, 1001)], { '': 0.9 }],
  ['hit_ratio', [two('keyspace_hits_total', 10, 10), two('keyspace_misses_total', 4, 6)], { '': 0 }],
  ['hit_ratio', [still('keyspace_hits_total', 10), still('keyspace_misses_total', 10)], {}],
  ['hit_ratio', [two('keyspace_hits_total', 10, 19)], {}],
  ['evictions_per_second', [two('evicted_keys_total', 0, 5)], { '': 0.5 }],
  ['expirations_per_second', [two('expired_keys_total', 0, 5)], { '': 0.5 }],
  ['total_keys', [two('db_keys', 7, 10, 'db0'), still('db_keys', 5, 'db1')], { '': 15 }],
  ['total_expiring_keys', [still('db_keys_expiring', 1, 'db0'), still('db_keys_expiring', 5, 'db1')], { '': 6 }],
  [
    'expiring_ratio',
    [
      ...[still('db_keys', 10, 'db0'), still('db_keys_expiring', 5, 'db0')],
      ...[still('db_keys', 0, 'db1'), still('db_keys_expiring', 0, 'db1')],
    ],
    { 'db=db0': 0.5 },
  ],
  ['memory_used_ratio', [two('memory_used_bytes', 30, 50), still('memory_max_bytes', 100)], { '': 0.4 }],
  ['memory_used_ratio', [still('memory_used_bytes', 50), still('memory_max_bytes', 0)], {}],
  ['memory_fragmentation_ratio', [still('memory_used_bytes', 50), still('memory_used_rss_bytes', 75)], { '': 1.5 }],
  ['memory_growth', [two('memory_used_bytes', 500, 300)], { '': -20 }],
  ['commands_per_second', [two('commands_total', 0, 10, 'get'), two('commands_total', 0, 20, 'set')], { 'cmd=get': 1, 'cmd=set': 2 }],
  [
    'latency_per_command',
    [
      ...[two('commands_total', 0, 4, 'get'), two('commands_duration_seconds_total', 7, 9, 'get')],
      ...[still('commands_total', 4, 'set'), still('commands_duration_seconds_total', 7, 'set')],
    ],
    { 'cmd=get': 0.5 },
  ],
  [
    'latency_mean',
    [
      ...[two('commands_total', 0, 1, 'get'), two('commands_duration_seconds_total', 7, 9, 'get')],
      ...[two('commands_total', 0, 3, 'set'), two('commands_duration_seconds_total', 7, 9, 'set')],
    ],
    { '': 1 },
  ],
  [
    'error_ratio',
    [
      ...[two('commands_total', 0, 6, 'get'), two('commands_failed_calls_total', 0, 1, 'get'), still('commands_rejected_calls_total', 7, 'get')],
      ...[still('commands_total', 6, 'set'), still('commands_failed_calls_total', 1, 'set'), two('commands_rejected_calls_total', 0, 4, 'set')],
    ],
    { '': 0.5 },
  ],
  ['error_ratio', [two('commands_total', 0, 6, 'get')], {}],
  [
    'error_ratio_per_command',
    [
      ...[two('commands_total', 0, 10, 'get'), two('commands_failed_calls_total', 0, 1, 'get'), still('commands_rejected_calls_total', 0, 'get')],
      ...[still('commands_total', 0, 'set'), still('commands_failed_calls_total', 0, 'set'), two('commands_rejected_calls_total', 0, 4, 'set')],
    ],
    { 'cmd=get': 0.1, 'cmd=set': 1 },
  ],
  ['errors_per_second', [two('errors_total', 0, 5, 'ERR'), two('errors_total', 0, 10, 'WRONGTYPE')], { 'err=ERR': 0.5, 'err=WRONGTYPE': 1 }],
  ['slow_commands_per_second', [two('slowlog_last_id', 5, 10)], { '': 0.5 }],
  [
    'cpu_cores_used',
    [two('cpu_sys_seconds_total', 0, 5), two('cpu_user_seconds_total', 0, 4), two('cpu_user_children_seconds_total', 0, 1)],
    { '': 1 },
  ],
  ['cpu_cores_used', [two('cpu_sys_seconds_total', 0, 5)], {}],
  ['cpu_cores_used_main_thread', [two('cpu_sys_main_thread_seconds_total', 0, 5), two('cpu_user_main_thread_seconds_total', 0, 4)], { '': 0.9 }],
  [
    'replication_lag_bytes',
    [
      two('connected_slave_lag_bytes', 9, 4, ...replica('1')),
      still('connected_slave_lag_bytes', 7, ...replica('1', 'wait_bgsave')),
      still('connected_slave_lag_bytes', 0, ...replica('2')),
    ],
    { 'slave_ip=10.0.0.2,slave_port=1': 9, 'slave_ip=10.0.0.2,slave_port=2': 0 },
  ],
  ['replication_lag_seconds', [two('connected_slave_lag_seconds', 1, 0, ...replica('1'))], { 'slave_ip=10.0.0.2,slave_port=1': 1 }],
  ['link_down_seconds', [still('master_link_up', 1, ...LINK)], { 'master_host=10.0.0.1,master_port=6379': 0 }],
  ['link_down_seconds', [still('master_link_up', 0, ...LINK), still('master_link_down_since_seconds', 8, ...LINK)], { 'master_host=10.0.0.1,master_port=6379': 8 }],
  ['link_down_seconds', [still('master_link_up', 0, ...LINK), still('master_link_down_since_seconds', -1, ...LINK)], {}],
  ['full_syncs', [two('replica_resyncs_full', 3, 5)], { '': 2 }],
  ['seconds_since_last_save', [still('rdb_last_save_timestamp_seconds', 1000), two('server_time_seconds', 1010, 1020)], { '': 20 }],
];

it.each(CASES)('%s', (field, series, expected) => {
  const byLabels = Object.entries(expected).map(([labels, value]) => [`instance=a${labels && `,${labels}`}`, [value]]);
  const answer = answerOf(queryContext(series), { section: 'Derived', fields: [field] });
  const rounded = Object.entries(valuesOf(answer)).map(([labels, [value]]) => [labels, [Number(value?.toFixed(12))]]);
  expect(Object.fromEntries(rounded)).toEqual(Object.fromEntries(byLabels));
});

it('every derived field is tried with values', () => {
  const tried = new Set(CASES.filter(([, , expected]) => Object.keys(expected).length > 0).map(([field]) => field));
  expect(DERIVED_FIELDS.map(({ field }) => field).filter((field) => !tried.has(field))).toEqual([]);
});

it('is calculated from the window, target by target, whatever the counters were before', () => {
  const of = (target: string, hits: number[], misses: number[]): FakeSeries[] => [
    { ...seriesOfA('keyspace_hits_total', every10s(...hits)), target },
    { ...seriesOfA('keyspace_misses_total', every10s(...misses)), target },
  ];
  const series = [...of('a', [9e9, 9e9 + 1, 9e9 + 1, 9e9 + 4], [5, 6, 6, 7]), ...of('b', [0, 4, 1, 2], [8, 8, 0, 0])];
  expect(valuesOf(answerOf(queryContext(series), { fields: ['hit_ratio'] }))).toEqual({
    'instance=a': [0.5, 0.75, null],
    'instance=b': [1, 1, null],
  });
});

it('has the labels of its target, and is filtered by these and its own', () => {
  const series = ['get', 'set'].flatMap((cmd) => [
    two('commands_total', 0, 4, cmd),
    two('commands_duration_seconds_total', 7, 9, cmd),
  ]);
  const context = queryContext(series, { targets: () => [targetInfo('a', { labels: { env: 'prod' } })] });
  const labels = [
    { label: 'cmd', op: '=~', value: 's.*' },
    { label: 'env', op: '=', value: 'prod' },
  ] as const;
  expect(Object.keys(valuesOf(answerOf(context, { fields: ['latency_per_command'], labels })))).toEqual([
    'instance=a,env=prod,cmd=set',
  ]);
});

it('is calculated from the series that label filters leave', () => {
  const series = [
    ...[two('commands_total', 0, 4, 'get'), two('commands_duration_seconds_total', 7, 9, 'get')],
    ...[two('commands_total', 0, 1, 'wait'), two('commands_duration_seconds_total', 7, 99, 'wait')],
  ];
  const labels = [{ label: 'cmd', op: '!=', value: 'wait' }] as const;
  expect(valuesOf(answerOf(queryContext(series), { fields: ['latency_mean'], labels }))).toEqual({
    'instance=a': [0.5, null, null],
  });
});

it('says when a count ends within a bucket', () => {
  const context = queryContext([two('replica_resyncs_full', 3, 5)]);
  const { notices } = answerOf(context, { fields: ['full_syncs'] }, { to: T0 + 45_000 });
  expect(notices.map(({ text }) => text)).toEqual([
    'The last bucket covers 5 of 20 s: full_syncs counts only that long in it.',
  ]);
});
