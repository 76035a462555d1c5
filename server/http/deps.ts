import type { HistoryStatus, TableAnswer } from '../api/contract';
import type { Format, PageEntry } from '../exposition/page';
import type { PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import type { Secret } from '../model/secret';
import type { AdHocAddress, Targets } from '../poll/interfaces';
import type { Assets } from './assets';

/** Who may read: everybody, when there are neither users nor tokens. */
export interface AuthOptions {
  /** User names and the bcrypt hashes of their passwords. */
  readonly basicAuthUsers: ReadonlyMap<string, Secret>;
  /** In plain text. */
  readonly bearerTokens: readonly Secret[];
}

/** What the configuration says to the HTTP side. */
export interface HttpOptions {
  /** The one target came by URL or environment: its series on /metrics carry no labels of ours. */
  readonly singleTarget: boolean;
  readonly scrape: {
    /** A scrape is answered by a poll no older than this. */
    readonly maxAgeMs: number;
    /** Patterns of `host:port` that /scrape may ask although they are no configured targets. */
    readonly allow: readonly string[];
  };
  /** What was learned of credentials is forgotten when another object stands here. */
  readonly web: AuthOptions;
  /** An address or a name; empty: all interfaces. */
  readonly listen: { readonly host: string };
}

/** Targets that are not configured but allowed by `scrape.allow`. No password is ever sent to them. */
export interface AdHocTargets {
  /** As `Targets.poll`, by address. Never rejects. */
  poll(address: AdHocAddress, maxAgeMs: number, deadlineMs: number): Promise<PollResult>;
  /** As `Targets.freshness`, by address. */
  freshness(address: AdHocAddress): SampleSet;
}

/** Writes a page of samples in UTF-8. `ownText` is the text of our own process' families in the same format. */
export interface PageRenderer {
  write(entries: readonly PageEntry[], format: Format, ownText: string): Buffer;
  /** Takes back the bytes of a page that nobody reads any more: a later page may be written over them. */
  recycle(bytes: Buffer): void;
}

/** What a page says about our own process: everything, or only what redis_exporter says on /scrape, too. */
export type OwnTextScope = 'process' | 'exporter';

/** Our own process' metrics, as far as serving requests feeds and shows them. */
export interface RequestTelemetry {
  text(format: Format, scope: OwnTextScope): string | Promise<string>;
  observeScrape(durationMs: number): void;
  countBadScrapeRequest(): void;
  /** `route` is the path's pattern, so that it has few values. */
  countRequest(route: string, status: number): void;
}

/** The part of a logger that serving requests needs. */
export interface Log {
  error(fields: object, message: string): void;
}

/** The history worker as the HTTP side sees it. */
export interface HistoryApi {
  /**
   * `body` is the request's JSON as it came, and `{}` for the catalog; the answer is the response's, whatever the status.
   * Rejects with an HttpError when the worker is gone (503 `unavailable`) or busy for too long (504 `timeout`). Aborting
   * `signal` gives up waiting.
   */
  request(
    route: 'query' | 'events' | 'catalog',
    body: Uint8Array,
    signal?: AbortSignal
  ): Promise<{ readonly status: number; readonly body: Uint8Array }>;
  /** As it was told of last. */
  status(): HistoryStatus;
}

/** Everything the HTTP side is given. */
export interface HttpDeps {
  readonly targets: Targets;
  /** Absent: /scrape answers for configured targets only. */
  readonly adHoc?: AdHocTargets;
  readonly renderer: PageRenderer;
  readonly options: () => HttpOptions;
  readonly telemetry: RequestTelemetry;
  readonly log: Log;
  /** Scripts and styles of the status page. Undefined: they are not built, and the page is without. */
  readonly assets: Assets | undefined;
  /** Undefined: `history.enabled` is false. */
  readonly history: HistoryApi | undefined;
  /** Answers a table request that may be anything; rejects with an HttpError. */
  readonly table: (body: unknown) => Promise<TableAnswer>;
  /** The OpenAPI document as JSON text; made when it is asked for. */
  readonly openApi: () => Promise<string>;
  /** Calls the listener with each poll as it ends, until the returned function is called. */
  readonly onPoll: (listener: (result: PollResult) => void) => () => void;
  /** Aborted when the service stops: streams end, and running requests are finished. */
  readonly stopping: AbortSignal;
  /** Reads the configuration anew; rejects with a ConfigError when it is refused. */
  readonly reload: () => Promise<void>;
  readonly version: string;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; the returned function cancels it. */
  readonly after: (ms: number, callback: () => void) => () => void;
}
