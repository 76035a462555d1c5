import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { ErrorReply } from '../model/command';
import { brokenConfigs } from '../testing/broken-configs';
import { Canaries, type Said } from '../testing/canaries';
import { makeCertificates } from '../testing/certificates';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import {
  runCollector,
  startCollector,
  type CollectorOptions,
  type CollectorProcess,
} from '../testing/collector-process';
import { parseExposition } from '../testing/exposition';
import { startHostileServer } from '../testing/hostile-server';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const canaries = new Canaries();
/** What may be seen. Where it is, a secret would have been found, too. */
const open = new Canaries();

const said: Said[] = [];
const TABLES = ['info', 'slowlog', 'clients', 'keyspace', 'commands', 'replication', 'cluster', 'targets', 'config'];

const directory = temporaryDirectory();
const data = join(directory, 'data');
function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const inUrl = (place: string) => encodeURIComponent(canaries.plant(place));
const basic = (credentials: string) => ({ authorization: `Basic ${Buffer.from(credentials).toString('base64')}` });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Runs it to its end; what it says is searched. */
async function run(where: string, options: CollectorOptions): Promise<void> {
  said.push({ where, text: (await runCollector(options)).output });
}

/** Puts secrets where a server shows them: slow log, settings. */
async function fillServer(server: RedisServer): Promise<void> {
  await server.command('CONFIG', 'SET', 'slowlog-log-slower-than', '0');
  await server.command('CONFIG', 'SET', 'masterauth', canaries.plant('masterauth'));
  await server.command('AUTH', 'nobody', canaries.plant('AUTH in the slow log')).catch(() => undefined);
  await server.command('SET', 'secret', canaries.plant('a value in the slow log'));
}

