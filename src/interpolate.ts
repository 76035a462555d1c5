import type { ScopedVars } from '@grafana/data';
import type { EventKind, EventSeverity, TargetSelector } from '../server/api/contract';
import { interpolateMatchers } from './interpolate-matchers';
import { interpolateTargets } from './interpolate-targets';
import { expandAll, replaced } from './interpolate-text';
import type { EventsQuery, MetricsQuery, TableQuery, TargetChoice, VitalsQuery } from './types';

/** The query with the values of variables; `undefined` where its variables choose no target, so there is nothing. */
export function interpolateQuery<Query extends VitalsQuery>(query: Query, scopedVars: ScopedVars): Query | undefined {
  const targets = interpolateTargets(query.targets, scopedVars);
  if (targets === 'none') {
    return undefined;
  }
  return { ...query, ...ofType(query, scopedVars), targets: asChoice(targets) };
}

/** A selector as it is saved. */
export function asChoice({ names, labels, roles }: TargetSelector): TargetChoice {
  return {
    ...(names && { names: [...names] }),
    ...(labels && { labels: [...labels] }),
    ...(roles && { roles: [...roles] }),
  };
}

function ofType(query: VitalsQuery, scopedVars: ScopedVars): Partial<VitalsQuery> {
  switch (query.queryType) {
    case 'metrics':
      return ofMetrics(query, scopedVars);
    case 'table':
      return ofTable(query, scopedVars);
    case 'events':
      return ofEvents(query, scopedVars);
    case 'logs':
    case 'topology':
      return {};
  }
}

function ofMetrics(query: MetricsQuery, scopedVars: ScopedVars): Partial<MetricsQuery> {
  const { section, fields, labels, aggregate, legend, timeShift } = query;
  return {
    section: (section && list([section], scopedVars)[0]) || undefined,
    fields: list(fields, scopedVars),
    ...(labels && { labels: interpolateMatchers(labels, scopedVars) }),
    ...(aggregate?.by && { aggregate: { ...aggregate, by: list(aggregate.by, scopedVars) } }),
    ...(legend && { legend: replaced(legend, scopedVars) }),
    ...(timeShift && { timeShift: replaced(timeShift, scopedVars) }),
  };
}

function ofTable({ sections }: TableQuery, scopedVars: ScopedVars): Partial<TableQuery> {
  return sections ? { sections: list(sections, scopedVars) } : {};
}

/** What a variable names is checked by the collector. */
function ofEvents({ kinds, severities }: EventsQuery, scopedVars: ScopedVars): Partial<EventsQuery> {
  return {
    ...(kinds && { kinds: list(kinds, scopedVars) as EventKind[] }),
    ...(severities && { severities: list(severities, scopedVars) as EventSeverity[] }),
  };
}

/** Empty means all. */
function list(texts: readonly string[], scopedVars: ScopedVars): string[] {
  const { all, values, patterns } = expandAll(texts, scopedVars);
  return all ? [] : [...values, ...patterns];
}
