import { ErrorReply } from '../model/command';
import { startCollector, type Answer, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, type ExposedSample } from '../testing/exposition';
import { send } from '../testing/http-app';
import { startHostileServer } from '../testing/hostile-server';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const SCRIPT = '<script>alert(1)</script>';
const IMAGE = `'"><img/src=x/onerror=alert(1)>`;
/** Ends a label and a line of an exposition, and goes on with a family of its own. */
const LINES = `a"} 1\nevil_total{x="\\\n# HELP evil_total x\r\n# EOF\n`;
const NAME = `${IMAGE}${SCRIPT}`;
const LABELS = { team: LINES, owner: SCRIPT, constructor: 'own', toString: IMAGE };

/** INFO and the rest, with the same wherever a server has a text of its own. */
const INFO = [
  '# Server',
  'redis_version:7.2.6',
  `os:${SCRIPT}`,
  `executable:/${IMAGE}`,
  `config_file:"} 1`,
  '# Replication',
  'role:master',
  `slave0:ip=${SCRIPT},port=1,state="}${IMAGE},offset=1,lag=0`,
  `# ${SCRIPT}`,
  '__proto__:5',
  'constructor:7',
  `evil"}:1`,
  '# Commandstats',
  `cmdstat_${SCRIPT}:calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0`,
  'cmdstat___proto__:calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0',
  'cmdstat_a"} 1:calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0',
  '# Errorstats',
  `errorstat_${IMAGE}:count=1`,
  'errorstat_constructor:count=1',
  '# Keyspace',
  `db0:keys=1,expires=0,avg_ttl=0`,
  `db"}:keys=1,expires=0,avg_ttl=0`,
  `db__proto__:keys=1,expires=0,avg_ttl=0`,
].join('\r\n');

const CLIENTS = `id=1 addr=127.0.0.1:1 name=${SCRIPT} age=1 idle=1 db=0 cmd=${IMAGE} user=${SCRIPT} lib-name==1+1\n`;

let server: RedisServer;
let collector: CollectorProcess;

beforeAll(async () => {
  server = await startRedis({ args: ['--slowlog-log-slower-than', '0'] });
  await server.command('CLIENT', 'SETNAME', SCRIPT);
  await server.command('SET', LINES, IMAGE);
  await server.command('EVAL', `return redis.error_reply('${SCRIPT} evil')`, '0').catch(() => undefined);
  const evil = await startHostileServer(([command = '']) => {
    if (command.toUpperCase() === 'INFO') return INFO;
    if (command.toUpperCase() === 'CLIENT') return CLIENTS;
    return new ErrorReply(`ERR ${SCRIPT} ${IMAGE}`);
  });
  const failing = await startHostileServer(() => new ErrorReply(`ERR ${SCRIPT} ${IMAGE}`));
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: '500ms', timeout: '400ms' },
      targets: [
        { name: NAME, url: server.url, labels: LABELS },
        { name: 'evil', url: evil.url },
        { name: 'failing', url: failing.url },
      ],
    }),
  });
  await until(async () => (await collector.get('/ready')).status === 200, 'the first polls');
  const slowLog = async () => (await collector.post('/api/v1/table', { table: 'slowlog' })).text;
  await until(async () => (await slowLog()).includes('"set"'), 'the slow log');
});

const targets = ['evil', 'failing', NAME].map((name) => encodeURIComponent(name));

