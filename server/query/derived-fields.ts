import type { AggregateOperator, QueryFunction, ValueUnit } from '../api/contract';

/** What a derived field reads: the samples of a family, made into one value for each bucket. */
export interface DerivedInput {
  readonly family: string;
  readonly function: QueryFunction | 'slope';
  /** How series become one that differ in labels which the field does not have. */
  readonly across: AggregateOperator;
}

/** A field that is calculated from others, bucket by bucket. */
export interface DerivedField {
  readonly field: string;
  readonly title: string;
  readonly unit: ValueUnit;
  readonly help: string;
  /** The calculation in INFO's words; Δ is the increase within the bucket. */
  readonly formula: string;
  /** Labels its series have besides those of the target; each of its inputs has them, too. */
  readonly labels: readonly string[];
  /** The first one is what it cannot do without: targets that have that have the field. */
  readonly inputs: readonly [DerivedInput, ...DerivedInput[]];
  /** Of the values of the inputs, NaN where there is none; NaN is no value. */
  readonly compute: (...values: number[]) => number;
  /** Counts over the length of the bucket: half a bucket has half of it. */
  readonly growsWithLength: boolean;
}

type Inputs = DerivedField['inputs'];
type Optional = Partial<Pick<DerivedField, 'labels' | 'growsWithLength'>>;

function row(
  field: string,
  title: string,
  unit: ValueUnit,
  help: string,
  formula: string,
  inputs: Inputs,
  compute: (...values: number[]) => number,
  { labels = [], growsWithLength = false }: Optional = {}
): DerivedField {
  return { field, title, unit, help, formula, labels, inputs, compute, growsWithLength };
}

function input(fn: DerivedInput['function'], family: string, across: AggregateOperator = 'sum'): DerivedInput {
  return { family: `redis_${family}`, function: fn, across };
}

const rate = (family: string): Inputs => [input('rate', family)];
const same = (value: number): number => value;
const sum = (...values: number[]): number => values.reduce((a, b) => a + b);
/** A share of a whole; of nothing there is none. */
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : NaN);
const or = (value: number, other: number): number => (Number.isNaN(value) ? other : value);

const BY_COMMAND: Optional = { labels: ['cmd'] };
const BY_ERROR: Optional = { labels: ['err'] };
const BY_DATABASE: Optional = { labels: ['db'] };
const BY_REPLICA: Optional = { labels: ['slave_ip', 'slave_port'] };
const BY_MASTER: Optional = { labels: ['master_host', 'master_port'] };

const TIME_AND_CALLS: Inputs = [
  input('increase', 'commands_duration_seconds_total'),
  input('increase', 'commands_total'),
];
const CALLS_AND_ERRORS: Inputs = [
  input('increase', 'commands_total'),
  input('increase', 'commands_failed_calls_total'),
  input('increase', 'commands_rejected_calls_total'),
];
/** Before Redis 6.2 neither was counted: then the share is not known. Rejected calls are not among the calls. */
const errorShare = (calls: number, failed: number, rejected: number): number =>
  share(failed + rejected, calls + rejected);

// prettier-ignore
const TRAFFIC: readonly DerivedField[] = [
  row('ops_per_second', 'Commands per second', 'per_second',
    'Commands processed.',
    'Δtotal_commands_processed / s', rate('commands_processed_total'), same),
  row('network_input', 'Network input', 'bytes_per_second',
    'Bytes read from the network, those of replication included.',
    'Δtotal_net_input_bytes / s', rate('net_input_bytes_total'), same),
  row('network_output', 'Network output', 'bytes_per_second',
    'Bytes written to the network, those of replication included.',
    'Δtotal_net_output_bytes / s', rate('net_output_bytes_total'), same),
  row('connections_per_second', 'New connections', 'per_second',
    'Connections accepted.',
    'Δtotal_connections_received / s', rate('connections_received_total'), same),
  row('rejected_connections_per_second', 'Rejected connections', 'per_second',
    'Connections rejected because maxclients was reached.',
    'Δrejected_connections / s', rate('rejected_connections_total'), same),
  row('clients_used_ratio', 'Clients of maxclients', 'ratio',
    'Connected clients as a share of those the server accepts at most.',
    'connected_clients / maxclients',
    [input('avg', 'connected_clients'), input('last', 'max_clients'), input('last', 'config_maxclients')],
    (clients, most, configured) => share(clients, or(most, configured))),
];

// prettier-ignore
const KEYS: readonly DerivedField[] = [
  row('hit_ratio', 'Hit ratio', 'ratio',
    'Share of look-ups of keys that found the key; none while nobody looks.',
    'Δkeyspace_hits / (Δkeyspace_hits + Δkeyspace_misses)',
    [input('increase', 'keyspace_hits_total'), input('increase', 'keyspace_misses_total')],
    (hits, misses) => share(hits, hits + misses)),
  row('evictions_per_second', 'Evictions', 'per_second',
    'Keys evicted because maxmemory was reached.',
    'Δevicted_keys / s', rate('evicted_keys_total'), same),
  row('expirations_per_second', 'Expirations', 'per_second',
    'Keys removed because their time to live had passed.',
    'Δexpired_keys / s', rate('expired_keys_total'), same),
  row('total_keys', 'Keys', 'none',
    'Keys of all databases.',
    'sum of keys over all databases', [input('last', 'db_keys')], same),
  row('total_expiring_keys', 'Keys with a time to live', 'none',
    'Keys of all databases that have a time to live.',
    'sum of expires over all databases', [input('last', 'db_keys_expiring')], same),
  row('expiring_ratio', 'Share of keys with a time to live', 'ratio',
    'Keys of a database that have a time to live as a share of its keys; none while it is empty.',
    'expires / keys, by database', [input('last', 'db_keys_expiring'), input('last', 'db_keys')], share, BY_DATABASE),
];

