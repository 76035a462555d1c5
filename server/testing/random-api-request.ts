import { EXAMPLES } from '../api/examples';
import type { Ask } from './http-app';
import { randomInteger } from './random';

type Random = () => number;

function any<T>(random: Random, list: readonly T[]): T {
  return list[randomInteger(random, list.length)]!;
}

const ROUTES = ['query', 'events', 'table', 'stream', 'catalog', 'status', 'openapi.json'];
const TYPES = ['application/json', 'application/json;charset=utf-8', 'text/plain', '', '/', 'application/json\t'];
const OTHER_HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'accept-encoding': 'gzip' },
  { 'accept-encoding': 'gzip;q=x, *;q=-1' },
  { 'transfer-encoding': 'chunked' },
  { 'content-encoding': 'br' },
  { authorization: 'Basic Zm9vOmJhcg==' },
  { origin: 'null', accept: '\u00ff' },
];

/** A request to the JSON API, mostly one that is nearly right. */
export function makeApiRequest(random: Random): { path: string; how: Ask } {
  const suffix = random() < 0.9 ? '' : any(random, ['/', '?a=%zz', '%2f', '/%00', '?__proto__=1', '%ff']);
  const path = `/api/v1/${any(random, ROUTES)}${suffix}`;
  const method = random() < 0.7 ? 'POST' : any(random, ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
  const type = random() < 0.8 ? TYPES[0]! : any(random, TYPES);
  const body = method === 'GET' || method === 'HEAD' ? '' : makeBody(random);
  const others = any(random, OTHER_HEADERS);
  const length = 'transfer-encoding' in others ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { path, how: { method, headers: { 'content-type': type, ...others, ...length }, body } };
}

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.5,
  '',
  'now',
  'now-99999999999999999999y',
  '__proto__',
  'constructor',
  '\u0000\ud800',
  'a'.repeat(2000),
  '(?:a+)+$',
  '[',
  [],
  {},
  { names: ['toString'] },
  [[[[[]]]]],
  NaN,
];

/** A good request with some of its values replaced, taken away or doubled, or with some of its text broken. */
function makeBody(random: Random): string {
  const requests = Object.entries(EXAMPLES).filter(([name]) => name.endsWith('Request'));
  const [, example] = any(random, requests);
  let body = structuredClone(example);
  for (let changes = randomInteger(random, 4); changes > 0; changes--) body = mutate(random, body);
  const text = JSON.stringify(body);
  const dice = random();
  if (dice < 0.8) return text;
  if (dice < 0.85) return text.slice(0, randomInteger(random, text.length));
  if (dice < 0.9) return any(random, ['', ' ', '['.repeat(100_000), '{"a":'.repeat(10_000), `"${'x'.repeat(300_000)}`]);
  const at = randomInteger(random, text.length);
  return text.slice(0, at) + String.fromCharCode(randomInteger(random, 300)) + text.slice(at + 1);
}

function mutate(random: Random, value: unknown): unknown {
  if (random() < 0.2 || typeof value !== 'object' || value === null) return any(random, VALUES);
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.3) return [...(value as unknown[]), any(random, VALUES)];
    const at = randomInteger(random, value.length);
    return random() < 0.2 ? [...(value as unknown[]), value[at]] : value.with(at, mutate(random, value[at]));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random() < 0.2)
    return { ...value, [any(random, ['to', 'x', 'labels', 'topK'])]: any(random, VALUES) };
  const [key, inner] = any(random, entries) as [string, unknown];
  const { [key]: removed, ...others } = value as Record<string, unknown>;
  return random() < 0.2 ? others : { ...others, [key]: mutate(random, removed ?? inner) };
}

/** Whether a status and a text are what the API may answer: no mistake of ours, and an envelope where it refuses. */
export function isGoodAnswer({ method }: Ask, { status, text }: { status: number; text: string }): boolean {
  if (status >= 500) return false;
  return status < 400 || method === 'HEAD' || /^\{"status":"error","errorType":"\w+","error":"/.test(text);
}
