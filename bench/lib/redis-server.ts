import { Redis } from 'ioredis';
import { freePort } from '../../server/testing/free-port';
import { until } from '../../server/testing/wait';
import type { Processes } from './processes';
import { makeTraffic, TRAFFIC } from './traffic';

const TRAFFIC_ROUNDS = 200;

/** A redis-server on 127.0.0.1 that looks as if it had been in use. */
export interface RedisServer {
  readonly port: number;
  readonly pid: number;
  readonly url: string;
  /** An open connection to it. */
  readonly client: Redis;
  stop(): Promise<void>;
}

export async function startRedis(
  processes: Processes,
  program: string,
  commands: keyof typeof TRAFFIC = 'many'
): Promise<RedisServer> {
  const server = await startEmpty(processes, program, []);
  await makeTraffic(server.client, TRAFFIC_ROUNDS, TRAFFIC[commands]);
  return server;
}

/** The same with a replica; resolves when that is in step. */
export async function startReplicated(processes: Processes, program: string): Promise<RedisServer> {
  const master = await startRedis(processes, program);
  const replica = await startEmpty(processes, program, ['--replicaof', '127.0.0.1', `${master.port}`]);
  const isLinked = async (): Promise<boolean> =>
    (await replica.client.info('replication')).includes('master_link_status:up');
  await until(isLinked, 'the replica to be in step', 30_000);
  return {
    ...master,
    async stop() {
      await replica.stop();
      await master.stop();
    },
  };
}

/** Calls of INFO on all these servers so far; those this makes itself count from the next time on. */
export async function countPolls(servers: readonly RedisServer[]): Promise<number> {
  const infos = await Promise.all(servers.map(({ client }) => client.info('commandstats')));
  return infos.reduce((sum, info) => sum + Number(/^cmdstat_info:calls=(\d+)/m.exec(info)?.[1] ?? 0), 0);
}

async function startEmpty(processes: Processes, program: string, args: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--latency-monitor-threshold', '5'];
  const server = processes.start(program, [...settings, '--repl-diskless-sync-delay', '0', ...args]);
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, protocol: 2, retryStrategy: null });
  client.on('error', () => undefined); // its commands reject with it
  const answers = async (): Promise<boolean> => {
    if (client.status !== 'ready') await client.connect();
    await client.ping();
    return true;
  };
  await until(async () => server.hasExited || (await answers()), 'redis-server to answer');
  if (server.hasExited) throw new Error(`redis-server ended at once:\n${server.output()}`);
  return {
    port,
    pid: server.pid,
    url: `redis://127.0.0.1:${port}`,
    client,
    stop: () => {
      client.disconnect();
      return server.stop();
    },
  };
}
