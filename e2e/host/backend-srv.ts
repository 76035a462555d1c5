import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable, throwError } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { catchError, map, mergeMap } from 'rxjs/operators';

/** What Grafana would pop up in its corner. */
export const toasts: string[] = [];

/** Grafana's own, as far as a data source meets it: parsing, the shape of errors, toasts, chunks. */
export class HostBackendSrv implements BackendSrv {
  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return fromFetch(urlOf(options), initOf(options)).pipe(
      mergeMap(async (response) => {
        const data = parse(await response.text(), options.responseType);
        return { ...describe(response, options), data: data as T };
      }),
      map((response) => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as Grafana does
        if (!response.ok) throw errorOf(response);
        return response;
      }),
      catchError((error: FetchError) => {
        // After whoever asked had the time to say that it is handled.
        setTimeout(() => toast(error, options), 50);
        return throwError(() => error);
      })
    );
  }

  chunked(options: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
    return new Observable((observer) => {
      const controller = new AbortController();
      const request = fetch(urlOf(options), { ...initOf(options), signal: controller.signal });
      const read = async () => {
        const response = await request;
        const base = { ...describe(response, options), data: undefined };
        const reader = response.body?.getReader();
        if (reader === undefined) return observer.next(base);
        for (;;) {
          const { value, done } = await reader.read();
          if (controller.signal.aborted) return;
          observer.next({ ...base, data: value });
          if (done) return;
        }
      };
      read().then(
        () => observer.complete(),
        (error: unknown) => {
          if (!controller.signal.aborted) observer.error(error);
        }
      );
      return () => controller.abort();
    });
  }

  request<T>(options: BackendSrvRequest): Promise<T> {
    return lastValueFrom(this.fetch<T>(options).pipe(map((response) => response.data)));
  }

  datasourceRequest<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(options));
  }

  get<T>(url: string, params?: Record<string, unknown>): Promise<T> {
    return this.request<T>({ url, method: 'GET', params });
  }

  delete<T>(url: string): Promise<T> {
    return this.request<T>({ url, method: 'DELETE' });
  }

  post<T>(url: string, data?: unknown): Promise<T> {
    return this.request<T>({ url, method: 'POST', data });
  }

  patch<T>(url: string, data?: unknown): Promise<T> {
    return this.request<T>({ url, method: 'PATCH', data });
  }

  put<T>(url: string, data?: unknown): Promise<T> {
    return this.request<T>({ url, method: 'PUT', data });
  }
}

function urlOf({ url, params = {} }: BackendSrvRequest): string {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)])).toString();
  return query === '' ? url : `${url}?${query}`;
}

function initOf({ method, data, headers, abortSignal }: BackendSrvRequest): RequestInit {
  const isText = typeof data === 'string' || data === undefined;
  return {
    method: method ?? 'GET',
    headers: {
      Accept: 'application/json, text/plain, */*',
      ...(isText ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(data !== undefined && { body: isText ? data : JSON.stringify(data) }),
    ...(abortSignal && { signal: abortSignal }),
  };
}

/** Text that is no JSON stays text, unless JSON was asked for. */
function parse(text: string, type: BackendSrvRequest['responseType']): unknown {
  if (type === 'text') return text;
  if (type === 'json') return JSON.parse(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describe(response: Response, config: BackendSrvRequest) {
  const { status, statusText, ok, headers, url, type, redirected } = response;
  return { status, statusText, ok, headers, url, type, redirected, config };
}

/** A text becomes a message; a body without one gets the text of the status. */
function errorOf({ status, statusText, data, config }: FetchResponse): FetchError {
  const body =
    typeof data === 'string'
      ? { message: data, error: statusText, response: data }
      : (data ?? { message: 'Unexpected error' });
  if (!body.message && typeof body.error === 'string') body.message = body.error;
  return { status, statusText, data: body, config };
}

function toast(error: FetchError, options: BackendSrvRequest): void {
  const isShown = options.showErrorAlert ?? !options.url.includes('/api/datasources/proxy');
  if (isShown && !error.isHandled && !error.cancelled)
    toasts.push(String(error.data?.message ?? error.message ?? 'Unexpected error'));
}
