import { hashSync } from 'bcryptjs';
import { Canaries } from '../testing/canaries';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { send, startApp, type Answer } from '../testing/http-app';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

/** Every route: a path that reaches it, its good method, and whether it is for everybody. */
const ROUTES: Readonly<Record<string, { path: string; method: string; isOpen?: true }>> = {
  '/metrics': { path: '/metrics', method: 'GET' },
  '/health': { path: '/health', method: 'GET', isOpen: true },
  '/ready': { path: '/ready', method: 'GET', isOpen: true },
  '/scrape': { path: '/scrape?target=TARGET', method: 'GET' },
  '/sd': { path: '/sd', method: 'GET' },
  '/': { path: '/', method: 'GET' },
  '/targets/:name': { path: '/targets/TARGET', method: 'GET' },
  '/assets/:version/:name': { path: 'ASSET', method: 'GET' },
  '/-/reload': { path: '/-/reload', method: 'POST' },
  '/api/v1/query': { path: '/api/v1/query', method: 'POST' },
  '/api/v1/events': { path: '/api/v1/events', method: 'POST' },
  '/api/v1/table': { path: '/api/v1/table', method: 'POST' },
  '/api/v1/stream': { path: '/api/v1/stream', method: 'POST' },
  '/api/v1/catalog': { path: '/api/v1/catalog', method: 'GET' },
  '/api/v1/status': { path: '/api/v1/status', method: 'GET' },
  '/api/v1/openapi.json': { path: '/api/v1/openapi.json', method: 'GET' },
};
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const BODIES: Readonly<Record<string, string>> = {
  '/api/v1/query': '{"from":"now-1m","to":"now","queries":[{"refId":"A","fields":["redis_up"]}]}',
  '/api/v1/events': '{"from":"now-1m","to":"now"}',
  '/api/v1/table': '{"table":"info"}',
};

const REFUSAL = JSON.stringify({
  status: 'error',
  errorType: 'unauthorized',
  error: 'Give a user name and password, or a token, of those in the configuration.',
});
const [USER, PASSWORD, TOKEN] = ['reader', 'correct horse: battery', 'a.token_of-letters+and/more=='];
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What nobody may learn without credentials. */
const secrets = new Canaries();
const TARGET = `cache-${secrets.plantPlain('the name of a target')}`;
const LABEL = secrets.plantPlain('a label');

let collector: CollectorProcess;
let asset: string;

beforeAll(async () => {
  const server = await startRedis();
  collector = await startCollector({
    configText: JSON.stringify({
      targets: [{ name: TARGET, url: server.url, labels: { team: LABEL } }],
      web: { basicAuthUsers: { [USER]: hashSync(PASSWORD, 4) }, bearerTokens: [{ token: TOKEN }] },
    }),
  });
  await until(async () => (await collector.get('/ready')).status === 200, 'the first poll');
  const page = await collector.get('/', bearer(TOKEN));
  asset = /"(?:\.\/)?(assets\/[^"]+\.js)"/.exec(page.text)![1]!;
});

function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const real = path.replace('TARGET', TARGET).replace('ASSET', `/${asset}`);
  const { body = '' } = options;
  const headers = { 'content-length': String(Buffer.byteLength(body)), ...options.headers };
  return send(collector.url + real, { ...options, headers, body });
}

function said({ status, headers, text }: Answer) {
  return { where: String(status), text: `${JSON.stringify(headers)}\n${text}` };
}

it('the table below has every route of the app', async () => {
  const { app } = await startApp();
  // What is no route of Express' own could serve paths nobody sees here: there is none.
  const others = app.router.stack.filter(({ route }) => route === undefined).map(({ name }) => name);
  expect(others).toEqual(['<anonymous>', 'setSafeHeaders', 'limitBody', '<anonymous>', 'notFound', '<anonymous>']);
  const paths = app.router.stack.flatMap(({ route }) => (route === undefined ? [] : route.path));
  expect([...new Set(paths)]).toEqual(Object.keys(ROUTES));
});

const routes = Object.entries(ROUTES).map(([route, about]) => ({ route, ...about }));
const guarded = routes.filter(({ isOpen }) => isOpen !== true);

