import { QUERY_VERSION, type VitalsQuery } from '../types';

/** A query without its place: a new one of the same kind fits anywhere. */
type Shape<Query> = Query extends VitalsQuery ? Omit<Query, 'refId' | 'version'> : never;

export interface Example {
  readonly title: string;
  readonly text: string;
  readonly query: Shape<VitalsQuery>;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: 'How full is each instance?',
    text: 'Memory used as a share of maxmemory, a line for each instance. Instances without maxmemory have none.',
    query: { queryType: 'metrics', section: 'Derived', fields: ['memory_used_ratio'], legend: '{{instance}}' },
  },
  {
    title: 'Memory, and where it goes',
    text: 'What the data takes beside what the process takes: the gap is fragmentation and overhead.',
    query: { queryType: 'metrics', section: 'Memory', fields: ['used_memory', 'used_memory_rss', 'used_memory_peak'] },
  },
  {
    title: 'Hit ratio',
    text: 'The share of key lookups that found a key, of what was looked up in each step.',
    query: { queryType: 'metrics', section: 'Derived', fields: ['hit_ratio'], legend: '{{instance}}' },
  },
  {
    title: 'The five busiest commands',
    text: 'Calls per second by command over all targets, only the five with the greatest mean.',
    query: {
      queryType: 'metrics',
      section: 'Derived',
      fields: ['commands_per_second'],
      aggregate: { op: 'sum', by: ['cmd'] },
      topK: 5,
      legend: '{{cmd}}',
    },
  },
  {
    title: 'Latency by command',
    text: 'The mean time a call took on the server in each step; the ten slowest commands.',
    query: {
      queryType: 'metrics',
      section: 'Derived',
      fields: ['latency_per_command'],
      topK: 10,
      legend: '{{instance}} {{cmd}}',
    },
  },
  {
    title: 'Replication lag, live',
    text: 'Seconds each replica is behind its master, going on with every poll.',
    query: { queryType: 'metrics', section: 'Derived', fields: ['replication_lag_seconds'], live: true },
  },
  {
    title: 'Clients against yesterday',
    text: 'Connected clients in all, a day earlier: put it beside the same query without time shift.',
    query: {
      queryType: 'metrics',
      section: 'Clients',
      fields: ['connected_clients'],
      aggregate: { op: 'sum' },
      timeShift: '1d',
      legend: 'a day earlier',
    },
  },
  {
    title: 'Slow log',
    text: 'Every slow command that was kept in the time range, as log lines.',
    query: { queryType: 'logs', source: 'slowlog' },
  },
  {
    title: 'Clients by name',
    text: 'Who is connected now, how many of each, and what they hold.',
    query: { queryType: 'table', table: 'clients', groupBy: 'name' },
  },
  {
    title: 'What is configured differently?',
    text: 'Every setting with a column for each target, and whether they differ.',
    query: { queryType: 'table', table: 'config' },
  },
  {
    title: 'What went wrong?',
    text: 'Critical events and warnings: targets down, lost links, failed saves, evictions.',
    query: { queryType: 'events', severities: ['critical', 'warning'] },
  },
  {
    title: 'Who replicates from whom?',
    text: 'Masters, replicas and sentinels as a node graph with the lag between them.',
    query: { queryType: 'topology' },
  },
];

export function exampleQuery({ query }: Example, refId: string): VitalsQuery {
  return { ...query, refId, version: QUERY_VERSION };
}
