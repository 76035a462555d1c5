import type {
  AggregateOperator,
  ClientGrouping,
  EventKind,
  EventSeverity,
  MatchOperator,
  QueryFunction,
  TableName,
} from '../server/api/contract';
import {
  choices,
  flag,
  list,
  numberBetween,
  object,
  oneOf,
  text,
  texts,
  wholeNumber,
  type Reader,
  type Readers,
} from './saved-values';
import { QUERY_VERSION, type QueryType, type VitalsQuery } from './types';

const matchers = list(
  object({ label: text, op: oneOf<MatchOperator>({ '=': true, '!=': true, '=~': true, '!~': true }), value: text })
);
const choice = object({}, { names: texts, labels: matchers, roles: texts });

/** A choice; once a name or names. */
const targets: Reader = (saved) =>
  choice(typeof saved === 'string' ? { names: [saved] } : Array.isArray(saved) ? { names: saved } : saved);

const aggregate = object(
  { op: oneOf<AggregateOperator>({ sum: true, avg: true, min: true, max: true, quantile: true }) },
  { by: texts, quantile: numberBetween(0, 1) }
);

/** Of each type what it has beside `refId`, `hide`, `datasource`, `version` and `targets`. */
const READERS: Readonly<Record<QueryType, Readers>> = {
  metrics: {
    section: text,
    fields: texts,
    labels: matchers,
    function: oneOf<QueryFunction>({
      last: true,
      avg: true,
      min: true,
      max: true,
      rate: true,
      increase: true,
      delta: true,
    }),
    aggregate,
    topK: wholeNumber,
    legend: text,
    instant: flag,
    live: flag,
    timeShift: text,
  },
  table: {
    table: oneOf<TableName>({
      info: true,
      slowlog: true,
      clients: true,
      keyspace: true,
      commands: true,
      replication: true,
      cluster: true,
      targets: true,
      config: true,
    }),
    sections: texts,
    groupBy: oneOf<ClientGrouping>({ name: true, address: true, library: true, user: true, command: true }),
    limit: wholeNumber,
  },
  logs: { source: oneOf<'slowlog' | 'events'>({ slowlog: true, events: true }), limit: wholeNumber },
  events: {
    kinds: choices<EventKind>({
      target_down: true,
      target_up: true,
      restart: true,
      version_changed: true,
      role_changed: true,
      failover: true,
      link_lost: true,
      link_restored: true,
      replica_joined: true,
      replica_left: true,
      save_failed: true,
      save_recovered: true,
      aof_failed: true,
      aof_recovered: true,
      evictions_started: true,
      maxclients_reached: true,
      config_changed: true,
    }),
    severities: choices<EventSeverity>({ info: true, warning: true, critical: true }),
    limit: wholeNumber,
  },
  topology: {},
};

/** What a query cannot be without. */
const NEEDED: Readonly<Record<QueryType, Readonly<Record<string, unknown>>>> = {
  metrics: { fields: [] },
  table: { table: 'info' },
  logs: { source: 'slowlog' },
  events: {},
  topology: {},
};

/**
 * A query as it was saved, by whichever version or hand, as one of today. What cannot be understood is left out, the rest
 * stays, also what is Grafana's own; a query that is as it should be is given back itself. Never throws.
 */
export function migrateQuery(saved: unknown): VitalsQuery {
  const old: Readonly<Record<string, unknown>> = isRecord(saved) ? saved : {};
  const queryType = typeOf(old);
  const query: Record<string, unknown> = {
    ...old,
    refId: typeof old['refId'] === 'string' ? old['refId'] : 'A',
    version: QUERY_VERSION,
    queryType,
  };
  if (queryType === 'metrics' && query['fields'] === undefined && typeof old['field'] === 'string') {
    query['fields'] = [old['field']];
    delete query['field'];
  }
  for (const [name, read] of Object.entries({ ...READERS[queryType], targets, hide: flag })) {
    query[name] = read(query[name]) ?? NEEDED[queryType][name];
    if (query[name] === undefined) {
      delete query[name];
    }
  }
  // Safe: the readers have seen to what the type has; the rest is not looked at.
  return (isSame(old, query) ? old : query) as unknown as VitalsQuery;
}

/** The word it has, else what its properties are of. */
function typeOf(old: Readonly<Record<string, unknown>>): QueryType {
  const { queryType } = old;
  if (typeof queryType === 'string' && Object.hasOwn(READERS, queryType)) {
    return queryType as QueryType; // safe: it is one of the keys
  }
  if (typeof old['table'] === 'string') {
    return 'table';
  }
  if (typeof old['source'] === 'string') {
    return 'logs';
  }
  return Array.isArray(old['kinds']) || Array.isArray(old['severities']) ? 'events' : 'metrics';
}

function isRecord(saved: unknown): saved is Readonly<Record<string, unknown>> {
  return typeof saved === 'object' && saved !== null && !Array.isArray(saved);
}

/** Readers give back what they need not change, so that looking one level deep is enough. */
function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(b);
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}