/** Answers each command with ten replies. */
async function startWordyServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => void socket.write('+OK\r\n'.repeat(10)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  atEnd(() => void server.close());
  // Safe: a server that listens on TCP has an address of this kind.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What is answered to bytes that are no HTTP request. */
async function exchange(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  socket.write(request);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const NAME = `open-${open.plantPlain('a name')}`;
const UNKNOWN_KEY = open.plantPlain('an unknown key');

describe('a collector with secrets in all places', () => {
  let options: CollectorOptions;
  let good: readonly Readonly<Record<string, string>>[];
  let errors: ReadonlyMap<string, string>;

  beforeAll(async () => {
    ({ options, good } = await makeOptions());
    for (const action of ['--check-config', '--print-config']) await run(action, { ...options, args: [action] });
    const collector = await startCollector({ ...options, args: ['--log-level', 'trace'], data });
    errors = await untilAllWerePolled(collector);
    await askEverything(collector);
    await reloadEverything(collector);
    collector.signal('SIGTERM');
    await collector.exit;
    said.push({ where: 'the log', text: collector.output() });
    for (const name of readdirSync(data)) {
      said.push({ where: `the file ${name}`, text: readFileSync(join(data, name), 'latin1') });
    }

    const { port } = await startHostileServer('hang');
    await run('a start that fails', { ...options, args: ['--listen', `127.0.0.1:${port}`] });
  });

  async function makeOptions() {
    const users = ['url', 'value', 'file', 'env'];
    const passwords = Object.fromEntries(users.map((user) => [user, canaries.plant(`the password of user ${user}`)]));
    const server = await startRedis({
      password: canaries.plantPlain('requirepass'),
      users: users.map((user) => `${user} on >${passwords[user]!} +@all`),
    });
    const unsecured = await startRedis();
    await Promise.all([server, unsecured].map(fillServer));
    const tls = makeCertificates();
    canaries.add('the key file', readFileSync(tls.keyFile, 'utf8').split('\n')[1]!.slice(0, 40));
    const echo = await startHostileServer(([command = '', ...args]) => {
      const repeated = args.map((arg) => `'${arg}' `).join('');
      return new ErrorReply(`ERR unknown command '${command}', with args beginning with: ${repeated}`);
    });
    const hostile = (['garbage', 'reset', 'half', 'halfClose', 'hang', 'maxClients'] as const).map(
      async (name) => [name, (await startHostileServer(name)).url] as const
    );
    const at = `127.0.0.1:${server.port}`;
    const told = Object.entries({
      ...{
        wrong: at,
        unexpected: unsecured.url,
        echo: echo.url,
        wordy: await startWordyServer(),
        refused: '127.0.0.1:1',
      },
      ...Object.fromEntries(await Promise.all(hostile)),
    }).map(([name, url]) => ({ name, url, password: canaries.plant(`the password told to ${name}`) }));

    const userPassword = canaries.plant('the password of a web user');
    const hash = hashSync(userPassword, 4);
    canaries.add('the hash of a web user', hash.slice(-31));
    const [token, tokenFile, tokenEnv] = ['token', 'tokenFile', 'tokenEnv'].map((key) => canaries.plantPlain(key));
    const config = {
      defaults: { interval: '1s', timeout: '600ms', labels: { open: open.plantPlain('a label') } },
      scrape: { allow: ['127.0.0.1:*'] },
      web: {
        basicAuthUsers: { prometheus: hash },
        bearerTokens: [{ token }, { tokenFile: file('token', tokenFile!) }, { tokenEnv: 'CANARY_TOKEN' }],
      },
      targets: [
        { name: 'url', url: `redis://url:${encodeURIComponent(passwords['url']!)}@${at}` },
        { name: 'value', url: at, username: 'value', password: passwords['value'] },
        { name: 'file', url: at, username: 'file', passwordFile: file('password', passwords['file']!) },
        { name: 'env', url: at, username: 'env', passwordEnv: 'CANARY_PASSWORD' },
        { name: 'default', url: server.url },
        { name: NAME, url: unsecured.url },
        {
          ...{ name: 'tls', url: `rediss://${at}`, password: canaries.plant('the password told to tls') },
          tls: { ca: tls.caFile, cert: tls.certFile, key: tls.keyFile },
        },
        ...told,
      ],
    };
    return {
      options: {
        configText: JSON.stringify(config),
        // Libraries would tell of every command.
        env: { DEBUG: '*', CANARY_PASSWORD: passwords['env']!, CANARY_TOKEN: tokenEnv! },
      },
      good: [basic(`prometheus:${userPassword}`), ...[token!, tokenFile!, tokenEnv!].map(bearer)],
    };
  }

  /** Until each target has been polled twice; the words for what is wrong with them, by name, `''` for nothing. */
  async function untilAllWerePolled(collector: CollectorProcess) {
    const samples = async (family: string) =>
      parseExposition((await collector.get('/metrics', good[0])).text).get(family)!.samples;
    await until(
      async () => (await samples('redis_vitals_polls_total')).every(({ value }) => value >= 2),
      'two polls of each target'
    );
    const states = await samples('redis_exporter_last_scrape_error');
    return new Map(states.map(({ labels }) => [labels['instance'] ?? '', labels['err'] ?? '']));
  }

  async function askEverything(collector: CollectorProcess): Promise<void> {
    const ask = (path: string, headers = good[0]!, init: RequestInit = {}) => request(collector, path, headers, init);
    const pages = ['/', '/?state=down', '/?refresh=on', '/metrics', '/sd', '/health', '/ready'];
    for (const path of pages) for (const headers of good) await ask(path, headers);
    for (const name of errors.keys()) for (const path of ['/targets/', '/scrape?target=']) await ask(path + name);
    await ask('/metrics', { ...good[0], accept: 'application/openmetrics-text' });

    for (const headers of [
      basic(`prometheus:${canaries.plant('a wrong password')}`),
      basic(`${canaries.plant('a wrong user')}:x`),
      bearer(canaries.plantPlain('a wrong token')),
      { authorization: canaries.plantPlain('credentials of no kind') },
    ]) {
      await ask('/metrics', headers);
    }
    for (const address of ['url', '127.0.0.1:1', 'elsewhere:6379']) {
      const asUser = `redis://user:${inUrl(`the user information for ${address}`)}@${address}`;
      for (const target of [asUser, `redis://${address}?password=${inUrl(`an option for ${address}`)}`]) {
        await ask(`/scrape?target=${encodeURIComponent(target)}`);
      }
    }
    await ask(`/scrape?target=127.0.0.1:1&password=${inUrl('a parameter of /scrape')}`);
    await ask(`/targets/${inUrl('the path of a target')}`);
    await ask(`/${inUrl('a path')}?token=${inUrl('a parameter')}`);
    await ask(`/%zz${canaries.plantPlain('a malformed path')}`);
    await ask('/sd', { ...good[0], referer: `http://user:${inUrl('a referer')}@elsewhere/` });
    await ask('/metrics', good[0], { method: 'POST', body: canaries.plant('a body') });
    await askApi(collector);
    for (const broken of ['GET /metrics HTTP/9.9', `GET /metrics HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`]) {
      const token = canaries.plantPlain('the token of a broken request');
      const text = await exchange(collector.url, `${broken}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      said.push({ where: 'a broken request', text });
    }
  }

  async function askApi(collector: CollectorProcess): Promise<void> {
    const headers = { ...good[0]!, 'content-type': 'application/json' };
    const post = (path: string, body: string) => request(collector, path, headers, { method: 'POST', body });
    const slowlog = async () => (await collector.post('/api/v1/table', { table: 'slowlog' })).text;
    for (const path of ['/api/v1/catalog', '/api/v1/status', '/api/v1/openapi.json']) {
      await request(collector, path, good[0]!, {});
    }
    for (const table of TABLES) await post('/api/v1/table', JSON.stringify({ table }));
    for (const route of ['query', 'events', 'table', 'stream']) {
      await post(`/api/v1/${route}`, `{"refId": "${canaries.plantPlain(`a broken body for ${route}`)}`);
    }
    await post('/api/v1/events', JSON.stringify({ from: 'now-1h', to: 'now' }));
    const queries = [{ refId: 'A', fields: ['redis_up', 'redis_instance_info', 'redis_exporter_last_scrape_error'] }];
    await post('/api/v1/query', JSON.stringify({ from: 'now-1h', to: 'now', queries }));
    await firstLineOfStream(collector, headers, JSON.stringify({ from: 'now-1h', queries }));
    const page = await (await fetch(collector.url, { headers: good[0]! })).text();
    const assets = [...page.matchAll(/"\.\/(assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
    expect(assets).not.toEqual([]);
    for (const path of assets) await request(collector, path, good[0]!, {});
    expect(await slowlog()).toContain('unauthorized');
  }

  async function firstLineOfStream(collector: CollectorProcess, headers: Record<string, string>, body: string) {
    const leaving = new AbortController();
    const { signal } = leaving;
    const response = await fetch(`${collector.url}/api/v1/stream`, { method: 'POST', headers, body, signal });
    // Safe: a line comes at once.
    const { value } = (await response.body!.getReader().read()) as { value: Uint8Array };
    said.push({ where: `POST /api/v1/stream (${response.status})`, text: Buffer.from(value).toString() });
    leaving.abort();
  }

  async function reloadEverything(collector: CollectorProcess): Promise<void> {
    const configs = [...brokenConfigs(canaries), ['an unknown key', JSON.stringify({ [UNKNOWN_KEY]: 1 })] as const];
    for (const [, text] of configs) {
      writeFileSync(collector.configFile, text);
      await request(collector, '/-/reload', good[0]!, { method: 'POST' });
    }
    writeFileSync(collector.configFile, options.configText!);
    await request(collector, '/-/reload', good[0]!, { method: 'POST' });
    await request(collector, '/metrics', good[0]!, {});
  }

  async function request(
    collector: CollectorProcess,
    path: string,
    headers: Record<string, string>,
    init: RequestInit
  ) {
    const response = await fetch(collector.url + path, { headers, ...init });
    const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
    said.push({ where: `${init.method ?? 'GET'} ${path.split('?')[0]!} (${response.status})`, text });
  }

  it('meets every kind of server it was to meet', () => {
    const up = ['url', 'value', 'file', 'env', 'default', NAME].map((name) => [name, '']);
    expect(Object.fromEntries(errors)).toEqual({
      ...Object.fromEntries(up),
      ...{ wrong: 'auth', unexpected: 'auth', echo: 'auth', refused: 'refused', tls: 'timeout' },
      ...{ garbage: 'protocol', wordy: 'protocol', reset: 'closed', halfClose: 'closed', maxClients: 'max_clients' },
      ...{ half: 'timeout', hang: 'timeout' },
    });
  });

  it('shows none of them', () => {
    expect(canaries.leaksIn(said)).toEqual([]);
  });

  it.each([
    ['--print-config', ['a name', 'a label']],
    ['GET / (200)', ['a name']],
    ['GET /targets/url (200)', ['a label']],
    ['GET /metrics (200)', ['a name', 'a label']],
    ['GET /sd (200)', ['a name', 'a label']],
    ['POST /-/reload (400)', ['an unknown key']],
    ['the log', ['a name', 'an unknown key']],
    ['POST /api/v1/table (200)', ['a name', 'a label']],
    ['GET /api/v1/catalog (200)', ['a name', 'a label']],
    ['POST /api/v1/query (200)', ['a name', 'a label']],
    ['POST /api/v1/stream (200)', ['a name', 'a label']],
    ['the file history.db', ['a name']],
  ])('shows in %s what may be seen: %j', (where, places) => {
    const text = said
      .filter((one) => one.where === where)
      .map((one) => one.text)
      .join('');
    expect(open.foundIn(text)).toEqual(places);
  });
});
