import { collectors } from '../collectors/registry';
import { ErrorReply } from '../model/command';
import { Secret } from '../model/secret';
import type { Target } from '../model/target';
import { Connection } from '../redis/connection';
import { atEnd } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { freePort } from '../testing/free-port';
import { startHostileServer, type Behaviour } from '../testing/hostile-server';
import { startLiveTargets } from '../testing/live-targets';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { sampleValues } from '../testing/sample-values';
import { until } from '../testing/wait';
import { systemClock } from '../util/clock';
import { TargetPoller } from './target-poller';

/** Polls a server over the network with every collector, when the test asks for it. */
function startPoller({ host, port }: { host: string; port: number }, overrides: Partial<Target> = {}) {
  const target = makeTarget('cache', { address: { kind: 'tcp', host, port }, timeoutMs: 5000, ...overrides });
  const poller = new TargetPoller(target, {
    connect: (one, signal) => Connection.open(one, signal),
    collectors,
    clock: systemClock,
    random: () => 0,
    publish: () => undefined,
  });
  atEnd(() => poller.close());
  const poll = () => poller.fresh(0);
  return {
    poller,
    poll,
    isUp: async () => (await poll()).failure === undefined,
    /** Polls until it fails like this. */
    untilIs: (code: string) => until(async () => (await poll()).failure?.code === code, `a poll that is ${code}`),
  };
}

const password = (value: string) => ({ password: { from: 'value', value: new Secret(value) } as const });

/** One field of a line like `cmdstat_info:calls=1,usec=2` of INFO. */
async function statistic(server: RedisServer, section: string, line: string, field: string): Promise<number> {
  const info = String(await server.command('INFO', section));
  return Number(new RegExp(`^${line.replace('|', '\\|')}:(?:.*,)?${field}=(\\d+)`, 'm').exec(info)?.[1] ?? 0);
}

describe('every kind of server is polled without a failure', () => {
  it.each(['master', 'replica', 'cluster node', 'sentinel'] as const)('%s', async (kind) => {
    const master = await startRedis();
    const server = {
      master: () => master,
      replica: () => startRedis({ replicaOf: master }),
      'cluster node': () => startRedis({ cluster: true }),
      sentinel: () => startRedis({ sentinel: { cache: master } }),
    }[kind];
    const { poll } = startPoller(await server());
    for (let count = 0; count < 3; count++) {
      const { failure, collectorFailures } = await poll();
      expect([failure, collectorFailures]).toEqual([undefined, []]);
    }
  });
});

describe('what polling costs a server', () => {
  it('is one connection, one round trip a poll, five commands, and CONFIG now and then', async () => {
    const server = await startRedis();
    const { poll } = startPoller(server);
    const polls = 20;
    const results = [await poll()];
    while (results.length < polls) results.push(await poll());

    const reads = results.map((result) => sampleValues(result, 'redis_total_reads_processed')['']!);
    const steps = reads.map((count, index) => count - reads[index - 1]!).slice(1);
    expect(steps).toEqual(steps.map(() => 1));
    const received = results.map((result) => sampleValues(result, 'redis_connections_received_total')['']);
    expect(new Set(received).size).toBe(1);
    const commands = results.map((result) => sampleValues(result, 'redis_vitals_poll_commands')['']!);
    expect(Math.max(...commands.slice(1))).toBeLessThanOrEqual(5);
    const calls = (name: string) => statistic(server, 'commandstats', `cmdstat_${name}`, 'calls');
    expect([await calls('slowlog|len'), await calls('config|get'), await calls('client|setname')]).toEqual([
      polls,
      1,
      1,
    ]);
  });
});

