import { isIPv4, isIPv6 } from 'node:net';
import type { Parsed } from './parsed';

/** `host` is in lower case, without brackets, and empty where none was given. */
export interface HostPort {
  readonly host: string;
  readonly port: number | undefined;
}

const PARTS = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s;
const HOST_NAME = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?$/;
const ONLY_DIGITS_AND_DOTS = /^[\d.]+$/;

/** Splits `host`, `host:port`, `:port`, `[v6]` and `[v6]:port`. */
export function parseHostPort(text: string): Parsed<HostPort> {
  if (text.includes('/')) return { problem: 'is more than a host and a port: leave out scheme and path' };
  if (text.includes(',')) return { problem: 'names several addresses: give each on its own' };
  const [whole, hostText = '', portText] = PARTS.exec(text) ?? [];
  if (whole === undefined) return { problem: 'has a misplaced bracket: only an IPv6 address stands in brackets' };
  if (portText?.includes(':')) return { problem: 'needs brackets around an IPv6 address, as in [::1]:6379' };

  const host = readHost(hostText.toLowerCase());
  if ('problem' in host) return host;
  if (portText === undefined) return { value: { host: host.value, port: undefined } };
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535) {
    return { problem: 'has a bad port: it is a number up to 65535' };
  }
  return { value: { host: host.value, port: Number(portText) } };
}

/** The inverse of `parseHostPort`. */
export function formatHostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function readHost(text: string): Parsed<string> {
  if (text.startsWith('[')) {
    const address = text.slice(1, -1);
    return isIPv6(address) ? { value: address } : { problem: 'has no IPv6 address between its brackets' };
  }
  const isName = ONLY_DIGITS_AND_DOTS.test(text) ? isIPv4(text) : HOST_NAME.test(text);
  return isName || text === '' ? { value: text } : { problem: 'has a bad host: neither a name nor an IP address' };
}
