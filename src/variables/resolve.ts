import { map, type Observable, of } from 'rxjs';
import type { TimeRange } from '@grafana/data';
import type {
  CatalogAnswer,
  CatalogField,
  CatalogTarget,
  TableAnswer,
  TargetSelector,
} from '../../server/api/contract';
import type { CollectorClient } from '../client/collector-client';
import { naturally } from '../natural-order';
import type { VariableQuery } from '../types';
import { labelValues } from './label-values';
import { labelOf, matchingTargets } from './matching-targets';

export interface VariableContext {
  readonly catalog: CatalogAnswer;
  readonly client: Pick<CollectorClient, 'query' | 'table'>;
  readonly range?: TimeRange | undefined;
}

/** The values of a variable whose query has no variables any more. */
export function resolveVariable(
  query: Omit<VariableQuery, 'targets'>,
  selector: TargetSelector,
  { catalog, client, range }: VariableContext
): Observable<string[]> {
  const targets = matchingTargets(catalog.targets, selector);
  switch (query.kind) {
    case 'targets':
      return of(naturally(targets.map(({ name }) => name)));
    case 'roles':
      return of(naturally(targets.map(({ role }) => role).filter((role) => role !== '')));
    case 'labels':
      return of(query.label ? valuesOfTargets(targets, query.label) : namesOfLabels(targets));
    case 'sections':
      return of(
        catalog.sections.filter(({ fields }) => fields.some((field) => isOf(field, targets))).map(({ name }) => name)
      );
    case 'fields':
      return of([...new Set(fieldsOf(catalog, query.section, targets).map(({ field }) => field))]);
    case 'values':
      return valuesOfField(query, selector, targets, { catalog, client, range });
    case 'clients':
      return client.table({ table: 'clients', groupBy: 'name', targets: selector }).pipe(map(namesOfClients));
  }
}

function namesOfLabels(targets: readonly CatalogTarget[]): string[] {
  return ['instance', ...naturally(targets.flatMap(({ labels }) => Object.keys(labels)))];
}

function valuesOfTargets(targets: readonly CatalogTarget[], label: string): string[] {
  return naturally(targets.map((target) => labelOf(target, label)).filter((value) => value !== ''));
}

function fieldsOf(catalog: CatalogAnswer, section: string | undefined, targets: readonly CatalogTarget[]) {
  return catalog.sections
    .filter(({ name }) => !section || name === section)
    .flatMap(({ name, fields }) => fields.map((field) => ({ ...field, section: name })))
    .filter((field) => isOf(field, targets));
}

function isOf(field: CatalogField, targets: readonly CatalogTarget[]): boolean {
  return targets.some(({ name }) => field.targets.includes(name));
}

/** Without a label, the field's first: most have one. */
function valuesOfField(
  { section, field, label }: Omit<VariableQuery, 'targets'>,
  selector: TargetSelector,
  targets: readonly CatalogTarget[],
  { catalog, client, range }: VariableContext
): Observable<string[]> {
  const [found] = fieldsOf(catalog, section, targets).filter((known) => known.field === field);
  const wanted = label || found?.labels[0];
  return found === undefined || wanted === undefined
    ? of([])
    : labelValues({ label: wanted, fields: [found], targets: selector }, client, range);
}

function namesOfClients({ columns }: TableAnswer): string[] {
  const names = columns.find(({ name }) => name === 'name')?.values ?? [];
  return naturally(names.filter((name) => typeof name === 'string').filter((name) => name !== ''));
}
