import type { Socket } from 'node:net';
import type { CatalogAnswer } from '../api/contract';
import { LIMITS } from '../api/limits';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { peakBytes } from '../testing/memory';
import { openSocket } from '../testing/raw-http';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const LONG_MS = 60_000;
const TARGETS = Array.from({ length: 10 }, (_, number) => `cache-${number}-${'a'.repeat(100)}`);
/** Far more than is needed, far less than an attack would take. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Makes a body as long as it may be, nearly. */
const FILLER = 'x'.repeat(200_000);

let collector: CollectorProcess;

beforeAll(async () => {
  const { url } = await startRedis();
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: '500ms', timeout: '500ms' },
      targets: TARGETS.map((name) => ({ name, url })),
    }),
  });
  await until(async () => (await catalog()).sections.length > 5, 'the history to have something', LONG_MS);
});

async function catalog(): Promise<CatalogAnswer> {
  return JSON.parse((await collector.get('/api/v1/catalog')).text) as CatalogAnswer;
}

async function expectBusinessAsUsual(): Promise<void> {
  const polls = async () => {
    const page = await collector.get('/metrics');
    return sampleValue(parseExposition(page.text), 'redis_vitals_polls_total', { instance: TARGETS[0]! }) ?? NaN;
  };
  const before = await polls();
  await until(async () => (await polls()) > before, 'more polls', LONG_MS);
  expect((await collector.get('/')).status).toBe(200);
}

/** The requests that take matchers, on the main thread and on that of the history. */
const WITH_MATCHERS: readonly (readonly [string, (matchers: readonly object[]) => object])[] = [
  ['table', (labels) => ({ table: 'targets', targets: { labels } })],
  ['events', (labels) => ({ from: 'now-1h', to: 'now', targets: { labels } })],
  ['query', (labels) => ({ from: 'now-1m', to: 'now', queries: [{ refId: 'A', fields: ['redis_up'], labels }] })],
];

