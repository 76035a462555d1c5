import { isDeepStrictEqual } from 'node:util';
import { Secret } from '../model/secret';
import type { Parsed } from './parsed';
import { parseTargetUrl, type TargetUrl } from './target-url';

/** Passwords, each for one address, and for one user of it if it names one. */
export type PasswordMap = readonly { readonly url: TargetUrl; readonly password: Secret }[];

/** True when a password file of redis_exporter's kind is a JSON map, not a password. */
export function isPasswordMap(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** Reads `{"redis://host:6379": "password", "redis://user@host:6379": "password"}`. */
export function parsePasswordMap(text: string): Parsed<PasswordMap> {
  const entries = readJson(text);
  if (entries === undefined) return { problem: 'is no JSON map of addresses to passwords, both in double quotes' };
  const map = entries.flatMap(([address, password]) => {
    const url = parseTargetUrl(asUser(address));
    return 'value' in url ? [{ url: url.value, password: new Secret(password) }] : [];
  });
  if (map.length === entries.length) return { value: map };
  return { problem: 'has an entry without a good address: write addresses like redis://cache:6379' };
}

/** The password of exactly this address and user; an empty one means none. */
export function lookUpPassword(map: PasswordMap, target: TargetUrl, username: string | undefined): Secret | undefined {
  const found = map.find(
    ({ url }) => url.username === username && url.tls === target.tls && isDeepStrictEqual(url.address, target.address)
  );
  return found?.password.reveal() === '' ? undefined : found?.password;
}

/** In an address of the map, unlike elsewhere, user information without a colon is a user name. */
function asUser(address: string): string {
  return address.replace(/^([^:]+:\/\/[^:@/]+)@/, '$1:@');
}

function readJson(text: string): [string, string][] | undefined {
  try {
    const entries = Object.entries(JSON.parse(text) as object); // it begins with {: a map, or it throws
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string') ? entries : undefined;
  } catch {
    return undefined; // the message of the parser would quote the text
  }
}
