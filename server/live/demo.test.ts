import { readdirSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EventAnswer, EventsAnswer, QueryAnswer, QuerySuccess } from '../api/contract';
import { askText } from '../demo/admin';
import { DEMO_TARGETS, startDemo, type Demo, type DemoTarget } from '../demo/demo';
import { startProcess, type RunningProcess } from '../testing/child-process';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import { parseExposition } from '../testing/exposition';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const MAIN = join(__dirname, '../../dist/server/demo/main.js');
const HOUR = 3_600_000;

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function listening(ports: readonly number[]): Promise<number[]> {
  const found = await Promise.all(ports.map(isListening));
  return ports.filter((_, at) => found[at]);
}

describe('startDemo', () => {
  const temporary = temporaryDirectory();
  const lines: string[] = [];
  let demo: Demo;
  /** When it began, before any server was there. */
  let beginMs: number;

  beforeAll(async () => {
    beginMs = Date.now();
    demo = await startDemo({
      listen: { host: '127.0.0.1', port: 0 },
      hours: 1,
      failoverEveryMs: 3_000,
      log: (line) => lines.push(line),
      temporary,
    });
    atEnd(() => demo.close());
  });

  async function ask(path: string, body: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(demo.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }

  async function query(field: string, more: object, targets: readonly string[] = []): Promise<QuerySuccess> {
    const queries = [{ refId: 'A', fields: [field], targets: { names: targets } }];
    const answer = (await ask('/api/v1/query', { queries, ...more })) as QueryAnswer;
    const result = answer.results['A'];
    if (result?.status !== 'success') throw new Error(JSON.stringify(answer));
    return result;
  }

  async function events(): Promise<readonly EventAnswer[]> {
    return ((await ask('/api/v1/events', { from: 'now-2h', to: 'now' })) as EventsAnswer).events;
  }

  /** Sum of a family over all targets. */
  async function sumOf(name: string): Promise<number> {
    const families = parseExposition(await (await fetch(`${demo.url}/metrics`)).text());
    return families.get(name)?.samples.reduce((sum, { value }) => sum + value, 0) ?? 0;
  }

  it('has every target up', async () => {
    expect(await sumOf('redis_up')).toBe(DEMO_TARGETS.length);
    expect(Object.keys(demo.targets)).toEqual(DEMO_TARGETS);
  });

  it.each(['uptime_in_seconds', 'total_commands_processed', 'connected_clients', 'used_cpu_user'])(
    'has a past of %s for every target',
    async (field) => {
      const { series } = await query(field, { from: beginMs - 0.95 * HOUR, to: beginMs - 60_000, step: '5m' });
      expect(series).toHaveLength(DEMO_TARGETS.length);
      for (const { values } of series) expect(values.filter((value) => value !== null).length).toBeGreaterThan(9);
    }
  );

  it.each([
    ['hit_ratio', 'cache-1'],
    ['latency_per_command', 'cluster-1'],
    ['master_repl_offset', 'cache-3'],
    ['cluster_slots_ok', 'cluster-3'],
    ['used_memory', 'cluster-2'],
  ])('has a past of %s', async (field, target) => {
    const time = { from: beginMs - 0.4 * HOUR, to: beginMs - 60_000, step: '5m' };
    const { series } = await query(field, time, [target]);
    expect(series.flatMap(({ values }) => values.filter((value) => value !== null)).length).toBeGreaterThan(3);
  });

  it.each([
    'total_commands_processed',
    'total_net_input_bytes',
    'keyspace_hits',
    'keyspace_misses',
    'evicted_keys',
    'expired_keys',
    'used_cpu_user',
  ])('has no negative rate of %s, nor one beyond belief, in the past and where it meets the present', async (field) => {
    const { series } = await query(field, { from: beginMs - HOUR, to: 'now', step: '10s' });
    const values = series.flatMap((one) => one.values.filter((value) => value !== null));
    expect(values.length).toBeGreaterThan(300);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(field === 'total_net_input_bytes' ? 5e6 : 3000);
  });

  it('has events of the past, which are those the samples tell', async () => {
    const past = (await events()).filter(({ timeMs }) => timeMs < beginMs);
    const told = past.map(({ target, kind }) => `${target} ${kind}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'cluster-2 target_down',
        'cluster-2 restart',
        'cache-3 link_lost',
        'cache-3 link_restored',
        'cache-1 failover',
        'sentinel-1 failover',
        'cache-1 save_failed',
        'cache-1 save_recovered',
      ])
    );
    expect(past.length).toBeLessThan(30);
    const { series } = await query('master_link_status', { from: beginMs - HOUR, to: beginMs, step: '30s' });
    expect(series.some(({ values }) => values.includes(0))).toBe(true);
  });

  it('has slow commands of the past', async () => {
    const body = { table: 'slowlog', from: beginMs - HOUR, to: beginMs };
    expect(JSON.stringify(await ask('/api/v1/table', body))).toMatch(/"eval"[^]*"reports"/);
  });

  it.each([
    'redis_evicted_keys_total',
    'redis_expired_keys_total',
    'redis_blocked_clients',
    'redis_errors_total',
    'redis_slowlog_length',
    'redis_keyspace_hits_total',
    'redis_keyspace_misses_total',
    'redis_pubsub_channels',
    'redis_connected_slaves',
  ])('has something to show of %s', async (name) => {
    await until(async () => (await sumOf(name)) > 0, `${name} to be more than 0`, 20_000);
  });

  it('has a failover, which is an event, and clients that follow it', async () => {
    const isNew = ({ target, kind, timeMs }: EventAnswer) =>
      /cache-[23]/.test(target) && kind === 'failover' && timeMs > beginMs;
    await until(async () => (await events()).some(isNew), 'the event of a failover', 40_000);
    const isTold = () => /failover: the master was cache-\d and is now cache-\d/.test(lines.join('\n'));
    await until(isTold, 'a line about the failover', 20_000);
    const hasClients = async (name: DemoTarget) =>
      (await askText(demo.targets[name].port, 'CLIENT', 'LIST')).includes(' name=web-1 ');
    const haveMoved = async () => (await hasClients('cache-2')) || (await hasClients('cache-3'));
    await until(haveMoved, 'clients to use a new master', 20_000);
  });

  it('goes on when a server is stopped, and tells of it', async () => {
    await demo.stopServer('cluster-3');
    const isDown = ({ target, kind, timeMs }: EventAnswer) =>
      target === 'cluster-3' && kind === 'target_down' && timeMs > beginMs;
    await until(async () => (await events()).some(isDown), 'the event of a server that is down');
    expect(await isListening(demo.targets['cluster-3'].port)).toBe(false);
    expect(await sumOf('redis_up')).toBe(DEMO_TARGETS.length - 1);
  });

  it('leaves no process and no directory', async () => {
    const ports = [...Object.values(demo.targets).map(({ port }) => port), Number(new URL(demo.url).port)];
    expect((await listening(ports)).length).toBe(ports.length - 1);
    await demo.close();
    expect(await listening(ports)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('rejects, and leaves nothing, when it is given up while it starts', async () => {
    const giveUp = new AbortController();
    const started = startDemo({
      listen: { host: '127.0.0.1', port: 0 },
      hours: 0,
      failoverEveryMs: 0,
      log: (line) => {
        if (line.includes('clients')) giveUp.abort();
      },
      temporary,
      signal: giveUp.signal,
    });
    await expect(started).rejects.toThrow('the demo was ended');
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('npm run demo', () => {
  const run = (args: readonly string[], TMPDIR = temporaryDirectory()): RunningProcess =>
    startProcess(process.execPath, [MAIN, ...args], { TMPDIR });

  /** All ports it names, once it is ready. */
  async function readyPorts(demo: RunningProcess): Promise<number[]> {
    await until(() => demo.hasExited || demo.output().includes('Ctrl-C ends'), 'the demo to be ready', 60_000);
    const [, servers = ''] = /Servers\s+(.*)/.exec(demo.output()) ?? [];
    const ports = [...servers.matchAll(/-\d (\d+)/g), ...demo.output().matchAll(/Open\s+http:\/\/127.0.0.1:(\d+)/g)];
    expect({ output: demo.output(), count: ports.length }).toMatchObject({ count: DEMO_TARGETS.length + 1 });
    return ports.map(([, port]) => Number(port));
  }

  it.each<[NodeJS.Signals, number | NodeJS.Signals]>([
    ['SIGINT', 0],
    ['SIGKILL', 'SIGKILL'],
  ])('leaves nothing after %s', async (signal, exit) => {
    const directory = temporaryDirectory();
    const demo = run(['--hours', '0', '--failover-every', '0s', '--listen', '127.0.0.1:0'], directory);
    const ports = await readyPorts(demo);
    expect(await listening(ports)).toEqual(ports);
    demo.signal(signal);
    expect(await demo.exit).toBe(exit);
    await until(async () => (await listening(ports)).length === 0, 'all processes to be gone');
    await until(() => readdirSync(directory).length === 0, 'the directory to be gone');
  });

  it.each([
    [['--hours', 'x'], 2, '--hours: "x" is no number of hours: write for example 6'],
    [
      ['--failover-every', '1s', '--listen', 'here'],
      2,
      '--listen: "here" has no port: write for example 127.0.0.1:9121',
    ],
    [['--redis-server', process.execPath, '--listen', '127.0.0.1:0'], 1, 'has ended by itself'],
    [['--help'], 0, 'Usage: npm run demo -- [options]'],
  ])('says of %j what is to be done', async (args, exit, text) => {
    const demo = run(args);
    expect({ exit: await demo.exit, output: demo.output() }).toEqual({
      exit,
      output: expect.stringContaining(text) as string,
    });
  });

  it('says who is in the way when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    atEnd(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const demo = run(['--listen', `127.0.0.1:${port}`]);
    expect({ exit: await demo.exit, output: demo.output() }).toEqual({
      exit: 1,
      output: expect.stringMatching(
        new RegExp(`port ${port} is taken, .* give another address, for example --listen 127.0.0.1:9122`)
      ) as string,
    });
  });
});
