import { join } from 'node:path';
import { startProcess, type RunningProcess } from '../testing/child-process';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const MAIN = join(__dirname, '../../dist/server/demo/load-main.js');

const startLoad = (...args: string[]): RunningProcess => startProcess(process.execPath, [MAIN, ...args]);

async function info(server: RedisServer, field: string): Promise<number> {
  const text = String(await server.command('INFO', 'everything'));
  return Number(new RegExp(`^${field}[:=](\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

async function hasClients(server: RedisServer, ...names: string[]): Promise<boolean> {
  const clients = String(await server.command('CLIENT', 'LIST'));
  return names.every((name) => clients.includes(` name=${name} `));
}

describe('the load', () => {
  it('keeps servers busy, comes back after they were gone, and ends when it is told to', async () => {
    const [one, node] = [await startRedis({ password: 's3cret' }), await startRedis({ cluster: true })];
    const load = startLoad('--redis', `${one.url},${node.url}`);
    await until(() => load.output().includes('all servers are busy'), 'the servers to be busy', 30_000);
    const isBusy = async (server: RedisServer) => (await info(server, 'keyspace_hits')) > 100;
    await until(() => isBusy(one), 'hits');
    await until(() => isBusy(node), 'hits in the cluster');
    await until(async () => (await info(one, 'blocked_clients')) > 0, 'a blocked client');
    await until(async () => (await info(one, 'errorstat_WRONGTYPE:count')) > 0, 'an error', 20_000);
    expect(await hasClients(one, 'web-1', 'web-2', 'api', 'analytics', 'worker-1', 'feed', 'reports')).toBe(true);
    expect(await info(node, 'errorstat_MOVED:count')).toBe(0);

    await one.stop();
    await until(() => load.output().includes(`127.0.0.1:${one.port} cannot be used`), 'it to be missed');
    await one.restart();
    await until(() => hasClients(one, 'web-1', 'worker-1'), 'the clients to be back');
    await until(async () => (await info(one, 'total_commands_processed')) > 300, 'commands again');
    expect(load.output()).toContain(`127.0.0.1:${one.port} is back`);

    load.signal('SIGTERM');
    expect(await load.exit).toBe(0);
    expect(load.output()).not.toContain('s3cret');
  });

  it('only reads a replica, and waits for servers that are not there yet', async () => {
    const master = await startRedis();
    const replica = await startRedis({ replicaOf: master });
    await until(async () => String(await replica.command('INFO')).includes('master_link_status:up'), 'the replica');
    await replica.stop();
    const load = startLoad('--redis', replica.url);
    await until(() => load.output().includes('cannot be used'), 'it to be missed');
    await replica.restart();
    await until(() => load.output().includes('all servers are busy'), 'it to be busy');
    await until(async () => (await info(replica, 'keyspace_misses')) > 50, 'reads');
    expect(await info(replica, 'errorstat_READONLY:count')).toBe(0);
    expect(await info(master, 'db0:keys')).toBe(0);
  });

  it('waits for a node of a cluster that has no slots yet', async () => {
    const node = await startRedis({ args: ['--cluster-enabled', 'yes'] });
    const load = startLoad('--redis', node.url);
    await until(() => load.output().includes('it has no slots of the cluster, or not yet'), 'it to say so');
    await node.command('CLUSTER', 'ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => `${slot}`));
    await until(() => load.output().includes('all servers are busy'), 'it to be busy', 20_000);
    await until(async () => (await info(node, 'keyspace_hits')) > 100, 'hits');
  });

  it.each([
    [[], '--redis: is missing: give it, or --sentinel, or both'],
    [['--redis', 'http://a'], '--redis: has an unknown scheme'],
  ])('refuses %j', async (args, text) => {
    const load = startLoad(...args);
    expect({ exit: await load.exit, output: load.output() }).toEqual({
      exit: 2,
      output: expect.stringContaining(text) as string,
    });
  });
});
