import { connect } from 'node:net';
import { allowedCommands } from '../redis/allowed-commands';
import { makeCertificates } from '../testing/certificates';
import { atEnd } from '../testing/cleanup';
import { startCollector, type CollectorOptions, type CollectorProcess } from '../testing/collector-process';
import { parseExposition } from '../testing/exposition';
import { startRecordingProxy, type RecordingProxy } from '../testing/recording-proxy';
import { startRedis, type RedisOptions, type RedisServer } from '../testing/redis-server';
import { SERVER_KINDS, startServerKinds } from '../testing/server-kinds';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

/** `SLOWLOG LEN`, `INFO`: a command as the list of allowed ones names it. */
function nameOf([name = '', subcommand = '']: readonly string[]): string {
  return allowedCommands.includes(name) ? name : `${name} ${subcommand}`;
}

/** Polls of every target so far. */
async function polls(collector: CollectorProcess): Promise<readonly number[]> {
  const page = parseExposition((await collector.get('/metrics')).text);
  return page.get('redis_vitals_polls_total')!.samples.map(({ value }) => value);
}

/** Everything that is read or reloaded in all ways there are, and a few timed polls. */
async function exercise(collector: CollectorProcess, targets: readonly string[]): Promise<void> {
  for (const path of ['/', '/sd', '/health', '/ready', '/metrics', '/targets/x?refresh=on']) await collector.get(path);
  for (const target of targets) {
    await Promise.all([1, 2, 3].map(() => collector.get(`/scrape?target=${encodeURIComponent(target)}`)));
  }
  await fetch(`${collector.url}/-/reload`, { method: 'POST' });
  const before = await polls(collector);
  await until(async () => (await polls(collector)).every((count, at) => count > before[at]! + 2), 'some polls');
}

/** What a collector with all kinds of targets sends, as proxies between them see it. */
describe('on the wire', () => {
  const credentials: Readonly<Record<string, object>> = {
    password: { password: 'secret' },
    user: { username: 'vitals', password: 'mine' },
  };
  const names = [...SERVER_KINDS, 'password', 'user'];
  const proxies = new Map<string, RecordingProxy>();
  let notConfigured: RecordingProxy;

  beforeAll(async () => {
    const kinds = await startServerKinds();
    const secured = await startRedis({ password: 'secret', users: ['vitals on >mine +@all'] });
    const servers: Readonly<Record<string, RedisServer>> = { ...kinds, password: secured, user: secured };
    for (const name of names) proxies.set(name, await startRecordingProxy(servers[name]!));
    notConfigured = await startRecordingProxy(secured);
    const collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '200ms' },
        scrape: { maxAge: '0s', allow: ['127.0.0.1:*'] },
        targets: [...proxies].map(([name, { port }]) => ({ name, url: `127.0.0.1:${port}`, ...credentials[name] })),
      }),
    });
    await exercise(collector, [...names, `redis://127.0.0.1:${notConfigured.port}`]);
    await collector.kill();
  });

  it.each(names)('%s gets allowed commands only', (name) => {
    const sent = new Set(proxies.get(name)!.commands.map(nameOf));
    expect([...sent].filter((command) => !allowedCommands.includes(command))).toEqual([]);
    expect(sent).toContain('INFO');
    expect(sent).toContain(name === 'sentinel' ? 'SENTINEL MASTERS' : 'SLOWLOG GET');
  });

  it('a password goes to the target it belongs to, at most once per connection, and to no other', () => {
    const auths = ({ commands }: RecordingProxy) => commands.filter(([command]) => command === 'AUTH');
    for (const [name, credentials] of [
      ['password', 'secret'],
      ['user', 'vitals mine'],
    ] as const) {
      const proxy = proxies.get(name)!;
      expect(new Set(auths(proxy).map((words) => words.join(' ')))).toEqual(new Set([`AUTH ${credentials}`]));
      expect(auths(proxy).length).toBeLessThanOrEqual(proxy.connections);
    }
    const others = [...SERVER_KINDS.map((kind) => proxies.get(kind)!), notConfigured];
    expect(others.flatMap(auths)).toEqual([]);
    expect(notConfigured.commands.map(nameOf)).toContain('INFO');
  });
});

/** The command lines MONITOR shows of clients on TCP; the test itself uses the socket file. */
async function monitor(server: RedisServer): Promise<() => readonly string[]> {
  const socket = connect(server.socketPath);
  atEnd(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.write('MONITOR\r\n');
  await until(() => text.startsWith('+OK\r\n'), 'MONITOR to begin');
  return () => [...text.matchAll(/^\+[\d.]+ \[\d+ 127\.0\.0\.1:\d+\] (.*)\r\n/gm)].map(([, line]) => line!);
}

/** What the server has counted: also the commands for admins, which MONITOR does not show. */
async function countedCommands(server: RedisServer): Promise<readonly string[]> {
  const info = String(await server.command('INFO', 'commandstats'));
  return [...info.matchAll(/^cmdstat_([^:]+):/gm)].map(([, name]) => name!.toUpperCase().replace('|', ' '));
}

/** The test's own, next to INFO. */
const OF_THE_TEST = ['MONITOR', 'PING'];

describe('as the server itself sees it', () => {
  const tls = makeCertificates();
  it.each<[string, RedisOptions, (url: string) => CollectorOptions]>([
    ['a redis-url', {}, (url) => ({ args: [url, '--interval', '200ms'] })],
    [
      'TLS',
      { tls },
      (url) => ({ configText: JSON.stringify({ targets: [{ url, interval: '200ms', tls: { ca: tls.caFile } }] }) }),
    ],
    ['a cluster node', { cluster: true }, (url) => ({ args: [url, '--interval', '200ms'] })],
  ])('with %s, only allowed commands arrive', async (_, redisOptions, collectorOptions) => {
    const server = await startRedis(redisOptions);
    const before = await countedCommands(server);
    const monitored = await monitor(server);
    const collector = await startCollector(collectorOptions(server.url));
    await exercise(collector, [`127.0.0.1:${server.port}`]);
    await collector.kill();

    const shown = monitored().map((line) => nameOf([...line.matchAll(/"([^"]*)"/g)].map(([, word]) => word!)));
    expect(shown).toContain('INFO');
    expect(shown.filter((name) => !allowedCommands.includes(name))).toEqual([]);
    const counted = (await countedCommands(server)).filter((name) => !before.includes(name));
    expect(counted).toContain('CONFIG GET');
    expect(counted.filter((name) => ![...allowedCommands, ...OF_THE_TEST].includes(name))).toEqual([]);
  });
});
