import { metric, promql, total } from '../metrics';
import type { DashboardDefinition, PanelDefinition, PromqlTarget, Transformation } from '../model';
import { ROWS_OF_ALL_QUERIES } from '../merged-rows';
import { HIT_RATIO_OF_RANGE } from '../range-promql';
import { ALL_UP, UP_DOWN } from '../states';

/** Expressions of the table, and the columns that they become. */
const COLUMNS: readonly (readonly [title: string, expression: string])[] = [
  ['State', 'redis_up{$S}'],
  ['Memory used', 'redis_memory_used_bytes{$S}'],
  ['Of maxmemory', 'redis_memory_used_bytes{$S} / (redis_memory_max_bytes{$S} > 0)'],
  ['Hit ratio', HIT_RATIO_OF_RANGE],
  ['Commands', 'rate(redis_commands_processed_total{$S}[$__range])'],
  ['Clients', 'redis_connected_clients{$S}'],
  ['Lag in bytes', 'redis_connected_slave_lag_bytes{$S}'],
  ['Lag', 'redis_connected_slave_lag_seconds{$S}'],
  ['Last save', 'redis_rdb_last_save_timestamp_seconds{$S} * 1000'],
  ['Slow commands', 'increase(redis_slowlog_last_id{$S}[$__range])'],
];

const PROMETHEUS_TABLE: readonly PromqlTarget[] = [
  // A sentinel has no role.
  promql(
    'max by (instance, role, redis_version) (label_replace(redis_instance_info{$S}, "role", "sentinel", "redis_mode", "sentinel"))',
    '',
    { asTable: true }
  ),
  // Other labels would make rows of their own.
  ...COLUMNS.map(([, expression]) => promql(`max by (instance) (${expression})`, '', { asTable: true })),
];

/** Grafana calls the column of a query after it. */
const valueOf = (at: number): string => `Value #${String.fromCharCode(65 + at)}`;
const NAMES: readonly (readonly [name: string, title: string])[] = [
  ['instance', 'Instance'],
  ...COLUMNS.slice(0, 1).map(([title]) => [valueOf(1), title] as const),
  ['role', 'Role'],
  ['redis_version', 'Version'],
  ...COLUMNS.slice(1).map(([title], at) => [valueOf(at + 2), title] as const),
];

/** What is down comes first: `down` stands before `up`, and 0 before 1. */
const PROBLEMS_FIRST: Transformation = {
  id: 'sortBy',
  options: { fields: {}, sort: [{ field: 'State', desc: false }] },
};

const FLEET_TABLE: PanelDefinition = {
  look: 'table',
  title: 'Instances',
  description:
    'How is each instance, and which one needs a look? What is down stands first; a click on a name leads to its details. Hit ratio, commands per second and slow commands are of the time range, the rest is as of its end; the lag is that of the replica furthest behind, and an instance that has never saved shows its start as the last save.',
  targets: [{ ask: 'table', table: 'targets' }],
  prometheus: PROMETHEUS_TABLE,
  transformations: [
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(
          ['Address', 'Flavour', 'Mode', 'Last poll', 'Poll duration', 'Time of last error', 'Collectors off'].map(
            (title) => [title, true]
          )
        ),
        indexByName: {},
        renameByName: {},
      },
    },
    PROBLEMS_FIRST,
  ],
  prometheusTransformations: [
    ...ROWS_OF_ALL_QUERIES,
    {
      id: 'organize',
      options: {
        excludeByName: { [valueOf(0)]: true },
        indexByName: Object.fromEntries(NAMES.map(([name], at) => [name, at])),
        renameByName: Object.fromEntries(NAMES),
      },
    },
    PROBLEMS_FIRST,
  ],
  overrides: [
    {
      of: 'Instance',
      width: 130,
      leadsTo: ['memory', 'clients', 'hits', 'replication', 'commands', 'persistence', 'cluster', 'sentinel'],
    },
    {
      of: 'State',
      cell: 'coloured-text',
      // Words of the collector, and values of redis_up.
      values: [['up', 'up', 'green'], ['down', 'down', 'red'], ['waiting', 'waiting', 'orange'], ...UP_DOWN],
      width: 80,
    },
    {
      of: 'Role',
      cell: 'coloured-text',
      values: [
        ['master', 'master', 'blue'],
        ['slave', 'replica', 'purple'],
        ['sentinel', 'sentinel', 'text'],
      ],
      width: 90,
    },
    { of: 'Version', width: 90 },
    { of: 'Uptime', unit: 's', width: 90 },
    { of: 'Memory used', unit: 'bytes', width: 110 },
    // No colour of alarm: a cache that evicts is meant to be full.
    { of: 'Of maxmemory', unit: 'percentunit', decimals: 0, cell: 'gauge', colour: 'blue', min: 0, max: 1, width: 130 },
    { of: 'Hit ratio', unit: 'percentunit', decimals: 1, cell: 'gauge', colour: 'blue', min: 0, max: 1, width: 130 },
    { of: 'Commands', unit: 'cps', width: 105 },
    { of: 'Clients', width: 80 },
    { of: 'Lag in bytes', unit: 'bytes', width: 105 },
    {
      of: 'Lag',
      unit: 's',
      width: 70,
      cell: 'coloured-text',
      thresholds: [
        [null, 'text'],
        [5, 'orange'],
        [30, 'red'],
      ],
    },
    { of: 'Last save', unit: 'dateTimeFromNow', width: 130 },
    { of: 'Slow commands', unit: 'locale', decimals: 0 },
  ],
  width: 24,
  height: 11,
};

