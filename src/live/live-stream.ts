import { Observable, type Subscription } from 'rxjs';
import type { MetricQuery } from '../../server/api/contract';
import type { CollectorClient } from '../client/collector-client';
import { MOST_QUERIES } from '../client/metric-request';
import { lastingStream } from './lasting-stream';
import { type Asked, LiveResults, type LiveState } from './live-results';
import type { LiveWindow } from './live-window';

/** Panels that load together share the first connection. */
const GATHER_MS = 50;
/** A panel that is refreshed leaves and comes back: the stream waits for it. */
const LINGER_MS = 5_000;

/**
 * The stream of one window, shared by the panels of a data source: browsers allow few connections to a server. A new
 * query opens it anew with all of them; what they have stays until then.
 */
export class LiveStream {
  /** By what is asked, without refId. */
  private readonly asked = new Map<string, Asked>();
  private readonly panels = new Set<() => void>();
  private connections: Subscription[] = [];
  private opening: ReturnType<typeof setTimeout> | undefined;
  private closing: ReturnType<typeof setTimeout> | undefined;
  private readonly results: LiveResults;
  private lastId = 0;

  constructor(
    private readonly client: Pick<CollectorClient, 'stream'>,
    private readonly window: LiveWindow,
    private readonly onEnd: () => void
  ) {
    this.results = new LiveResults(window.lengthMs);
  }

  /** At once what is there, then whatever comes. Ends with the subscription. */
  watch(queries: readonly MetricQuery[]): Observable<LiveState> {
    return new Observable<LiveState>((panel) => {
      clearTimeout(this.closing);
      const entries = queries.map((query) => [query.refId, this.take(query)] as const);
      const show = () => {
        const state = this.results.of(entries);
        if (state !== undefined) {
          panel.next(state);
        }
      };
      this.panels.add(show);
      show();
      return () => {
        this.panels.delete(show);
        entries.forEach(([, asked]) => asked.watchers--);
        if (this.panels.size === 0) {
          this.closing = setTimeout(() => this.close(), LINGER_MS);
        }
      };
    });
  }

  private take(query: MetricQuery): Asked {
    const name = JSON.stringify({ ...query, refId: '' });
    const known = this.asked.get(name);
    if (known !== undefined) {
      known.watchers++;
      return known;
    }
    const asked: Asked = { query: { ...query, refId: `q${++this.lastId}` }, watchers: 1 };
    this.asked.set(name, asked);
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.open(), GATHER_MS);
    return asked;
  }

  private open(): void {
    this.disconnect();
    for (const [name, { watchers }] of this.asked) {
      if (watchers === 0) {
        this.asked.delete(name);
      }
    }
    const all = [...this.asked.values()];
    for (let at = 0; at < all.length; at += MOST_QUERIES) {
      this.connections.push(this.connect(all.slice(at, at + MOST_QUERIES)));
    }
  }

  private connect(asked: readonly Asked[]): Subscription {
    const { lengthMs, maxDataPoints, step } = this.window;
    const request = {
      from: `now-${lengthMs}ms`,
      maxDataPoints,
      ...(step !== undefined && { step }),
      queries: asked.map(({ query }) => query),
    };
    return lastingStream(() => this.client.stream(request)).subscribe((line) => {
      this.results.read(line, asked);
      this.panels.forEach((show) => show());
    });
  }

  private disconnect(): void {
    this.connections.forEach((connection) => connection.unsubscribe());
    this.connections = [];
  }

  private close(): void {
    clearTimeout(this.opening);
    this.disconnect();
    this.asked.clear();
    this.onEnd();
  }
}
