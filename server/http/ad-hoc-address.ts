import { isIPv4, isIPv6 } from 'node:net';
import type { AdHocAddress } from '../poll/interfaces';

const DEFAULT_PORT = '6379';
const ADDRESS = /^(?:(?:redis|valkey)(s?):\/\/)?([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/;
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * Reads `host`, `host:port`, `[v6]:port` or a redis://, rediss://, valkey://, valkeys:// URL of these. Everything else
 * (credentials, database, options, sockets, numbers that resolvers take for IPv4) gives undefined.
 */
export function parseAdHocAddress(text: string): AdHocAddress | undefined {
  const [, tls, host, portText = DEFAULT_PORT] = ADDRESS.exec(text.toLowerCase()) ?? [];
  const port = Number(portText);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  const bare = withoutBrackets(host);
  if (host.startsWith('[') ? !isIPv6(bare) : ENDS_IN_NUMBER.test(host) && !isIPv4(host)) return undefined;
  return { host: bare, port, tls: tls === 's' };
}

/**
 * True when one of the patterns covers the address. A pattern is `host:port`, where `*` stands for any characters. A
 * host of digits, dots and `*` covers IPv4 addresses only: `10.0.0.*` is not `10.0.0.example.com`.
 */
export function isAllowed(address: AdHocAddress, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const colon = pattern.lastIndexOf(':');
    const host = withoutBrackets(pattern.slice(0, colon).toLowerCase());
    if (/^[\d.*]*\d[\d.*]*$/.test(host) && !isIPv4(address.host)) return false;
    return matches(host, address.host) && matches(pattern.slice(colon + 1), String(address.port));
  });
}

/** Looks at each character once for each part: a regular expression would try all ways to share the text among the stars. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split(/\*+/);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