describe.each(WITH_MATCHERS)('patterns in a request for %s', (route, request) => {
  /** The message of the error; undefined: there is none. */
  async function refusal(pattern: string, count = 1): Promise<string | undefined> {
    const matchers = Array.from({ length: count }, () => ({ label: 'instance', op: '=~', value: pattern }));
    const { text } = await collector.post(`/api/v1/${route}`, request(matchers));
    return /"errorType":"bad_data","error":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  }

  it.each([
    ['(a+)+$', '(a+)+$'],
    ['(a|aa)+$', '(a|aa)+$'],
    ['(a|a?)+$', '(a|a?)+$'],
    ['(.*)*x', '(.*)*x'],
    ['(.*a){20}x', '(.*a){20}x'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', '^(([a-z])+.)+[A-Z]([a-z])+$'],
    ['a class repeated behind itself', '(?:[a-z0-9-]*a[a-z0-9-]{100}|x)'],
    ['a group repeated often', '(?:.?){600}x'],
    ['ranges of repetitions', '.{0,900}'.repeat(10)],
    ['many alternatives', Array.from({ length: 30 }, (_, number) => `${'a'.repeat(100)}-${number}`).join('|')],
  ])('that other engines choke on are matched: %s', async (_, pattern) => {
    expect(await refusal(pattern)).toBeUndefined();
  });

  it.each([
    ['(a{1000}){1000}', '(a{1000}){1000}', /10000 characters/],
    ['((a{100}){100}){100}', '((a{100}){100}){100}', /10000 characters/],
    ['hundreds of ranges', '.{0,1000}'.repeat(400), /10000 characters/],
    ['hundreds of classes', '\\pL{1000}'.repeat(300), /10000 characters/],
    ['a thousand times a long text', `(?:${'.'.repeat(3900)}){1000}`, /10000 characters/],
    ['a{1001}', 'a{1001}', /invalid repeat count/],
    ['a{99999999999999999999}', 'a{99999999999999999999}', /10000 characters/],
    ['brackets without end', '('.repeat(3000), /missing closing|nests too deeply/],
    ['brackets in brackets', `${'('.repeat(1500)}a${')'.repeat(1500)}`, /nests too deeply/],
    ['(a)\\1', '(a)\\1', /invalid escape/],
    ['(?=a)', '(?=a)', /invalid or unsupported Perl syntax/],
    ['[', '[', /missing closing/],
    ['a long text', 'x'.repeat(LIMITS.patternLength + 1), /4000/],
  ])('that would take too much, or that are none, are refused: %s', async (_, pattern, message) => {
    expect(await refusal(pattern)).toMatch(message);
  });

  it('that are too large together are refused', async () => {
    expect(await refusal('.{0,900}', 10)).toBeUndefined();
    expect(await refusal('.{0,900}', 12)).toMatch(/the patterns may have 10000 characters in all/);
  });
});

it('patterns have not cost much memory', async () => {
  await expectBusinessAsUsual();
  expect(peakBytes(collector)).toBeLessThan(MOST_BYTES);
});

describe('wide questions', () => {
  let fields: readonly string[];

  beforeAll(async () => {
    const all = (await catalog()).sections.flatMap((section) => section.fields);
    const plain = all.filter(({ type, labels }) => type === 'gauge' && labels.length === 0);
    fields = plain.slice(0, LIMITS.fields).map(({ metric }) => metric);
    expect(fields.length).toBe(LIMITS.fields);
  });

  /** Nearly as many points as a request may have, of all targets. */
  const wide = () => ({ from: 'now-7d', to: 'now', maxDataPoints: 9_900, queries: [{ refId: 'A', fields }] });
  const queries = (count: number, query: object) =>
    Array.from({ length: count }, (_, number) => ({ refId: `A${number}`, ...query }));
  const ask = (body: object) => collector.post('/api/v1/query', body);

  it('are answered within the limits, and refused beyond, query by query', async () => {
    const all = { from: 'now-7d', to: 'now', maxDataPoints: LIMITS.maxDataPoints };
    const { status, text } = await ask({ ...all, queries: queries(LIMITS.queries, { fields }) });
    expect(status).toBe(200);
    const refused = text.match(/the query needs \d+ points, and a request may have 5000000 in all/g) ?? [];
    expect(refused.length).toBeGreaterThanOrEqual(LIMITS.queries - 1);
    expect((await ask({ ...all, queries: queries(LIMITS.queries + 1, { fields }) })).status).toBe(400);
    expect((await ask({ ...all, maxDataPoints: LIMITS.maxDataPoints + 1, queries: [] })).status).toBe(400);
    const narrow = queries(LIMITS.queries, { fields: fields.slice(0, 9), targets: { names: [TARGETS[0]] } });
    const answer = await ask({ ...all, queries: narrow });
    expect(answer.text.match(/"status":"success"/g)).toHaveLength(LIMITS.queries + 1);
  });

  it('many at once wait for each other', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(wide())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await expectBusinessAsUsual();
  });

  it('tables of everything, many at once, too', async () => {
    const tables = ['info', 'config', 'commands', 'clients', 'targets', 'slowlog'];
    const asked = Array.from({ length: 30 }, (_, number) => ({ table: tables[number % 6], limit: LIMITS.rows }));
    const answers = await Promise.all(asked.map((body) => collector.post('/api/v1/table', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await collector.post('/api/v1/table', { table: 'info', limit: LIMITS.rows + 1 })).status).toBe(400);
  });

  const post = (path: string, body: object) => {
    const text = JSON.stringify(body);
    return (
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${text.length}\r\n\r\n${text}`
    );
  };
  const openAll = (count: number) => Promise.all(Array.from({ length: count }, () => openSocket(port())));
  const port = () => Number(new URL(collector.url).port);

  it('that nobody reads the answers of are refused when there are too many', async () => {
    const sockets = await openAll(20);
    for (const socket of sockets) socket.pause().write(post('/api/v1/query', wide()));
    const isRefused = async () => (await ask(wide())).status === 503;
    await until(isRefused, 'a refusal', LONG_MS);
    await expectBusinessAsUsual();
    for (const socket of sockets) socket.destroy();
    await until(async () => !(await isRefused()), 'an answer', LONG_MS);
  });

  it('sent ahead of their answers on one connection end it', async () => {
    const socket = await openSocket(port());
    let isEnded = false;
    socket.resume().once('close', () => (isEnded = true));
    for (let count = 0; count < 40; count++) socket.write(post('/api/v1/query', { ...wide(), filler: FILLER }));
    await until(() => isEnded, 'the connection to end', LONG_MS);
    await expectBusinessAsUsual();
  });

  it('as streams go on side by side, no more than there may be', async () => {
    const sockets = await openAll(LIMITS.streams + 20);
    const starts = new Map<Socket, string>();
    const narrow = { refId: 'A', fields: fields.slice(0, 5) };
    for (const socket of sockets) {
      socket.setEncoding('latin1').on('data', (text: string) => {
        if (!starts.has(socket)) starts.set(socket, text.slice(0, 'HTTP/1.1 200'.length));
      });
      socket.write(post('/api/v1/stream', { from: 'now-1h', maxDataPoints: 100, queries: [narrow] }));
    }
    await until(() => starts.size === sockets.length, 'each stream to begin or be refused', LONG_MS);
    const count = (start: string) => [...starts.values()].filter((one) => one === start).length;
    expect([count('HTTP/1.1 200'), count('HTTP/1.1 503')]).toEqual([LIMITS.streams, 20]);
    await expectBusinessAsUsual();
    for (const socket of sockets) socket.destroy();
  });

  it('have cost memory within bounds, and nothing has ended by it', async () => {
    await expectBusinessAsUsual();
    expect(peakBytes(collector)).toBeLessThan(MOST_BYTES);
    expect(collector.output()).not.toMatch(/"level":"(?:error|fatal)"/);
  });
});
