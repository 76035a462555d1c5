import type { AggregateOperator, MetricQuery, QueryFunction } from '../api/contract.ts';

/** A chart: one question, one line for each instance, or on the page of a target one for each field. */
export interface ChartRow {
  /** Names its query, too. */
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly fields: readonly string[];
  /** Absent: the field's own. */
  readonly function?: QueryFunction;
  /** What stands beside the title: the latest values of all lines made into one... */
  readonly total: Exclude<AggregateOperator, 'quantile'>;
  /** ...and what that is called where there are several. */
  readonly totalWord: string;
  /** Which lines are shown where there are too many. */
  readonly shown: 'highest' | 'lowest';
  /** The axis goes at least up to this, in the unit of the field. */
  readonly leastTop: number;
  /** What to say where there is no value. */
  readonly empty: string;
}

const NOTHING_YET = 'No values in this time.';

/** What people ask first. */
const OPERATIONS: ChartRow = {
  id: 'operations',
  title: 'Commands',
  section: 'Derived',
  fields: ['ops_per_second'],
  total: 'sum',
  totalWord: 'together',
  shown: 'highest',
  leastTop: 1,
  empty: NOTHING_YET,
};
const MEMORY: ChartRow = {
  id: 'memory',
  title: 'Memory',
  section: 'Memory',
  fields: ['used_memory'],
  total: 'sum',
  totalWord: 'together',
  shown: 'highest',
  leastTop: 1024,
  empty: NOTHING_YET,
};
const CLIENTS: ChartRow = {
  id: 'clients',
  title: 'Clients',
  section: 'Clients',
  fields: ['connected_clients'],
  function: 'max', // a mean of clients is no number of clients
  total: 'sum',
  totalWord: 'together',
  shown: 'highest',
  leastTop: 4,
  empty: NOTHING_YET,
};
const HITS: ChartRow = {
  id: 'hits',
  title: 'Hit ratio',
  section: 'Derived',
  fields: ['hit_ratio'],
  total: 'min',
  totalWord: 'lowest',
  shown: 'lowest',
  leastTop: 1,
  empty: 'Nobody looked up a key in this time.',
};
const LAG: ChartRow = {
  id: 'lag',
  title: 'Replication lag',
  section: 'Derived',
  fields: ['replication_lag_bytes'],
  total: 'max',
  totalWord: 'highest',
  shown: 'highest',
  leastTop: 1024,
  empty: 'No replicas in this time.',
};
const SLOW: ChartRow = {
  id: 'slow',
  title: 'Slow commands',
  section: 'Derived',
  fields: ['slow_commands_per_second'],
  total: 'sum',
  totalWord: 'together',
  shown: 'highest',
  leastTop: 0.2,
  empty: 'No slow log in this time.',
};

/** Of `/`. */
export const OVERVIEW: readonly ChartRow[] = [OPERATIONS, MEMORY, CLIENTS, HITS, LAG, SLOW];

/** Of `/targets/NAME`: the same questions, and what a look at one server adds. */
export const ONE_TARGET: readonly ChartRow[] = [
  OPERATIONS,
  { ...MEMORY, fields: ['used_memory', 'used_memory_rss'] },
  { ...CLIENTS, fields: ['connected_clients', 'blocked_clients'] },
  HITS,
  LAG,
  SLOW,
  {
    ...OPERATIONS,
    id: 'latency',
    title: 'Mean latency',
    fields: ['latency_mean'],
    leastTop: 0.00001,
    empty: 'No commands in this time.',
  },
  { ...OPERATIONS, id: 'cpu', title: 'CPU cores used', fields: ['cpu_cores_used'], leastTop: 0.01 },
  { ...OPERATIONS, id: 'network', title: 'Network', fields: ['network_input', 'network_output'], leastTop: 1024 },
];

/** `names`: absent: all targets. */
export function queryOf({ id, section, fields, ...row }: ChartRow, names?: readonly string[]): MetricQuery {
  return {
    refId: id,
    section,
    fields,
    ...(row.function !== undefined && { function: row.function }),
    ...(names !== undefined && { targets: { names } }),
  };
}
