import type { ArgumentsKept } from '../model/arguments-kept';
import type { Secret } from '../model/secret';
import type { Target } from '../model/target';
import { isLoopback, type Listen } from './listen';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** When what the history has written reaches the disk itself: in time, or before it counts as written. */
export const SYNCHRONOUS = ['normal', 'full'] as const;
export type Synchronous = (typeof SYNCHRONOUS)[number];

/** PEM files of our own HTTPS. */
export interface WebTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** Clients must show a certificate that it has signed. */
  readonly clientCaFile?: string;
}

/** The effective configuration: every default filled in, every file it names readable when it was loaded. */
export interface Config {
  readonly listen: Listen;
  /** First word of metric names. */
  readonly namespace: string;
  /** The one target came by URL, environment or default, not from the file: its series carry no instance label. */
  readonly singleTarget: boolean;
  /** Never empty; names are unique. */
  readonly targets: readonly Target[];
  readonly scrape: {
    /** A scrape is answered by a poll no older than this. */
    readonly maxAgeMs: number;
    /** Patterns of `host:port` (`*` is any text) that /scrape may ask although they are no targets. */
    readonly allow: readonly string[];
  };
  readonly web: {
    /** Serving beyond loopback without users and tokens has been asked for. */
    readonly allowUnauthenticated: boolean;
    /** User names and the bcrypt hashes of their passwords. */
    readonly basicAuthUsers: ReadonlyMap<string, Secret>;
    readonly bearerTokens: readonly Secret[];
    /** Absent: plain HTTP. */
    readonly tls?: WebTls;
  };
  readonly history: {
    readonly enabled: boolean;
    /** Absolute; made when it is not there. */
    readonly directory: string;
    /** Samples, events and slow-log entries are kept this long. */
    readonly retentionMs: number;
    /** The oldest samples go before the files take more; absent: no limit. */
    readonly maxBytes?: number;
    readonly synchronous: Synchronous;
  };
  readonly slowlog: { readonly arguments: ArgumentsKept };
  readonly log: { readonly level: LogLevel };
}

/** What counts where nothing is given; the timeout is never longer than the interval. */
export const DEFAULTS = {
  url: 'redis://127.0.0.1:6379',
  listen: { host: '127.0.0.1', port: 9121 },
  namespace: 'redis',
  intervalMs: 10_000,
  timeoutMs: 2_000,
  maxAgeMs: 1_000,
  logLevel: 'info',
  /** In the working directory. */
  dataDirectory: 'data',
  retentionMs: 15 * 24 * 60 * 60 * 1000,
  synchronous: 'normal',
  slowlogArguments: 'redacted',
} as const;

/** True when others than this machine can read the metrics without showing credentials: worth a warning. */
export function isOpenToAnyone({ listen, web }: Pick<Config, 'listen' | 'web'>): boolean {
  return !isLoopback(listen.host) && web.basicAuthUsers.size === 0 && web.bearerTokens.length === 0;
}
