import { catchError, forkJoin, from, type Observable, of } from 'rxjs';
import type { DataQueryRequest } from '@grafana/data';
import type { CatalogAnswer } from '../../server/api/contract';
import type { FrameContext } from '../frames';
import type { VitalsQuery } from '../types';
import type { CatalogCache } from './catalog-cache';
import type { CollectorClient } from './collector-client';

/** What the queries of one panel need to be asked and drawn. */
export interface Run {
  readonly request: DataQueryRequest<VitalsQuery>;
  readonly client: CollectorClient;
  /** Beside an answer, the catalogue; nothing where it cannot be had, since frames do without. */
  withCatalog<Answer>(answer: Observable<Answer>): Observable<[Answer, CatalogAnswer | undefined]>;
  /** What is known of it without asking. */
  latestCatalog(): CatalogAnswer | undefined;
  /** Asks for it without waiting: the next line of a stream is drawn with it. */
  wantCatalog(): void;
  context(refId: string, catalog: CatalogAnswer | undefined, timeShiftMs?: number): FrameContext;
}

export interface RunSettings {
  readonly client: CollectorClient;
  readonly catalog: Pick<CatalogCache, 'get' | 'latest'>;
  readonly datasourceUid: string;
  readonly datasourceName: string;
  readonly instanceDashboardUid: string | undefined;
}

export function newRun(request: DataQueryRequest<VitalsQuery>, settings: RunSettings): Run {
  const { client, datasourceUid, datasourceName, instanceDashboardUid } = settings;
  return {
    request,
    client,
    withCatalog: (answer) =>
      forkJoin([answer, from(settings.catalog.get()).pipe(catchError(() => of<CatalogAnswer | undefined>(undefined)))]),
    wantCatalog: () => void settings.catalog.get().catch(() => undefined),
    latestCatalog: () => settings.catalog.latest,
    context: (refId, catalog, timeShiftMs = 0) => ({
      refId,
      datasourceUid,
      datasourceName,
      ...(catalog && { catalog }),
      ...(timeShiftMs !== 0 && { timeShiftMs }),
      ...(instanceDashboardUid && { instanceDashboardUid }),
    }),
  };
}