// prettier-ignore
const MEMORY: readonly DerivedField[] = [
  row('memory_used_ratio', 'Memory used of maxmemory', 'ratio',
    'Allocated memory as a share of the limit; none without a limit.',
    'used_memory / maxmemory', [input('avg', 'memory_used_bytes'), input('last', 'memory_max_bytes')], share),
  row('memory_fragmentation_ratio', 'Memory fragmentation', 'ratio',
    'Physical by allocated memory; below 1 part of the process is swapped out.',
    'used_memory_rss / used_memory', [input('avg', 'memory_used_rss_bytes'), input('avg', 'memory_used_bytes')], share),
  row('memory_growth', 'Memory growth', 'bytes_per_second',
    'How fast allocated memory grows; negative while it shrinks.',
    'change of used_memory / s', [input('slope', 'memory_used_bytes')], same),
];

// prettier-ignore
const COMMANDS: readonly DerivedField[] = [
  row('commands_per_second', 'Calls per second', 'per_second',
    'Calls of each command.',
    'Δcalls / s, by command', rate('commands_total'), same, BY_COMMAND),
  row('latency_per_command', 'Mean latency by command', 'seconds',
    'Mean time the command took to execute; none while nobody calls it.',
    'Δusec / Δcalls, by command', TIME_AND_CALLS, share, BY_COMMAND),
  row('latency_mean', 'Mean latency', 'seconds',
    'Mean time a command took to execute, over all commands.',
    'Δusec / Δcalls, over all commands', TIME_AND_CALLS, share),
  row('error_ratio', 'Error ratio', 'ratio',
    'Share of all calls that failed or were rejected (Redis 6.2+).',
    '(Δfailed_calls + Δrejected_calls) / (Δcalls + Δrejected_calls)', CALLS_AND_ERRORS, errorShare),
  row('error_ratio_per_command', 'Error ratio by command', 'ratio',
    'Share of the calls of the command that failed or were rejected (Redis 6.2+).',
    '(Δfailed_calls + Δrejected_calls) / (Δcalls + Δrejected_calls), by command',
    CALLS_AND_ERRORS, errorShare, BY_COMMAND),
  row('errors_per_second', 'Error replies', 'per_second',
    'Error replies by the first word of the error (Redis 6.2+).',
    'Δerrorstat count / s, by error', rate('errors_total'), same, BY_ERROR),
  row('slow_commands_per_second', 'Slow commands', 'per_second',
    'Commands that came into the slow log.',
    'Δid of the newest entry of SLOWLOG GET / s', rate('slowlog_last_id'), same),
];

// prettier-ignore
const CPU: readonly DerivedField[] = [
  row('cpu_cores_used', 'CPU cores used', 'seconds_per_second',
    'CPU time per second of the server and its children; 1 is a whole core.',
    'Δ(used_cpu_sys + used_cpu_user + used_cpu_sys_children + used_cpu_user_children) / s',
    [input('rate', 'cpu_sys_seconds_total'), input('rate', 'cpu_user_seconds_total'),
      input('rate', 'cpu_sys_children_seconds_total'), input('rate', 'cpu_user_children_seconds_total')],
    (sys, user, sysChildren, userChildren) => sys + user + or(sysChildren, 0) + or(userChildren, 0)),
  row('cpu_cores_used_main_thread', 'CPU cores used by the main thread', 'seconds_per_second',
    'CPU time per second of the thread that executes the commands: at 1 it can do no more (Redis 6.2+).',
    'Δ(used_cpu_sys_main_thread + used_cpu_user_main_thread) / s',
    [input('rate', 'cpu_sys_main_thread_seconds_total'), input('rate', 'cpu_user_main_thread_seconds_total')], sum),
];

// prettier-ignore
const REPLICATION: readonly DerivedField[] = [
  row('replication_lag_bytes', 'Replication lag in bytes', 'bytes',
    'Most bytes of the replication stream the replica had not confirmed, as its master sees it.',
    'master_repl_offset - offset, by replica', [input('max', 'connected_slave_lag_bytes', 'max')], same, BY_REPLICA),
  row('replication_lag_seconds', 'Replication lag in seconds', 'seconds',
    'Longest time since the replica had last confirmed its position, as its master sees it.',
    'lag, by replica', [input('max', 'connected_slave_lag_seconds', 'max')], same, BY_REPLICA),
  row('link_down_seconds', 'Link to the master down', 'seconds',
    'How long a replica has been without its master; 0 while the link is up, none when it was never up.',
    'master_link_down_since_seconds, 0 while master_link_status is up',
    [input('last', 'master_link_up'), input('last', 'master_link_down_since_seconds')],
    (up, since) => (up === 1 ? 0 : since >= 0 ? since : NaN), BY_MASTER),
  row('full_syncs', 'Full synchronisations', 'none',
    'Full synchronisations of replicas in each bucket.',
    'Δsync_full', [input('increase', 'replica_resyncs_full')], same, { growsWithLength: true }),
];

// prettier-ignore
const PERSISTENCE: readonly DerivedField[] = [
  row('seconds_since_last_save', 'Time since the last RDB save', 'seconds',
    'Time since the last RDB save succeeded, by the clock of the server (Redis 6.2+).',
    'server_time - rdb_last_save_time',
    [input('last', 'rdb_last_save_timestamp_seconds'), input('last', 'server_time_seconds')],
    (saved, now) => now - saved),
];

/** All of them, in the order of the catalogue. */
export const DERIVED_FIELDS: readonly DerivedField[] = [
  ...TRAFFIC,
  ...KEYS,
  ...MEMORY,
  ...COMMANDS,
  ...CPU,
  ...REPLICATION,
  ...PERSISTENCE,
];
