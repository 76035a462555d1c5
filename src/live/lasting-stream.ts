import { Observable, type Subscription } from 'rxjs';
import type { StreamLine } from '../../server/api/contract';
import { CollectorError, toCollectorError } from '../client/collector-error';

/** The stream is gone; it is asked for again in `retryMs`. */
export interface Lost {
  readonly type: 'lost';
  readonly error: CollectorError;
  readonly retryMs: number;
}

/** A heartbeat is due every 15 s; after this the stream is as good as gone. */
const SILENCE_MS = 45_000;
/** A stream that held this long was a good one: what ends it is nobody's failure yet. */
const GOOD_AFTER_MS = 5_000;
const FIRST_RETRY_MS = 300;
const LONGEST_RETRY_MS = 30_000;

/** A stream that is asked for again whenever it ends, later and later while that fails. */
export function lastingStream(open: () => Observable<StreamLine>): Observable<StreamLine | Lost> {
  return new Observable<StreamLine | Lost>((reader) => {
    let failures = 0;
    let openedMs = 0;
    let stream: Subscription | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const after = (ms: number, action: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(action, ms);
    };
    const silent = () => again(new CollectorError('timeout', 'The collector fell silent.'));
    const connect = () => {
      openedMs = Date.now();
      after(SILENCE_MS, silent);
      stream = open().subscribe({
        next: (line) => {
          after(SILENCE_MS, silent);
          reader.next(line);
        },
        error: (thrown: unknown) => again(toCollectorError(thrown)),
        complete: () => again(new CollectorError('unreachable', 'The collector ended the stream.')),
      });
    };
    const again = (error: CollectorError) => {
      stream?.unsubscribe();
      failures = Date.now() - openedMs > GOOD_AFTER_MS ? 1 : failures + 1;
      const retryMs = waitFor(failures, error);
      after(retryMs, connect);
      // A stream that ends once in a while, as proxies do to them, is no news.
      if (failures > 1 || !error.passes) {
        reader.next({ type: 'lost', error, retryMs });
      }
    };
    connect();
    return () => {
      clearTimeout(timer);
      stream?.unsubscribe();
    };
  });
}

function waitFor(failures: number, error: CollectorError): number {
  if (!error.passes) {
    return LONGEST_RETRY_MS;
  }
  return failures === 1 ? FIRST_RETRY_MS : Math.min(500 * 2 ** (failures - 1), LONGEST_RETRY_MS);
}
