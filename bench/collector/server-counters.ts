/** What a server has counted since it started, what its replicas say to it left out. */
export interface ServerCounters {
  /** Connections it has accepted. */
  readonly connections: number;
  /** Reads of clients' sockets (Redis 6.0+). */
  readonly reads: number;
  readonly commands: number;
}

/** Reads INFO. A replica says REPLCONF ACK once a second, in a read of its own. */
export function parseServerCounters(info: string): ServerCounters {
  const calls = new Map([...info.matchAll(/^cmdstat_(.+):calls=(\d+)/gm)].map(([, name, n]) => [name, Number(n)]));
  const acknowledged = calls.get('replconf') ?? 0;
  return {
    connections: field(info, 'total_connections_received'),
    reads: field(info, 'total_reads_processed') - acknowledged,
    commands: [...calls.values()].reduce((sum, n) => sum + n, 0) - acknowledged,
  };
}

function field(info: string, name: string): number {
  const value = new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1];
  if (value === undefined) throw new Error(`INFO has no ${name}: the benchmark needs Redis 6.0 or newer`);
  return Number(value);
}