describe('commands that are refused', () => {
  it('to the user switch their collectors off; they are sent once per connection', async () => {
    const server = await startRedis({ users: ['monitor on >secret -@all +info +client|setname'] });
    const { poll, poller, isUp } = startPoller(server, { username: 'monitor', ...password('secret') });
    const rejected = async () =>
      Promise.all(
        ['slowlog|len', 'slowlog|get', 'config|get', 'latency|latest', 'latency|histogram'].map((name) =>
          statistic(server, 'commandstats', `cmdstat_${name}`, 'rejected_calls')
        )
      );
    for (let count = 0; count < 5; count++) {
      const result = await poll();
      expect(sampleValues(result, 'redis_up')).toEqual({ '': 1 });
      expect(sampleValues(result, 'redis_vitals_collector_off')).toEqual({
        'latency-histogram,no_permission': 1,
        'latency,no_permission': 1,
        'slowlog,no_permission': 1,
        'config,no_permission': 1,
      });
      expect(result.collectorFailures.find(({ collector }) => collector === 'slowlog')?.message).toBe(
        "SLOWLOG LEN answered: NOPERM this user has no permissions to run the 'slowlog|len' command: " +
          'grant +slowlog|len to the user or disable collector slowlog'
      );
    }
    expect(await rejected()).toEqual([1, 1, 1, 1, 1]);

    const reconnect = async (connections: number) => {
      await server.command('CLIENT', 'KILL', 'USER', 'monitor');
      await until(async () => (await isUp()) && poller.counters.connections === connections, 'a new connection');
    };
    await reconnect(2);
    expect(await rejected()).toEqual([2, 2, 2, 2, 2]);
    await server.command('ACL', 'SETUSER', 'monitor', '+slowlog');
    await reconnect(3);
    const { collectorFailures } = await poll();
    expect(collectorFailures.map(({ collector }) => collector)).toEqual(['latency-histogram', 'latency', 'config']);
  });

  it('because they have another name likewise', async () => {
    const args = ['CONFIG', 'SLOWLOG', 'LATENCY'].flatMap((name) => ['--rename-command', name, `${name}-hidden`]);
    const server = await startRedis({ args });
    const { poll } = startPoller(server);
    const refused = async () => {
      const { collectorFailures } = await poll();
      const off = collectorFailures.map(({ collector, code }) => `${collector} ${code}`).sort();
      return [off, await statistic(server, 'errorstats', 'errorstat_ERR', 'count')];
    };
    const collectorsOff = ['config', 'latency', 'latency-histogram', 'slowlog'].map(
      (name) => `${name} unknown_command`
    );
    for (let count = 0; count < 3; count++) expect(await refused()).toEqual([collectorsOff, 5]);
  });

  it.each([
    ['a user who may not run INFO', ['monitor on >secret -@all +ping'], 'no_permission', 'grant +info to the user'],
    ['a user who does not exist', [], 'auth', 'check username and password'],
  ])('to %s: the target is down, and is not asked again soon', async (_, users, code, remedy) => {
    const server = await startRedis({ users });
    const { poll } = startPoller(server, { username: 'monitor', ...password('secret') });
    const connections = () => statistic(server, 'commandstats', 'cmdstat_auth', 'calls');
    for (let count = 0; count < 5; count++) {
      expect((await poll()).failure).toEqual({ code, message: expect.stringContaining(remedy) as string });
    }
    expect(await connections()).toBe(1);
  });

  it('for want of a password: the target is down', async () => {
    const server = await startRedis({ password: 'secret' });
    const { poll } = startPoller(server);
    for (let count = 0; count < 3; count++) {
      expect((await poll()).failure).toEqual({
        code: 'auth',
        message:
          `127.0.0.1:${server.port}: INFO answered: NOAUTH Authentication required.; ` +
          'set password, and username where the server has users',
      });
    }
  });
});

describe('a server that has something else to do', () => {
  it.each([
    ['LOADING Redis is loading the dataset in memory', 'loading'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'master_down'],
  ])('says so, over one connection: %s', async (said, code) => {
    const server = await startHostileServer(([name]) => (name === 'INFO' ? new ErrorReply(said) : 'OK'));
    const { poll } = startPoller(server);
    for (let count = 0; count < 3; count++) expect((await poll()).failure?.code).toBe(code);
    expect(server.connections).toBe(1);
  });

  it('runs a script that does not end', async () => {
    const server = await startRedis({ args: ['--busy-reply-threshold', '20'] });
    const { poll, isUp, untilIs } = startPoller(server);
    await poll();
    const script = server.command('EVAL', 'while true do end', '0').catch(String);
    await untilIs('busy');
    expect((await poll()).failure?.message).toMatch(/INFO everything answered: BUSY .*; a script or function blocks/);
    await server.command('SCRIPT', 'KILL');
    expect(await script).toContain('Script killed');
    await until(isUp, 'the server to answer');
    expect(sampleValues(await poll(), 'redis_vitals_connections_total')).toEqual({ '': 1 });
  });

  it('is stopped, and comes back', async () => {
    const server = await startRedis();
    const { poll, isUp } = startPoller(server, { timeoutMs: 100 });
    expect(await isUp()).toBe(true);
    server.pause();
    const hung = await until(async () => {
      const { failure } = await poll();
      return failure?.code === 'timeout' && failure;
    }, 'a timeout');
    expect(hung.message).toMatch(/no (whole answer|connection) within 100 ms: the server hangs or is overloaded/);
    server.resume();
    await until(isUp, 'the server to answer');
  });

  it('is killed, and started again', async () => {
    const server = await startRedis();
    const { isUp, untilIs, poll } = startPoller(server);
    const before = await poll();
    await server.stop();
    await untilIs('refused');
    await server.restart();
    await until(isUp, 'the server to answer');
    const after = await poll();
    expect(after.facts?.runId).not.toBe(before.facts?.runId);
    expect(sampleValues(after, 'redis_vitals_connections_total')).toEqual({ '': 2 });
  });

  it('becomes a master', async () => {
    const server = await startRedis({ replicaOf: await startRedis() });
    const { poll } = startPoller(server);
    expect((await poll()).facts?.role).toBe('slave');
    await server.command('REPLICAOF', 'NO', 'ONE');
    expect(await poll()).toMatchObject({ facts: { role: 'master' }, collectorFailures: [] });
  });

  it('is a sentinel and is told of another master', async () => {
    const [first, second] = [await startRedis(), await startRedis()];
    const sentinel = await startRedis({ sentinel: { first } });
    const { poll } = startPoller(sentinel);
    const watched = async () => {
      const result = await poll();
      expect(result.collectorFailures).toEqual([]);
      const series = Object.keys(sampleValues(result, 'redis_sentinel_master_ok_slaves'));
      return series.map((labels) => labels.split(',')[0]).sort();
    };
    expect(await watched()).toEqual(['first']);
    await sentinel.command('SENTINEL', 'MONITOR', 'second', '127.0.0.1', `${second.port}`, '1');
    await watched();
    expect(await watched()).toEqual(['first', 'second']);
    await sentinel.command('SENTINEL', 'REMOVE', 'first');
    await watched();
    expect(await watched()).toEqual(['second']);
  });
});