export const fleet: DashboardDefinition = {
  name: 'fleet',
  title: 'fleet overview',
  description:
    'Every instance at a glance: what is down or in trouble, how loaded each one is, and where to look next.',
  from: 'now-1h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Up',
          description: 'Do all chosen instances answer? Otherwise the share of those that do.',
          targets: [metric('redis_up', 'up', { function: 'last', aggregate: { op: 'avg' } })],
          unit: 'percentunit',
          decimals: 0,
          min: 0,
          max: 1,
          values: [[1, 'all', 'green']],
          thresholds: ALL_UP,
          width: 4,
          height: 5,
        },
        {
          look: 'value',
          title: 'Links',
          description: 'Is there a replica without its master? It serves old data meanwhile.',
          targets: [metric('redis_master_link_up', 'links', { function: 'last', aggregate: { op: 'avg' } })],
          unit: 'percentunit',
          decimals: 0,
          min: 0,
          max: 1,
          values: [[1, 'all up', 'green']],
          thresholds: ALL_UP,
          noValue: 'No replica',
          width: 4,
          height: 5,
        },
        {
          look: 'value',
          title: 'Lag',
          description:
            'How far behind is the slowest replica of all? A replica confirms every second, so that up to 2 s is normal.',
          // Not the last lag of a replica that has left.
          targets: [metric('replication_lag_seconds', 'lag', { aggregate: { op: 'max' }, instant: true })],
          thresholds: [
            [null, 'green'],
            [5, 'orange'],
            [30, 'red'],
          ],
          noValue: 'No master with replicas',
          width: 4,
          height: 5,
        },
        {
          look: 'value',
          title: 'Saves',
          description:
            'Did the last save of every instance succeed, and can every append-only file be written? If not, a server may refuse writes.',
          targets: [
            metric('redis_rdb_last_bgsave_status', 'RDB', { function: 'last', aggregate: { op: 'min' } }),
            metric('redis_aof_last_write_status', 'AOF', { function: 'last', aggregate: { op: 'min' } }),
          ],
          values: [
            [1, 'ok', 'green'],
            [0, 'failed', 'red'],
          ],
          thresholds: ALL_UP,
          width: 4,
          height: 5,
        },
        {
          look: 'value',
          title: 'Busiest',
          description:
            'Is an instance at the end of its strength? One thread executes all commands: near 100 % of a core the instance can do no more (Redis 6.2 and later).',
          targets: [metric('cpu_cores_used_main_thread', 'main thread', { aggregate: { op: 'max' } })],
          min: 0,
          max: 1,
          thresholds: [
            [null, 'green'],
            [0.7, 'orange'],
            [0.9, 'red'],
          ],
          noValue: 'Redis 6.2 and later tell it',
          width: 4,
          height: 5,
        },
        {
          look: 'value',
          title: 'Rejected',
          description: 'Are clients turned away, because an instance has as many as maxclients allows?',
          targets: [total('rejected_connections_per_second', 'rejected')],
          thresholds: [
            [null, 'green'],
            [0.0001, 'red'],
          ],
          width: 4,
          height: 5,
        },
        FLEET_TABLE,
        {
          look: 'states',
          title: 'Up and down',
          description: 'When did an instance not answer? A gap is time in which Redis Vitals itself did not run.',
          targets: [metric('redis_up', '{{instance}}', { function: 'min' })],
          values: UP_DOWN,
          thresholds: ALL_UP,
          leadsTo: 'memory',
          width: 24,
          height: 7,
        },
        {
          look: 'table',
          title: 'What happened',
          description: 'What changed in this time range: restarts, failovers, lost links, failed saves, new settings?',
          targets: [{ ask: 'events', limit: 200 }],
          sortBy: 'Time',
          overrides: [
            { of: 'Time', width: 180 },
            { of: 'Instance', width: 160, leadsTo: 'fleet' },
            { of: 'Event', width: 160 },
            { of: 'Severity', width: 100 },
            { of: 'Lasted', width: 120 },
          ],
          noValue: 'Nothing happened in this time range',
          width: 24,
          height: 7,
        },
      ],
    },
    {
      title: 'Load',
      panels: [
        {
          look: 'lines',
          title: 'Commands per second',
          description:
            'Which instance has how much to do? A fall to nothing is a client that is gone, or an instance that hangs. A replica counts the commands of its master, too.',
          targets: [metric('ops_per_second', '{{instance}}')],
          leadsTo: 'commands',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Mean latency',
          description:
            'How long does a command take in the server? Waiting in the network or for other commands is not part of it.',
          targets: [metric('latency_mean', '{{instance}}')],
          leadsTo: 'commands',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Main thread',
          description:
            'How busy is the thread that executes the commands? At 100 % of a core the instance can do no more, however many cores there are (Redis 6.2 and later).',
          targets: [metric('cpu_cores_used_main_thread', '{{instance}}')],
          noValue: 'Redis 6.2 and later tell it',
          leadsTo: 'commands',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Memory used',
          description: 'Which instance grows, and which one has lost its data?',
          targets: [metric('redis_memory_used_bytes', '{{instance}}')],
          leadsTo: 'memory',
          width: 12,
        },
      ],
    },
    {
      title: 'The collector',
      collapsed: true,
      panels: [
        {
          look: 'lines',
          title: 'Length of polls',
          description:
            'How long does an instance take to answer Redis Vitals? What slows a poll slows every client: a slow command, a fork, the network.',
          targets: [metric('redis_vitals_poll_duration_seconds', '{{instance}}', { function: 'max' })],
          width: 12,
        },
        {
          look: 'bars',
          title: 'Failed polls',
          description: 'How often did an instance not answer a poll?',
          targets: [metric('redis_vitals_poll_failures_total', '{{instance}}', { function: 'increase' })],
          width: 12,
        },
      ],
    },
  ],
};