describe('with users and tokens', () => {
  it.each(guarded)('$route is for those with credentials', async ({ route, path, method }) => {
    if (route === '/api/v1/stream') return expectStream();
    const body = BODIES[route] ?? '';
    for (const headers of [basic(USER, PASSWORD), bearer(TOKEN)]) {
      const answer = await ask(path, { method, body, headers: { ...headers, 'content-type': 'application/json' } });
      expect(answer.status).toBe(200);
    }
  });

  async function expectStream(): Promise<void> {
    const headers = { ...bearer(TOKEN), 'content-type': 'application/json' };
    const answer = await ask('/api/v1/stream', { method: 'POST', headers, body: '{"from":"now","to":"now"}' });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('to: leave it out') as string });
  }

  const wrong: readonly (readonly [string, Record<string, string>])[] = [
    ['nothing', {}],
    ['a wrong password', basic(USER, 'wrong')],
    ['an unknown user', basic('nobody', PASSWORD)],
    ['a token as a password', basic(USER, TOKEN)],
    ['a password as a token', bearer('correct')],
    ['the beginning of a token', bearer(TOKEN.slice(0, -3))],
    ['a token of no scheme', { authorization: TOKEN }],
    ['credentials for a proxy', { 'proxy-authorization': bearer(TOKEN).authorization }],
    [
      'what a proxy says of its user',
      { 'x-forwarded-user': USER, 'x-webauth-user': USER, 'x-forwarded-for': '127.0.0.1' },
    ],
    ['a cookie', { cookie: `token=${TOKEN}; authorization=Bearer ${TOKEN}` }],
    ['a method within the headers', { 'x-http-method-override': 'GET', 'x-original-url': '/health' }],
  ];
  it.each(wrong)('no route tells anything to %s, by whatever method', async (what, headers) => {
    for (const { path } of guarded) {
      for (const method of what === 'nothing' ? METHODS : ['GET', 'POST', 'OPTIONS']) {
        const answer = await ask(path, { method, headers });
        expect({ path, method, status: answer.status, text: answer.text }).toEqual({
          ...{ path, method },
          status: 401,
          text: method === 'HEAD' ? '' : REFUSAL,
        });
        expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
        expect(answer.headers).not.toHaveProperty('allow');
        expect(secrets.leaksIn([said(answer)])).toEqual([]);
      }
    }
  });

  it.each(routes.filter(({ isOpen }) => isOpen))(
    '$route is for everybody, and says next to nothing',
    async ({ path }) => {
      for (const method of METHODS) {
        const answer = await ask(path, { method });
        expect(answer.status).toBe(['GET', 'HEAD'].includes(method) ? 200 : 405);
        expect(answer.text).toMatch(/^(?:ok\n|ready\n|\{"status":"error","errorType":"method_not_allowed",.*)?$/);
        expect(secrets.leaksIn([said(answer)])).toEqual([]);
      }
    }
  );

  it.each([
    '/METRICS',
    '/metrics/',
    '//metrics',
    '/./metrics',
    '/health/../metrics',
    '/health/..%2fmetrics',
    '/health%2f..%2fmetrics',
    '/health/metrics',
    '/health;/metrics',
    '/health%00/metrics',
    '/health?/metrics',
    '/%6d%65trics',
    '/metrics%20',
    '/metrics%3f',
    '/\\metrics',
    '/metrics?token=TOKEN',
    '/metrics#/health',
    '/api/v1',
    '/api/v1/',
    '/API/V1/STATUS',
    '/api/v1/status/',
    '/api/v1/status?access_token=TOKEN',
    '/targets/TARGET/',
    '/targets/..%2fmetrics',
    '/assets/../metrics',
    '/nowhere',
    '/.git/config',
    '/proc/self/environ',
  ])('no way round leads to anything: %s', async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await raw(path.replace('TOKEN', encodeURIComponent(TOKEN)), method);
      const isOpen = path.startsWith('/health?') || path.startsWith('/health#');
      expect([400, 401, ...(isOpen ? [200, 405] : [])]).toContain(answer.status);
      expect(secrets.leaksIn([said(answer)])).toEqual([]);
    }
  });

  /** The path as it stands: nothing of it is put in order before it is sent. */
  function raw(path: string, method: string): Promise<Answer> {
    return send(collector.url, { method, path: path.replace('TARGET', TARGET) });
  }
});
