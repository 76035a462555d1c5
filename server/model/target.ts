import type { Secret } from './secret';

/** Where a Redis listens. */
export type Address =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** Where a password comes from; files and environment variables are read anew for each connection. */
export type PasswordSource =
  | { readonly from: 'value'; readonly value: Secret }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'env'; readonly variable: string };

/** TLS towards Redis. Paths of PEM files, read anew for each connection. */
export interface TargetTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Name the server's certificate must carry, and SNI; default the host. */
  readonly serverName?: string;
  readonly insecureSkipVerify: boolean;
}

/** One Redis to monitor, every default already filled in. */
export interface Target {
  /** Unique; the value of the `instance` label. */
  readonly name: string;
  readonly address: Address;
  readonly username?: string;
  readonly password?: PasswordSource;
  /** Absent: plain text. */
  readonly tls?: TargetTls;
  /** Added to every series of the target. */
  readonly labels: Readonly<Record<string, string>>;
  readonly intervalMs: number;
  /** Deadline of a whole poll, connecting included. */
  readonly timeoutMs: number;
  /** Names of the collectors that are switched off. */
  readonly disabledCollectors: ReadonlySet<string>;
}

/** `host:port`, `[v6]:port` or `unix:///path`: how people and errors name an address. Holds no credentials. */
export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `unix://${address.path}`;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
