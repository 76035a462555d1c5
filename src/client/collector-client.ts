import { catchError, map, type Observable, throwError } from 'rxjs';
import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';
import type {
  CatalogAnswer,
  EventsAnswer,
  EventsRequest,
  QueryAnswer,
  QueryRequest,
  StatusAnswer,
  StreamLine,
  StreamRequest,
  TableAnswer,
  TableRequest,
} from '../../server/api/contract';
import { notOurAnswer, toCollectorError } from './collector-error';
import { readStream } from './read-stream';

/**
 * The collector's JSON API behind Grafana's data proxy, which adds the credentials. Every failure is a
 * `CollectorError`; who stops listening cancels the request.
 */
export class CollectorClient {
  /** Of the proxy, without a slash at its end. */
  private readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  query(request: QueryRequest): Observable<QueryAnswer> {
    return this.ask<QueryAnswer>('query', request, 'results');
  }

  table(request: TableRequest): Observable<TableAnswer> {
    return this.ask<TableAnswer>('table', request, 'columns');
  }

  events(request: EventsRequest): Observable<EventsAnswer> {
    return this.ask<EventsAnswer>('events', request, 'events');
  }

  catalog(): Observable<CatalogAnswer> {
    return this.ask<CatalogAnswer>('catalog', undefined, 'sections', { hideFromInspector: true });
  }

  status(): Observable<StatusAnswer> {
    return this.ask<StatusAnswer>('status', undefined, 'history', { hideFromInspector: true });
  }

  /** Ends when the collector ends it; errors when it cannot be had or breaks. */
  stream(request: StreamRequest): Observable<StreamLine> {
    return readStream({
      url: this.address('stream'),
      method: 'POST',
      data: request,
      headers: { 'Content-Type': 'application/json' },
      hideFromInspector: true,
    });
  }

  /** `field` is one that every answer of this endpoint has. */
  private ask<Answer extends object>(
    endpoint: string,
    data: object | undefined,
    field: keyof Answer & string,
    options: Partial<BackendSrvRequest> = {}
  ): Observable<Answer> {
    return getBackendSrv()
      .fetch<unknown>({
        url: this.address(endpoint),
        method: data === undefined ? 'GET' : 'POST',
        ...(data !== undefined && { data }),
        showErrorAlert: false,
        ...options,
      })
      .pipe(
        map(({ data: body }) => {
          if (typeof body !== 'object' || body === null || !(field in body)) {
            throw notOurAnswer(body);
          }
          return body as Answer;
        }),
        catchError((thrown: unknown) => throwError(() => toCollectorError(thrown)))
      );
  }

  private address(endpoint: string): string {
    return `${this.url}/api/v1/${endpoint}`;
  }
}