describe('what others wrote, as metrics', () => {
  it.each(['/metrics', ...targets.map((name) => `/scrape?target=${name}`)])('is of labels alone: %s', async (path) => {
    const answer = await collector.get(path);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const families = parseExposition(answer.text);
    expect([...families.keys()].filter((name) => !/^(?:redis|process|nodejs)_/.test(name))).toEqual([]);
  });

  it('comes back as it was written', async () => {
    const families = parseExposition((await collector.get('/metrics')).text);
    const up = families.get('redis_up')!.samples.find(({ labels }) => labels['instance'] === NAME)!;
    expect({ ...up.labels }).toEqual({ instance: NAME, ...LABELS });
    const texts = (samples: readonly ExposedSample[]) => samples.flatMap(({ labels }) => Object.values(labels));
    expect(texts(families.get('redis_commands_total')!.samples)).toEqual(
      expect.arrayContaining([SCRIPT, '__proto__', 'a"} 1'])
    );
    expect(texts(families.get('redis_errors_total')!.samples)).toEqual(expect.arrayContaining([IMAGE, 'constructor']));
  });

  it('ends no page of OpenMetrics before its end', async () => {
    const { text } = await collector.get('/metrics', { accept: 'application/openmetrics-text; version=1.0.0' });
    expect([...text.matchAll(/^# EOF$/gm)].map(({ index }) => index)).toEqual([text.length - '# EOF\n'.length]);
    expect(text.split('\n').filter((line) => !/^(?:# |(?:redis|process|nodejs)_|$)/.test(line))).toEqual([]);
  });
});

/** Every `<` of ours begins a tag we know; what others wrote has none, as theirs are entities. */
function expectNoMarkup({ status, headers, text }: Answer, expected = 200): void {
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  const policy = headers.get('content-security-policy')!;
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*base-uri 'none'; .*frame-ancestors 'none'$/);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(text).not.toMatch(/<script>|<script[^>]*>[^<]|<img|<iframe|\son\w+=|javascript:/i);
}

describe('what others wrote, on a page', () => {
  it('is shown as text', async () => {
    const page = await collector.get('/');
    expectNoMarkup({ ...page, text: withoutTexts(page.text) });
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it.each(targets)('is shown as text on the page of a target: %s', async (name) => {
    const page = await collector.get(`/targets/${name}`);
    expectNoMarkup({ ...page, text: withoutTexts(page.text) });
    expect(page.text).toContain('&lt;');
  });

  it.each([`/?state=${encodeURIComponent(IMAGE)}`, '/?state=__proto__', '/?refresh=constructor', '/?state[]=up'])(
    'has no say in %s',
    async (path) => {
      const page = await collector.get(path);
      expectNoMarkup({ ...page, text: withoutTexts(page.text) });
    }
  );

  /** Entities taken away: what looks like markup behind that, is. */
  function withoutTexts(text: string): string {
    return text
      .replace(/&lt;|&gt;|&quot;|&#39;|&amp;/g, '')
      .replace(/>[^<]*</g, '><')
      .replace(/="[^"]*"/g, '=""');
  }
});

const JSON_PATHS = ['/sd', '/api/v1/status', '/api/v1/catalog', '/api/v1/openapi.json'];
const POSTS: readonly (readonly [path: string, body: unknown])[] = [
  ['/api/v1/query', { from: 'now-1m', to: 'now', queries: [{ refId: SCRIPT, fields: ['redis_up', SCRIPT] }] }],
  ['/api/v1/events', { from: 'now-1m', to: 'now' }],
  ...['targets', 'info', 'clients', 'slowlog', 'commands', 'keyspace', 'replication', 'config'].map(
    (table) => ['/api/v1/table', { table }] as const
  ),
  ['/api/v1/table', { table: SCRIPT }],
  ['/api/v1/query', { from: SCRIPT, to: 'now', queries: [] }],
  ['/api/v1/events', { from: 'now', to: 'now', targets: { names: [IMAGE] } }],
];

describe('what others wrote, as JSON', () => {
  function expectJson({ headers, text }: { headers: Readonly<Record<string, unknown>>; text: string }): void {
    expect(headers['content-type']).toMatch(/^application\/json(?:; charset=utf-8)?$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  }

  it.each(JSON_PATHS)('is never taken for a page: %s', async (path) => {
    expectJson(await send(collector.url + path));
  });

  it.each(POSTS)('is never taken for a page: %s %j', async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    expectJson(await send(collector.url + path, { method: 'POST', headers, body: JSON.stringify(body) }));
  });

  const paths = [`/${SCRIPT}`, `/targets/${SCRIPT}`, `/scrape?target=${SCRIPT}`, `/assets/${SCRIPT}/x`, '/%zz<script>'];
  it.each(paths)('an error does not repeat what was asked for: %s', async (path) => {
    const answer = await send(collector.url, { path: path.replace('/%zz', '%%').replace('%%', '/%zz') });
    expectJson(answer);
    expect(answer.text).not.toContain('<');
  });
});

describe('a line break in what is asked for', () => {
  it.each(['/scrape?target=a%0d%0aX-Evil:1', '/targets/a%0d%0aX-Evil:1', '/%0d%0aX-Evil:1', '/?state=%0d%0aX-Evil:1'])(
    'makes no header: %s',
    async (path) => {
      expect((await send(collector.url + path)).headers).not.toHaveProperty('x-evil');
    }
  );

  it.each(['a"><script>', 'a/b', 'a@b', 'a b', 'evil.example:99999999', `${'a'.repeat(300)}.example`])(
    'as any other disguise makes no address for Prometheus of the Host %j',
    async (host) => {
      expect((await send(`${collector.url}/sd`, { headers: { host } })).status).toBe(400);
    }
  );
});

describe('paths that lead out of where they begin', () => {
  it.each([
    '/targets/..%2f..%2fetc%2fpasswd',
    '/targets/%2e%2e/%2e%2e/etc/passwd',
    '/targets/../../../etc/passwd',
    '/targets/evil%2f',
    '/targets/evil%00',
    '/targets/.',
    '/targets/..',
    '/targets/__proto__',
    '/targets/constructor',
    '/assets/../../package.json',
    '/assets/VERSION/../../../../etc/passwd',
    '/assets/VERSION/..%2f..%2fmain.js',
    '/assets/VERSION/%2e%2e%2fmain.js',
    '/assets/VERSION/..%5c..%5cmain.js',
    '/assets/VERSION/page.js%00.css',
    '/assets/VERSION/page.js%2f',
    '/assets/VERSION//etc/passwd',
    '/assets/VERSION/__proto__',
    '/assets/VERSION/constructor',
    '/assets/VERSION/page.test.js',
    '/assets/VERSION/',
    '/assets/%2e%2e/page.js',
    '/assets/__proto__/page.js',
  ])('%s is nowhere', async (path) => {
    const version = /assets\/(\w+)\//.exec((await collector.get('/')).text)![1]!;
    const answer = await send(collector.url, { path: path.replace('VERSION', version) });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'error', errorType: 'not_found' });
  });
});

describe('names that every object has', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const postText = (path: string, body: string) =>
    send(collector.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  it.each(NAMES)('%s is no key of a body', async (name) => {
    const polluting = `"${name}":{"table":"info","limit":1,"from":"now-1m","to":"now","queries":[],"polluted":true}`;
    for (const path of ['/api/v1/query', '/api/v1/events', '/api/v1/table', '/api/v1/stream']) {
      for (const body of [`{${polluting}}`, `[{${polluting}}]`, `{"targets":{${polluting}}}`]) {
        expect((await postText(path, body)).status).toBe(400);
      }
      expect((await postText(path, '{}')).status).toBe(400);
    }
  });

  it.each(NAMES)('%s is a name like any other one where names stand', async (name) => {
    const matcher = { label: name, op: '=', value: '' };
    const query = { refId: name, fields: ['redis_up'], labels: [matcher], aggregate: { op: 'sum', by: [name] } };
    const unknown = { refId: 'B', section: name, fields: [name] };
    const body = { from: 'now-1m', to: 'now', queries: [{ ...query, targets: { names: ['evil'] } }, unknown] };
    const { status, text } = await postText('/api/v1/query', JSON.stringify(body));
    expect(status).toBe(200);
    expect(text).toContain(`{"status":"success","results":{"${name}":{"status":"success","times":[`);
    for (const table of [name, 'info']) {
      const asked = { table, targets: { names: [name], roles: [name], labels: [matcher] } };
      expect((await postText('/api/v1/table', JSON.stringify(asked))).status).toBe(table === name ? 400 : 200);
    }
  });

  it('are labels that belong to their target alone', async () => {
    const labels = [{ label: 'constructor', op: '=', value: 'own' }];
    const { text } = await postText('/api/v1/table', JSON.stringify({ table: 'targets', targets: { labels } }));
    const { columns } = JSON.parse(text) as { columns: { name: string; values: unknown[] }[] };
    expect(columns.find(({ name }) => name === 'instance')!.values).toEqual([NAME]);
  });
});

it('has made no mistake of its own', () => {
  expect(collector.output()).not.toMatch(/request failed|"level":"(?:error|fatal)"/);
});
