import { from, map, type Observable, of, switchMap } from 'rxjs';
import {
  type AdHocVariableFilter,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type QueryFixAction,
  type ScopedVars,
  type TestDataSourceResponse,
} from '@grafana/data';
import type { CatalogAnswer } from '../server/api/contract';
import { adHocFilters, applyFilters, applyFix } from './ad-hoc';
import { tagKeys, tagValues } from './ad-hoc-tags';
import { annotationSupport } from './annotations';
import { CatalogCache } from './client/catalog-cache';
import { CollectorClient } from './client/collector-client';
import { CollectorError } from './client/collector-error';
import { testConnection } from './client/connection-test';
import { newRun, type RunSettings } from './client/run';
import { runQueries } from './client/run-queries';
import { interpolateQuery } from './interpolate';
import { LiveHub } from './live/live-hub';
import { migrateQuery } from './migrations';
import { queryText } from './query-text';
import { QUERY_VERSION, type VitalsOptions, type VitalsQuery } from './types';
import { VitalsVariables } from './variables/support';

/** Redis Vitals' collector as a data source; everything goes through Grafana's data proxy. */
export class VitalsDataSource extends DataSourceApi<VitalsQuery, VitalsOptions> {
  readonly client: CollectorClient;
  override readonly annotations = annotationSupport;
  override readonly variables: VitalsVariables;
  private readonly cache: CatalogCache;
  private readonly hub: LiveHub;
  private readonly settings: RunSettings;

  constructor(settings: DataSourceInstanceSettings<VitalsOptions>) {
    super(settings);
    this.client = new CollectorClient(settings.url ?? '');
    this.cache = new CatalogCache(() => this.client.catalog());
    this.hub = new LiveHub(this.client);
    this.variables = new VitalsVariables(this.client, () => this.catalog());
    this.settings = {
      client: this.client,
      catalog: this.cache,
      datasourceUid: settings.uid,
      datasourceName: settings.name,
      instanceDashboardUid: settings.jsonData.instanceDashboardUid,
    };
  }

  /** What can be asked for; shared, and kept for half a minute. */
  catalog(): Promise<CatalogAnswer> {
    return this.cache.get();
  }

  override query(request: DataQueryRequest<VitalsQuery>): Observable<DataQueryResponse> {
    const filters = adHocFilters(request.filters, this.name);
    const queries = request.targets
      .map((saved) => migrateQuery(saved))
      .filter((query) => query.hide !== true && this.filterQuery(query))
      .flatMap((query) => interpolateQuery(query, request.scopedVars) ?? []);
    const run = newRun(request, this.settings);
    return this.filtered(queries, filters).pipe(switchMap((narrowed) => runQueries(narrowed, run, this.hub)));
  }

  override testDatasource(): Promise<TestDataSourceResponse> {
    return testConnection(this.client);
  }

  /** Something to see at once. */
  override getDefaultQuery(): Partial<VitalsQuery> {
    return { version: QUERY_VERSION, queryType: 'metrics', section: 'Derived', fields: ['ops_per_second'] };
  }

  /** Whether there is anything to ask. */
  override filterQuery(query: VitalsQuery): boolean {
    const migrated = migrateQuery(query);
    return migrated.queryType !== 'metrics' || migrated.fields.some((field) => field !== '');
  }

  override getQueryDisplayText(query: VitalsQuery): string {
    return queryText(migrateQuery(query));
  }

  /** For Explore, which has no variables of the dashboard. */
  override interpolateVariablesInQueries(
    queries: VitalsQuery[],
    scopedVars: ScopedVars,
    filters: AdHocVariableFilter[] = []
  ): VitalsQuery[] {
    return queries
      .map((saved) => migrateQuery(saved))
      .map((query) => applyFilters(interpolateQuery(query, scopedVars) ?? query, filters, this.cache.latest))
      .map((query) => ({ ...query, datasource: this.getRef() }));
  }

  override modifyQuery(query: VitalsQuery, action: QueryFixAction): VitalsQuery {
    return applyFix(migrateQuery(query), action, this.cache.latest);
  }

  override async getTagKeys(): Promise<MetricFindValue[]> {
    return orNone(async () => tagKeys(await this.catalog()));
  }

  override async getTagValues(options: DataSourceGetTagValuesOptions<VitalsQuery>): Promise<MetricFindValue[]> {
    return orNone(async () => tagValues(options, await this.catalog(), this.client));
  }

  /** The catalogue says which labels are of targets; without filters nothing waits for it. */
  private filtered(
    queries: readonly VitalsQuery[],
    filters: readonly AdHocVariableFilter[]
  ): Observable<readonly VitalsQuery[]> {
    if (filters.length === 0 || queries.length === 0) {
      return of(queries);
    }
    return from(this.catalog().catch(() => undefined)).pipe(
      map((catalog) => queries.map((query) => applyFilters(query, filters, catalog)))
    );
  }
}

/** A list of choices is empty when the collector cannot be asked: the panels say what is wrong. */
async function orNone<T>(list: () => Promise<readonly T[]>): Promise<T[]> {
  try {
    return [...(await list())];
  } catch (error) {
    if (error instanceof CollectorError) {
      return [];
    }
    throw error;
  }
}
