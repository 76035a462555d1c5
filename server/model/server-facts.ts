export type Flavour = 'redis' | 'valkey' | 'keydb' | 'dragonfly';
export type Mode = 'standalone' | 'cluster' | 'sentinel';

/** What decides which commands a server is asked: learned from INFO, with each connection and each poll. */
export interface ServerFacts {
  readonly flavour: Flavour;
  /** The flavour's own version (for Valkey `valkey_version`), as `[major, minor, patch]`; zeros when unreadable. */
  readonly version: readonly [number, number, number];
  /** The version of Redis whose commands the server understands: `redis_version`. */
  readonly redisVersion: readonly [number, number, number];
  readonly mode: Mode;
  /** `master`, `slave`, `sentinel`, as INFO and ROLE say; empty when INFO says nothing. */
  readonly role: string;
  readonly runId: string;
  /** Unix seconds; held still while uptime's rounding would make it jitter. */
  readonly startTimeSeconds: number;
  /** Names of the masters a sentinel watches; empty elsewhere. */
  readonly sentinelMasters: readonly string[];
}

export function isAtLeast(version: readonly [number, number, number], major: number, minor = 0, patch = 0): boolean {
  return (version[0] - major || version[1] - minor || version[2] - patch) >= 0;
}
