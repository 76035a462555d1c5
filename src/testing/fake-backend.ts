import { Observable, throwError } from 'rxjs';
import { type BackendSrv, type BackendSrvRequest, type FetchResponse, setBackendSrv } from '@grafana/runtime';

/** A request that reached the proxy. */
export interface Asked {
  readonly path: string;
  readonly method: string;
  readonly data: unknown;
}

/** A stream that was asked for, to be written by the test. */
export interface FakeStream extends Asked {
  readonly isOpen: () => boolean;
  /** One line of JSON for each. */
  readonly write: (...lines: readonly unknown[]) => void;
  readonly end: () => void;
  readonly fail: (status: number, body: string) => void;
}

export interface FakeBackend {
  readonly asked: Asked[];
  readonly streams: FakeStream[];
  /** What a path answers from now on; a body that is a text is one. */
  readonly answer: (path: string, body: unknown | ((asked: Asked) => unknown), status?: number) => void;
}

/** Stands for Grafana's server with its data proxy. A path that has no answer is refused as if nobody listened. */
export function fakeBackend(): FakeBackend {
  const answers = new Map<string, { readonly body: unknown; readonly status: number }>();
  const asked: Asked[] = [];
  const streams: FakeStream[] = [];
  const backend: Pick<BackendSrv, 'fetch' | 'chunked'> = {
    fetch: <T>(request: BackendSrvRequest) =>
      new Observable<FetchResponse<T>>((reader) => {
        const one = toAsked(request);
        asked.push(one);
        const { body, status } = answers.get(one.path) ?? { body: '', status: 502 };
        const given: unknown = typeof body === 'function' ? body(one) : body;
        // As after the network: never within the call.
        const timer = setTimeout(() => {
          if (status < 400) {
            reader.next(response(request, status, given as T));
            reader.complete();
          } else {
            reader.error({ status, data: given, config: request });
          }
        }, 0);
        return () => clearTimeout(timer);
      }),
    chunked: (request) =>
      new Observable<FetchResponse<Uint8Array | undefined>>((reader) => {
        const chunk = (status: number, text: string) =>
          reader.next(response<Uint8Array>(request, status, new TextEncoder().encode(text)));
        const end = () => {
          reader.next(response(request, 200, undefined));
          reader.complete();
        };
        streams.push({
          ...toAsked(request),
          isOpen: () => !reader.closed,
          write: (...lines) => chunk(200, lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
          end,
          fail: (status, body) => {
            chunk(status, body);
            reader.complete();
          },
        });
      }),
  };
  setBackendSrv(backend as BackendSrv);
  return { asked, streams, answer: (path, body, status = 200) => void answers.set(path, { body, status }) };
}

/** Grafana's server itself cannot be asked. */
export function brokenBackend(error: unknown): void {
  const backend: Pick<BackendSrv, 'fetch'> = { fetch: () => throwError(() => error) };
  setBackendSrv(backend as BackendSrv);
}

function toAsked({ url, method = 'GET', data }: BackendSrvRequest): Asked {
  return { path: url.replace(/^.*\/api\/v1\//, ''), method, data: data as unknown };
}

function response<T>(config: BackendSrvRequest, status: number, data: T): FetchResponse<T> {
  return {
    data,
    status,
    statusText: '',
    ok: status < 400,
    headers: new Headers(),
    redirected: false,
    type: 'basic',
    url: config.url,
    config,
  };
}
