import { BlockList, isIP } from 'node:net';
import { formatHostPort, parseHostPort } from './host-port';
import type { Parsed } from './parsed';

/** Where we serve. An empty host means all interfaces, as it does for node:net; port 0 any free port. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Reads `host:port`, `[v6]:port`, and `:port` for all interfaces. */
export function parseListen(text: string): Parsed<Listen> {
  const parsed = parseHostPort(text);
  if ('problem' in parsed) return parsed;
  const { host, port } = parsed.value;
  return port === undefined ? { problem: 'has no port: write for example 127.0.0.1:9121' } : { value: { host, port } };
}

export const formatListen: (listen: Listen) => string = formatHostPort;

/** True when only processes of the same machine can reach an address. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const version = isIP(host);
  return version !== 0 && LOOPBACK.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
