import type { Address } from '../model/target';
import { Secret } from '../model/secret';
import { parseHostPort } from './host-port';
import type { Parsed } from './parsed';

/** What the URL of a target says. */
export interface TargetUrl {
  readonly address: Address;
  /** The scheme asks for TLS. */
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: Secret;
}

type Credentials = Pick<TargetUrl, 'username' | 'password'>;

const DEFAULT_PORT = 6379;
const TLS_OF_SCHEME: ReadonlyMap<string, boolean> = new Map([
  ['redis', false],
  ['rediss', true],
  ['valkey', false],
  ['valkeys', true],
  ['unix', false],
]);
const URL_PARTS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is;
const DATABASE = /^(?:\/\d*)?$/;

/**
 * Reads `redis://[user:password@]host[:port][/db]`, the same with `rediss`, `valkey`, `valkeys` or no scheme, and
 * `unix://[user:password@]/path`. A database number is ignored: every database is monitored. User information
 * without a colon is a password, as redis-cli reads it.
 */
export function parseTargetUrl(text: string): Parsed<TargetUrl> {
  if (text === '') return { problem: 'is empty: write for example redis://127.0.0.1:6379' };
  if (/[\s\p{Cc}]/u.test(text))
    return { problem: 'holds white space or control characters: write them percent-encoded' };
  if (text.startsWith('/')) return { problem: 'looks like a path: write unix:///path for a socket' };

  const [, givenScheme = 'redis', authority = '', rest = ''] = URL_PARTS.exec(text) ?? [];
  const scheme = givenScheme.toLowerCase();
  const tls = TLS_OF_SCHEME.get(scheme);
  if (tls === undefined) return { problem: `has an unknown scheme: use ${[...TLS_OF_SCHEME.keys()].join(', ')}` };

  const at = authority.lastIndexOf('@');
  const credentials = readUserInfo(authority.slice(0, Math.max(0, at)));
  if ('problem' in credentials) return credentials;
  const address = (scheme === 'unix' ? readSocket : readHost)(authority.slice(at + 1), rest);
  if ('problem' in address) return address;
  return { value: { address: address.value, tls, ...credentials.value } };
}

function readUserInfo(text: string): Parsed<Credentials> {
  const colon = text.indexOf(':');
  try {
    const username = decodeURIComponent(text.slice(0, Math.max(0, colon)));
    const password = decodeURIComponent(text.slice(colon + 1));
    return {
      value: { ...(username !== '' && { username }), ...(password !== '' && { password: new Secret(password) }) },
    };
  } catch {
    return { problem: 'has a stray % in its user or password: write it as %25' }; // all that decoding can find wrong
  }
}

function readSocket(beforePath: string, path: string): Parsed<Address> {
  if (beforePath !== '' || !/^\/./.test(path)) return { problem: 'needs the absolute path of a socket: unix:///path' };
  return { value: { kind: 'unix', path } };
}

function readHost(hostAndPort: string, rest: string): Parsed<Address> {
  if (rest.includes('@')) return { problem: 'has a / ? or # in its user or password: write them as %2F %3F %23' };
  const parsed = parseHostPort(hostAndPort);
  if ('problem' in parsed) return parsed;
  if (!DATABASE.test(rest)) return { problem: 'has more behind the host than a database number: remove it' };
  const { host, port = DEFAULT_PORT } = parsed.value;
  if (host === '') return { problem: 'has no host: write for example redis://127.0.0.1:6379' };
  if (port === 0) return { problem: 'has a bad port: it is a number from 1 to 65535' };
  return { value: { kind: 'tcp', host, port } };
}
