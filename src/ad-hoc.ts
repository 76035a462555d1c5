import type { AdHocVariableFilter, QueryFixAction } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { CatalogAnswer, LabelMatcher } from '../server/api/contract';
import { escapePattern } from './interpolate-text';
import type { VitalsQuery } from './types';

/** Of the dashboard: those of the request, else those that older dashboards keep with their variables. */
export function adHocFilters(
  ofRequest: readonly AdHocVariableFilter[] | undefined,
  datasourceName: string
): readonly AdHocVariableFilter[] {
  return ofRequest ?? ofVariables(getTemplateSrv(), datasourceName);
}

/** It is not in Grafana's public types, and may go. */
function ofVariables(templates: object, datasourceName: string): readonly AdHocVariableFilter[] {
  if (!('getAdhocFilters' in templates) || typeof templates.getAdhocFilters !== 'function') {
    return [];
  }
  const filters: unknown = templates.getAdhocFilters(datasourceName, true);
  return Array.isArray(filters) ? (filters as AdHocVariableFilter[]) : [];
}

/** Labels that tell targets apart rather than series of one target. */
export function targetLabels(catalog: CatalogAnswer | undefined): Set<string> {
  return new Set(['instance', ...(catalog?.targets ?? []).flatMap(({ labels }) => Object.keys(labels))]);
}

/** The query with the filters: metrics take all of them, the others those that choose targets. */
export function applyFilters<Query extends VitalsQuery>(
  query: Query,
  filters: readonly AdHocVariableFilter[],
  catalog: CatalogAnswer | undefined
): Query {
  const ofTargets = targetLabels(catalog);
  return filters.flatMap(toMatcher).reduce((narrowed, matcher) => addMatcher(narrowed, matcher, ofTargets), query);
}

/** Explore's "filter for" and "filter out" of a label. */
export function applyFix(query: VitalsQuery, { type, options }: QueryFixAction, catalog?: CatalogAnswer): VitalsQuery {
  const op = type === 'ADD_FILTER' ? '=' : type === 'ADD_FILTER_OUT' ? '!=' : undefined;
  if (op === undefined || options?.key === undefined || options.value === undefined) {
    return query;
  }
  return addMatcher(query, { label: options.key, op, value: options.value }, targetLabels(catalog));
}

function addMatcher<Query extends VitalsQuery>(query: Query, matcher: LabelMatcher, ofTargets: Set<string>): Query {
  if (ofTargets.has(matcher.label)) {
    return { ...query, targets: { ...query.targets, labels: [...(query.targets?.labels ?? []), matcher] } };
  }
  return query.queryType === 'metrics' ? { ...query, labels: [...(query.labels ?? []), matcher] } : query;
}

/** Nothing of a filter that is not complete, or whose operator (`<`, `>`) labels do not have. */
export function toMatcher({ key, operator, value, values }: AdHocVariableFilter): LabelMatcher[] {
  if (!key) {
    return [];
  }
  switch (operator) {
    case '=':
    case '!=':
    case '=~':
    case '!~':
      return [{ label: key, op: operator, value }];
    case '=|':
      return [{ label: key, op: '=~', value: (values ?? [value]).map(escapePattern).join('|') }];
    case '!=|':
      return [{ label: key, op: '!~', value: (values ?? [value]).map(escapePattern).join('|') }];
    default:
      return [];
  }
}
