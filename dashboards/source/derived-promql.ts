/** What an expression is made of: the series of a metric that are chosen, and what they are counted by. */
export interface PromqlParts {
  /** `redis_<name>{...}` */
  readonly of: (name: string) => string;
  /** A function of their samples over the range that suits the graph. */
  readonly over: (call: 'rate' | 'increase' | 'deriv', name: string) => string;
}

type Formula = (parts: PromqlParts) => string;

const rateOf =
  (name: string): Formula =>
  ({ over }) =>
    over('rate', name);
const by = (labels: string, expression: string): string => `sum by (${labels}) (${expression})`;
/** Of nothing there is no share. */
const share = (part: string, whole: string): string => `${part} / (${whole} > 0)`;
const errorShare =
  (labels: string): Formula =>
  ({ over }) => {
    const [calls, failed, rejected] = ['total', 'failed_calls_total', 'rejected_calls_total'].map((end) =>
      by(labels, over('rate', `commands_${end}`))
    );
    return share(`(${failed ?? ''} + ${rejected ?? ''})`, `${calls ?? ''} + ${rejected ?? ''}`);
  };

/** Each derived field of the JSON API as an expression; Prometheus keeps the labels that the field has. */
export const DERIVED_PROMQL: Readonly<Record<string, Formula>> = {
  ops_per_second: rateOf('commands_processed_total'),
  network_input: rateOf('net_input_bytes_total'),
  network_output: rateOf('net_output_bytes_total'),
  connections_per_second: rateOf('connections_received_total'),
  rejected_connections_per_second: rateOf('rejected_connections_total'),
  // Which of the two a server has depends on its version.
  clients_used_ratio: ({ of }) => `${of('connected_clients')} / (${of('max_clients')} or ${of('config_maxclients')})`,

  hit_ratio: ({ over }) => {
    const [hits, misses] = [over('rate', 'keyspace_hits_total'), over('rate', 'keyspace_misses_total')];
    return share(hits, `${hits} + ${misses}`);
  },
  evictions_per_second: rateOf('evicted_keys_total'),
  expirations_per_second: rateOf('expired_keys_total'),
  total_keys: ({ of }) => by('instance', of('db_keys')),
  total_expiring_keys: ({ of }) => by('instance', of('db_keys_expiring')),
  expiring_ratio: ({ of }) => share(of('db_keys_expiring'), of('db_keys')),

  // A limit of 0 is none.
  memory_used_ratio: ({ of }) => share(of('memory_used_bytes'), of('memory_max_bytes')),
  memory_fragmentation_ratio: ({ of }) => `${of('memory_used_rss_bytes')} / ${of('memory_used_bytes')}`,
  memory_growth: ({ over }) => over('deriv', 'memory_used_bytes'),

  commands_per_second: rateOf('commands_total'),
  latency_per_command: ({ over }) =>
    share(over('rate', 'commands_duration_seconds_total'), over('rate', 'commands_total')),
  latency_mean: ({ over }) =>
    share(
      by('instance', over('rate', 'commands_duration_seconds_total')),
      by('instance', over('rate', 'commands_total'))
    ),
  error_ratio: errorShare('instance'),
  error_ratio_per_command: errorShare('instance, cmd'),
  errors_per_second: rateOf('errors_total'),
  slow_commands_per_second: rateOf('slowlog_last_id'),

  // Children are not told of by every server.
  cpu_cores_used: ({ over }) => {
    const all = ['sys', 'user', 'sys_children', 'user_children'].map((part) =>
      over('rate', `cpu_${part}_seconds_total`)
    );
    return by('instance', all.map((one, index) => `label_replace(${one}, "part", "${index}", "", "")`).join(' or '));
  },
  cpu_cores_used_main_thread: ({ over }) =>
    `${over('rate', 'cpu_sys_main_thread_seconds_total')} + ${over('rate', 'cpu_user_main_thread_seconds_total')}`,

  replication_lag_bytes: ({ of }) => by('instance, slave_ip, slave_port', of('connected_slave_lag_bytes')),
  replication_lag_seconds: ({ of }) => by('instance, slave_ip, slave_port', of('connected_slave_lag_seconds')),
  link_down_seconds: ({ of }) => `${of('master_link_down_since_seconds')} or ${of('master_link_up')} * 0`,
  full_syncs: ({ over }) => over('increase', 'replica_resyncs_full'),

  seconds_since_last_save: ({ of }) => `time() - ${of('rdb_last_save_timestamp_seconds')}`,
};
