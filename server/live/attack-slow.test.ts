import type { Socket } from 'node:net';
import { makeCertificates } from '../testing/certificates';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { peakBytes } from '../testing/memory';
import { openSocket, readAll, statusesIn } from '../testing/raw-http';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const LONG_MS = 60_000;
const DRIBBLE_MS = 500;

let collector: CollectorProcess;
let port: number;
/** Of another collector, which speaks TLS. */
let tlsPort: number;

beforeAll(async () => {
  const server = await startRedis();
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: '500ms', timeout: '400ms' },
      targets: [{ name: 'cache', url: server.url }],
    }),
  });
  port = Number(new URL(collector.url).port);
  const { certFile: cert, keyFile: key } = makeCertificates();
  const web = { tls: { cert, key } };
  const other = await startCollector({ configText: JSON.stringify({ web, targets: [{ url: server.url }] }) });
  tlsPort = Number(new URL(other.url).port);
  await until(async () => (await collector.get('/ready')).status === 200, 'the first poll');
});

async function polls(): Promise<number> {
  const { text } = await collector.get('/metrics');
  return sampleValue(parseExposition(text), 'redis_vitals_polls_total', { instance: 'cache' }) ?? NaN;
}

/** Others are answered, and the target is polled as before. */
async function expectBusinessAsUsual(): Promise<void> {
  const before = await polls();
  for (const path of ['/', '/metrics', '/scrape?target=cache', '/api/v1/status', '/health']) {
    expect((await collector.get(path)).status).toBe(200);
  }
  expect((await collector.post('/api/v1/table', { table: 'info' })).status).toBe(200);
  await until(async () => (await polls()) > before + 1, 'more polls', LONG_MS);
}

/** Opens so many connections; each sends its head, and then one byte now and then. */
async function openSlow(count: number, head: string, byte: string, at = port) {
  const sockets: Socket[] = await Promise.all(Array.from({ length: count }, () => openSocket(at)));
  const answers: string[] = [];
  for (const socket of sockets) {
    void readAll(socket).then((answer) => answers.push(answer));
    socket.write(head);
  }
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable && byte !== '') socket.write(byte);
  }, DRIBBLE_MS);
  return {
    async untilAllHaveEnded(): Promise<ReadonlySet<string>> {
      await until(() => answers.length === count, `${count} slow clients to be given up`, LONG_MS);
      clearInterval(timer);
      return new Set(answers.map((answer) => String(statusesIn(answer))));
    },
  };
}

const JSON_HEAD = 'POST /api/v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

it('slow and silent clients stop nobody, and are given up', async () => {
  const clients = {
    headers: await openSlow(200, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'x'),
    lines: await openSlow(50, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n', 'X: y\r\n'),
    silent: await openSlow(100, '', ''),
    bodies: await openSlow(50, `${JSON_HEAD}Content-Length: 1000\r\n\r\n`, ' '),
    chunks: await openSlow(50, `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    handshakes: await openSlow(50, '', '', tlsPort),
  };
  await expectBusinessAsUsual();
  const ended = await Promise.all(
    Object.entries(clients).map(async ([name, slow]) => [name, [...(await slow.untilAllHaveEnded())]] as const)
  );
  expect(Object.fromEntries(ended)).toEqual({
    headers: ['408'],
    lines: ['408'],
    silent: ['408'],
    bodies: ['408'],
    chunks: ['408'],
    handshakes: [''],
  });
  await expectBusinessAsUsual();
});

describe('a thousand connections', () => {
  const REQUEST = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it('that are kept for later stop nobody', async () => {
    const sockets = await Promise.all(Array.from({ length: 1000 }, () => openSocket(port)));
    let answered = 0;
    for (const socket of sockets) {
      socket.once('data', () => answered++).resume();
      socket.write(REQUEST);
    }
    await until(() => answered === sockets.length, 'an answer to each', LONG_MS);
    await expectBusinessAsUsual();
    const more = await Promise.all(Array.from({ length: 100 }, () => openSocket(port)));
    more.forEach((socket) => socket.write(REQUEST));
    await until(async () => (await collector.get('/health')).status === 200, 'room for others', LONG_MS);
    for (const socket of [...sockets, ...more]) socket.destroy();
  });
});

describe('too much', () => {
  const OTHER_HEAD = 'POST /-/reload HTTP/1.1\r\nHost: localhost\r\n';

  it.each<[string, string, number]>([
    ['a header of 20 kB', `GET /health HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['10,000 headers', `GET /health HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(10_000)}\r\n`, 431],
    ['an address of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['10 GB to come', `${JSON_HEAD}Content-Length: 10000000000\r\n\r\n`, 413],
    ['10 GB to come for another route', `${OTHER_HEAD}Content-Length: 10000000000\r\n\r\n`, 413],
    ['chunks to come for another route', `${OTHER_HEAD}Transfer-Encoding: chunked\r\n\r\n`, 411],
  ])('%s is refused before it has come', async (_, bytes, status) => {
    const socket = await openSocket(port);
    socket.write(bytes);
    expect(statusesIn(await readAll(socket))).toEqual([status]);
  });

  const CHUNK = `2000\r\n${' '.repeat(0x2000)}\r\n`;
  it.each<[string, string, string, number]>([
    ['headers', 'GET /health HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'.repeat(1000), 431],
    ['an address', 'GET /', 'x'.repeat(10_000), 431],
    ['a method', 'G', 'G'.repeat(10_000), 400],
    ['a body', `${JSON_HEAD}Content-Length: 10000000000\r\n\r\n`, 'x'.repeat(65_536), 413],
    ['chunks', `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`, CHUNK, 413],
    ['chunks for another route', `${OTHER_HEAD}Transfer-Encoding: chunked\r\n\r\n`, CHUNK, 411],
    ['an extension of a chunk', `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n2;`, 'x'.repeat(10_000), 413],
  ])('%s without end: the connection ends', async (_, head, endless, status) => {
    const socket = await openSocket(port);
    const answer = readAll(socket);
    socket.write(head);
    const flood = () => {
      while (socket.writable && socket.write(endless));
    };
    socket.on('drain', flood);
    flood();
    // Who goes on sending may not come to read what was answered.
    expect([[], [status]]).toContainEqual(statusesIn(await answer));
  });

  it.each([
    ['an address of 15 kB', `/${'x'.repeat(15_000)}`, 404],
    ['5,000 parameters', `/?${'a=1&'.repeat(3_900)}`, 200],
    ['a target of 5 kB', `/scrape?target=${'x'.repeat(5_000)}`, 400],
    ['a path of 5,000 parts', '/a'.repeat(5_000), 404],
  ])('%s is answered', async (_, path, status) => {
    expect((await collector.get(path)).status).toBe(status);
  });

  it('has not cost much memory, nor any mistake', async () => {
    await expectBusinessAsUsual();
    expect(peakBytes(collector)).toBeLessThan(512 * 1024 * 1024);
    expect(collector.output()).not.toMatch(/"level":"(?:error|fatal)"|Warning/);
  });
});
