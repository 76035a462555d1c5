import { hostname } from 'node:os';
import { hashSync } from 'bcryptjs';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { send, type Answer } from '../testing/http-app';

jest.setTimeout(60_000);

const TARGETS = [{ name: 'cache', url: '127.0.0.1:1' }];
const BODY = '{"table":"targets"}';

let open: CollectorProcess;
let guarded: CollectorProcess;

beforeAll(async () => {
  const config = { targets: TARGETS };
  const web = { basicAuthUsers: { reader: hashSync('right', 4) } };
  [open, guarded] = await Promise.all([
    startCollector({ configText: JSON.stringify(config) }),
    startCollector({ configText: JSON.stringify({ ...config, web }) }),
  ]);
});

const LOGGED_IN = { authorization: `Basic ${Buffer.from('reader:right').toString('base64')}` };
const PORTS = { open: () => new URL(open.url).port, guarded: () => new URL(guarded.url).port };

/** As a browser asks for the page at `host`; PORT is that of the collector. */
function ask(host: string, path = '/', headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return send(open.url + path, { headers: { host: host.replace('PORT', PORTS.open()), ...headers } });
}

describe('a page whose name was made to lead here', () => {
  const names = [
    'evil.example:PORT',
    'evil.example.:PORT',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
  ];
  const paths = ['/', '/metrics', '/scrape?target=cache', '/sd', '/targets/cache', '/api/v1/status', '/api/v1/catalog'];

  it.each(names)('reads nothing as %s', async (name) => {
    for (const path of paths) {
      const { status, text } = await ask(name, path);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ status: 'error', errorType: 'bad_data' });
      expect(text).not.toContain('cache');
    }
  });

  it('posts nothing either', async () => {
    const host = `evil.example:${PORTS.open()}`;
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' };
    for (const path of ['/-/reload', '/api/v1/table', '/api/v1/stream']) {
      expect((await send(open.url + path, { method: 'POST', headers, body: BODY })).status).toBe(400);
    }
    expect(open.output()).not.toContain('reloaded');
  });

  it('is asked for credentials where there are any', async () => {
    expect((await send(guarded.url, { headers: { host: `evil.example:${PORTS.guarded()}` } })).status).toBe(401);
  });
});

it.each([
  ['localhost', 'localhost:PORT'],
  ['the address', '127.0.0.1:PORT'],
  ['the machine', `${hostname()}:PORT`],
  ['a tunnel to another port', 'localhost:9999'],
  ['a proxy that keeps the name', 'vitals.example.com'],
  ['a proxy that keeps the name and its port', 'vitals.example.com:8443'],
  ['a container on this machine', 'host.docker.internal:PORT'],
])('%s is answered', async (_, host) => {
  expect((await ask(host)).status).toBe(200);
  expect((await ask(host, '/metrics')).status).toBe(200);
});

it.each(['/health', '/ready'])('%s answers to every name', async (path) => {
  expect([200, 503]).toContain((await ask('evil.example:PORT', path)).status);
});

describe('a page of another site', () => {
  const ORIGIN = { origin: 'https://evil.example' };

  /** What a browser sends without asking first, credentials it knows included. */
  const simple: readonly (readonly [string, Record<string, string>])[] = [
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['plain text that is called JSON as well', { 'content-type': 'text/plain; application/json' }],
    ['what has no type', {}],
  ];
  it.each(simple)('has nothing done by %s', async (_, headers) => {
    for (const path of ['/api/v1/query', '/api/v1/events', '/api/v1/table', '/api/v1/stream']) {
      const answer = await post(path, { ...ORIGIN, ...headers });
      expect({ path, status: answer.status }).toEqual({ path, status: 415 });
    }
    expect((await post('/-/reload', { ...ORIGIN, ...headers })).status).toBe(403);
    expect(guarded.output()).not.toContain('reloaded');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port of the same machine', { origin: 'http://127.0.0.1:1' }],
    ['the same name with more behind it', { origin: 'http://127.0.0.1.evil.example' }],
  ])('has no configuration reloaded: %s', async (_, headers) => {
    expect((await post('/-/reload', headers)).status).toBe(403);
    expect(guarded.output()).not.toContain('reloaded');
  });

  it.each(['/', '/metrics', '/api/v1/table', '/-/reload'])(
    'is not allowed more when it asks first: %s',
    async (path) => {
      const headers = {
        ...ORIGIN,
        ...LOGGED_IN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      };
      const answer = await send(guarded.url + path, { method: 'OPTIONS', headers });
      expect(answer.status).toBe(405);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  );

  it.each(['/', '/metrics', '/api/v1/status', '/sd'])('cannot read %s', async (path) => {
    const answer = await send(guarded.url + path, { headers: { ...ORIGIN, ...LOGGED_IN } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('%s does not reload', async (method) => {
    const answer = await send(`${guarded.url}/-/reload`, { method, headers: LOGGED_IN });
    expect(answer.status).toBe(405);
    expect(guarded.output()).not.toContain('reloaded');
  });

  it('what it may not do, who is no page may', async () => {
    expect((await post('/api/v1/table', {})).status).toBe(200);
    expect((await post('/-/reload', {})).status).toBe(200);
  });

  function post(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const length = String(path === '/-/reload' ? 0 : BODY.length);
    return send(guarded.url + path, {
      method: 'POST',
      headers: { ...LOGGED_IN, 'content-length': length, ...headers },
      body: path === '/-/reload' ? '' : BODY,
    });
  }
});
