import { Observable } from 'rxjs';
import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';
import type { StreamLine } from '../../server/api/contract';
import { fromResponse, notOurAnswer, toCollectorError } from './collector-error';
import { LineReader } from './ndjson';

/** The lines of an answer as they come. An answer that is no stream becomes its error. */
export function readStream(request: BackendSrvRequest): Observable<StreamLine> {
  return new Observable<StreamLine>((reader) => {
    const lines = new LineReader();
    const decoder = new TextDecoder();
    let refusal: { readonly status: number; body: string } | undefined;
    const fail = (thrown: unknown) => reader.error(toCollectorError(thrown));
    const chunks = getBackendSrv()
      .chunked(request)
      .subscribe({
        next: ({ ok, status, data }) => {
          if (!ok || refusal !== undefined) {
            refusal ??= { status, body: '' };
            refusal.body += data === undefined ? '' : decoder.decode(data, { stream: true });
            return;
          }
          if (data === undefined) {
            return;
          }
          try {
            for (const line of lines.read(data)) {
              reader.next(line);
            }
          } catch {
            reader.error(notOurAnswer(decoder.decode(data)));
          }
        },
        error: fail,
        complete: () =>
          refusal === undefined ? reader.complete() : reader.error(fromResponse(refusal.status, refusal.body)),
      });
    return () => chunks.unsubscribe();
  });
}
