import { from, map, type Observable, of, switchMap } from 'rxjs';
import type { ComponentType } from 'react';
import {
  CustomVariableSupport,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type QueryEditorProps,
  type ScopedVars,
} from '@grafana/data';
import type { CatalogAnswer } from '../../server/api/contract';
import type { CollectorClient } from '../client/collector-client';
import { interpolateTargets } from '../interpolate-targets';
import { expand } from '../interpolate-text';
import { QUERY_VERSION, type VariableQuery, type VitalsOptions, type VitalsQuery } from '../types';
import { resolveVariable } from './resolve';
import { VariableQueryEditor } from './VariableQueryEditor';

type Source = DataSourceApi<VitalsQuery, VitalsOptions>;

/** Variables: what a dashboard can choose from. One may stand in the query of another. */
export class VitalsVariables extends CustomVariableSupport<Source, VariableQuery> {
  /** Grafana gives it the data source that this belongs to. */
  override readonly editor = VariableQueryEditor as ComponentType<
    QueryEditorProps<Source, VitalsQuery, VitalsOptions, VariableQuery>
  >;

  constructor(
    private readonly client: CollectorClient,
    private readonly catalog: () => Promise<CatalogAnswer>
  ) {
    super();
  }

  override getDefaultQuery(): Partial<VitalsQuery> {
    const query: Partial<VariableQuery> = { version: QUERY_VERSION, kind: 'targets' };
    // Safe: it goes to the variable's editor alone; Grafana's types know the queries of panels only.
    return query as unknown as Partial<VitalsQuery>;
  }

  override query({ targets, scopedVars, range }: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const [query] = targets;
    return (query === undefined ? of([]) : this.values(query, scopedVars, range)).pipe(
      map((values) => ({ data: values.map((value) => ({ text: value, value })) }))
    );
  }

  private values(query: VariableQuery, scopedVars: ScopedVars, range: DataQueryRequest['range']): Observable<string[]> {
    const selector = interpolateTargets(query.targets, scopedVars);
    if (selector === 'none') {
      return of([]);
    }
    const whole = {
      ...query,
      kind: query.kind ?? 'targets',
      section: one(query.section, scopedVars),
      field: one(query.field, scopedVars),
      label: one(query.label, scopedVars),
    };
    return from(this.catalog()).pipe(
      switchMap((catalog) => resolveVariable(whole, selector, { catalog, client: this.client, range }))
    );
  }
}

function one(text: string | undefined, scopedVars: ScopedVars): string | undefined {
  return text ? expand(text, scopedVars).values[0] : undefined;
}
