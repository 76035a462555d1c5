import { request } from 'node:http';
import { Observable } from 'rxjs';
import { type BackendSrv, type BackendSrvRequest, type FetchResponse, setBackendSrv } from '@grafana/runtime';

const PROXY = '/api/datasources/proxy/uid/vitals';

/** Stands for Grafana's data proxy in front of a real collector. */
export function liveBackend(collectorUrl: string): void {
  const backend: Pick<BackendSrv, 'fetch'> = {
    fetch: <T>(config: BackendSrvRequest) =>
      new Observable<FetchResponse<T>>((reader) => {
        const asked = request(
          config.url.replace(PROXY, collectorUrl),
          { method: config.method ?? 'GET', headers: { 'Content-Type': 'application/json' } },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('error', (error) => reader.error(error));
            answer.on('end', () => {
              const status = answer.statusCode ?? 0;
              const data: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
              if (status >= 400) {
                reader.error({ status, data, config });
              } else {
                // Safe: the parts of an answer that the plugin looks at.
                reader.next({ status, data, config, ok: true } as FetchResponse<T>);
                reader.complete();
              }
            });
          }
        );
        asked.on('error', (error) => reader.error(error));
        asked.end(config.data === undefined ? undefined : JSON.stringify(config.data));
        return () => asked.destroy();
      }),
  };
  // Safe: the plugin asks for nothing else here.
  setBackendSrv(backend as BackendSrv);
}
