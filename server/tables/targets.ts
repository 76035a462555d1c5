import { formatAddress } from '../model/target';
import type { TargetStatus } from '../poll/interfaces';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { windowValues, type WindowField, type WindowValues } from './window-values';

/** Of several replicas, the one that is furthest behind. */
const WORST = { op: 'max', by: ['instance'] } as const;

const WINDOW_FIELDS: readonly WindowField[] = [
  { section: 'Memory', field: 'used_memory' },
  { section: 'Memory', field: 'maxmemory' },
  { section: 'Derived', field: 'hit_ratio' },
  { section: 'Derived', field: 'ops_per_second' },
  { section: 'Clients', field: 'connected_clients' },
  { section: 'Replication', field: 'connected_slave_lag_bytes', aggregate: WORST },
  { section: 'Replication', field: 'lag', aggregate: WORST },
  { section: 'Persistence', field: 'rdb_last_save_time' },
  { section: 'SLOWLOG GET', field: 'slowlog_last_id', function: 'increase' },
];

/** The targets and how they are: what is known without asking, and what the history says of the window. */
export async function targets(context: TableContext): Promise<Draft> {
  const { chosen, nowMs } = context;
  const instances = chosen.map(({ target }) => ({ instance: target.name }));
  const values = await windowValues(context, WINDOW_FIELDS, instances);
  return draft('targets', [...identity(nowMs), ...load(values), ...POLLS, ...labels(chosen)], chosen);
}

/** Those of the configuration; last, as there may be many. */
function labels(chosen: readonly TargetStatus[]): readonly ColumnOf<TargetStatus>[] {
  const names = [...new Set(chosen.flatMap(({ target }) => Object.keys(target.labels)))];
  return names.map((name) => ({
    name: `label_${name}`,
    title: name,
    type: 'string',
    value: ({ target }) => target.labels[name],
  }));
}

function identity(nowMs: number): readonly ColumnOf<TargetStatus>[] {
  // prettier-ignore
  return [
    { name: 'instance', title: 'Instance', type: 'string', value: ({ target }) => target.name },
    { name: 'address', title: 'Address', type: 'string', value: ({ target }) => formatAddress(target.address) },
    { name: 'state', title: 'State', type: 'string', value: ({ state }) => state },
    { name: 'role', title: 'Role', type: 'string', value: ({ latest }) => latest?.facts?.role },
    { name: 'version', title: 'Version', type: 'string', value: ({ latest }) => latest?.facts?.version.join('.') },
    { name: 'flavour', title: 'Flavour', type: 'string', value: ({ latest }) => latest?.facts?.flavour },
    { name: 'mode', title: 'Mode', type: 'string', value: ({ latest }) => latest?.facts?.mode },
    { name: 'uptime', title: 'Uptime', type: 'number', unit: 'seconds', value: (status) => uptime(status, nowMs) },
  ];
}

/** Levels are as of the end of the window, rates and counts over all of it. */
function load(window: WindowValues): readonly ColumnOf<TargetStatus>[] {
  const value = (field: string) => (status: TargetStatus) => window(field, status.target.name);
  // prettier-ignore
  return [
    { name: 'memory_used', title: 'Memory used', type: 'number', unit: 'bytes', value: value('used_memory') },
    { name: 'memory_used_ratio', title: 'Of maxmemory', type: 'number', unit: 'ratio', value: (status) => share(value('used_memory')(status), value('maxmemory')(status)) },
    { name: 'hit_ratio', title: 'Hit ratio', type: 'number', unit: 'ratio', value: value('hit_ratio') },
    { name: 'commands_per_second', title: 'Commands', type: 'number', unit: 'per_second', value: value('ops_per_second') },
    { name: 'clients', title: 'Clients', type: 'number', value: value('connected_clients') },
    { name: 'lag_bytes', title: 'Lag in bytes', type: 'number', unit: 'bytes', value: value('connected_slave_lag_bytes') },
    { name: 'lag_seconds', title: 'Lag', type: 'number', unit: 'seconds', value: value('lag') },
    { name: 'last_save', title: 'Last save', type: 'time', value: (status) => toMilliseconds(value('rdb_last_save_time')(status)) },
    { name: 'slow_commands', title: 'Slow commands', type: 'number', value: value('slowlog_last_id') },
  ];
}

// prettier-ignore
const POLLS: readonly ColumnOf<TargetStatus>[] = [
  { name: 'last_poll', title: 'Last poll', type: 'time', value: ({ latest }) => latest?.startedAtMs },
  { name: 'poll_duration', title: 'Poll duration', type: 'number', unit: 'milliseconds', value: ({ latest }) => latest && Math.round(latest.durationMs * 1000) / 1000 },
  { name: 'last_error', title: 'Last error', type: 'string', value: ({ recentFailures: [last] }) => last?.failure?.message },
  { name: 'last_error_time', title: 'Time of last error', type: 'time', value: ({ recentFailures: [last] }) => last?.startedAtMs },
  { name: 'collectors_off', title: 'Collectors off', type: 'string', value: collectorsOff },
];

/** Seconds; of a target that is down nobody knows. */
function uptime({ state, latest }: TargetStatus, nowMs: number): number | undefined {
  const started = latest?.facts?.startTimeSeconds;
  return state !== 'up' || started === undefined ? undefined : Math.max(0, Math.floor(nowMs / 1000) - started);
}

/** A limit of 0 is none; ten digits, as quotients of the history have. */
function share(used: number | undefined, most = 0): number | undefined {
  return used === undefined || most === 0 ? undefined : Number((used / most).toPrecision(10));
}

function toMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Switched off, or refused by the server, with the reason. */
function collectorsOff({ target, latest }: TargetStatus): string {
  const refused = (latest?.collectorFailures ?? []).filter(({ off }) => off);
  return [
    ...[...target.disabledCollectors].map((name) => `${name}: switched off`),
    ...refused.map(({ collector, message }) => `${collector}: ${message}`),
  ].join('; ');
}