describe('a server that is none', () => {
  it.each<[Behaviour & string, string, string]>([
    ['hang', 'timeout', 'no connection within 100 ms'],
    ['half', 'timeout', 'no connection within 100 ms'],
    ['halfClose', 'closed', 'the connection was closed by the other side'],
    ['reset', 'closed', 'the connection was closed by the other side'],
    ['garbage', 'protocol', "does not speak Redis' protocol"],
    ['maxClients', 'max_clients', 'the server has reached maxclients'],
  ])('%s', async (behaviour, code, message) => {
    const server = await startHostileServer(behaviour);
    const { poll, poller } = startPoller(server, { timeoutMs: 100 });
    const [first, second] = [await poll(), await poll()];
    expect(first.failure).toEqual({ code, message: expect.stringContaining(message) as string });
    expect(second.failure).toEqual(first.failure);
    expect(server.connections).toBe(1);
    expect(poller.counters).toMatchObject({ connections: 0, connectFailures: 1 });
  });

  it.each([
    ['says no more', false, 100, 'no whole answer within 100 ms'],
    ['hangs up', true, 5000, 'the connection was closed by the other side'],
  ])('after a good beginning %s', async (_, closes, timeoutMs, message) => {
    const server = await startHostileServer(([name]) => (name === 'INFO' ? undefined : 'OK'));
    const polling = startPoller(server, { timeoutMs }).poll();
    await until(() => server.commands.some(([name]) => name === 'INFO'), 'INFO');
    if (closes) server.close();
    expect((await polling).failure?.message).toContain(message);
  });

  it('a plain port does not answer TLS', async () => {
    const tls = { insecureSkipVerify: true };
    const { poll } = startPoller(await startRedis(), { timeoutMs: 100, tls });
    expect((await poll()).failure?.message).toMatch(/hangs or is overloaded, or the port does not speak TLS$/);
  });

  it('nobody listens', async () => {
    const { poll } = startPoller({ host: '127.0.0.1', port: await freePort() });
    expect((await poll()).failure?.code).toBe('refused');
  });
});

describe('what a server is asked besides its polls', () => {
  it('is answered in order, also when an answer before came too late', async () => {
    const server = await startRedis();
    const targets = await startLiveTargets({ cache: server });
    server.pause();
    const late = targets.ask('cache', [{ args: ['CLIENT', 'LIST'] }], 20);
    await expect(late).rejects.toMatchObject({ name: 'TargetError', code: 'timeout' });
    server.resume();
    const asked = targets.ask('cache', [{ args: ['CONFIG', 'GET', 'port'] }, { args: ['CLUSTER', 'NODES'] }], 10_000);
    const polled = targets.poll('cache', 0, 10_000);
    expect(await asked).toEqual([
      ['port', `${server.port}`],
      new ErrorReply('ERR This instance has cluster support disabled'),
    ]);
    expect((await polled).failure).toBeUndefined();
    expect(targets.status('cache')).toMatchObject({ state: 'up', connections: 1 });
  });
});
