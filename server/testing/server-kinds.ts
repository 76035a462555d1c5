import { startRedis, type RedisServer } from './redis-server';
import { until } from './wait';

export const SERVER_KINDS = ['master', 'replica', 'clusterNode', 'sentinel'] as const;
export type ServerKinds = Readonly<Record<(typeof SERVER_KINDS)[number], RedisServer>>;

/**
 * A master with two replicas of which one is given, a sentinel that watches them, and a cluster of one node; they know
 * each other, and the master has been busy: keys in three databases with and without expiry, errors of several kinds, a
 * slow log, a latency event.
 */
export async function startServerKinds(): Promise<ServerKinds> {
  const [master, clusterNode] = await Promise.all([startRedis(), startRedis({ cluster: true })]);
  const [replica] = await Promise.all([startRedis({ replicaOf: master }), startRedis({ replicaOf: master })]);
  await clusterNode.command('SET', 'key', 'value');
  await makeTraffic(master);
  await untilSays(master, 'INFO replication', /(state=online.*){2}/);
  await untilSays(replica, 'INFO replication', /master_link_status:up/);
  const sentinel = await startRedis({ sentinel: { cache: master } }); // would ask the master for replicas each 10 s
  await untilSays(sentinel, 'INFO sentinel', /status=ok.*slaves=2/);
  await untilSays(sentinel, 'SENTINEL SLAVES cache', /("flags","slave".*){2}/);
  return { master, replica, clusterNode, sentinel };
}

async function makeTraffic(server: RedisServer): Promise<void> {
  const fill = "for i = 1, 50 do redis.call('SET', i, i) if i % 7 == 0 then redis.call('EXPIRE', i, 9999) end end";
  await server.command('EVAL', `for _, db in ipairs({0, 3, 15}) do redis.call('SELECT', db) ${fill} end`, '0');
  await watchSlowness(server, '0', '1');
  await server.command('EVAL', 'for i = 1, 1e6 do end', '0');
  await watchSlowness(server, '-1', '0');
  await server.command('SETRANGE', 'large', `${2 ** 22}`, 'x');
  for (const line of [
    'DEL large',
    'GET 1',
    'GET none',
    'DEL 2',
    'HSET h f v',
    'LPUSH l 1',
    'ZADD z 1 m',
    'XADD s * f v',
    'GET 1',
  ]) {
    await server.command(...line.split(' '));
  }
  for (const line of ['LPUSH 1 1', 'NOSUCH', 'GET', 'EVALSHA 0123 0']) {
    await server.command(...line.split(' ')).catch(() => undefined); // it is the error that is wanted
  }
}

/** Thresholds in microseconds and milliseconds. */
async function watchSlowness(server: RedisServer, slowLog: string, latencyMonitor: string): Promise<void> {
  await server.command('CONFIG', 'SET', 'slowlog-log-slower-than', slowLog);
  await server.command('CONFIG', 'SET', 'latency-monitor-threshold', latencyMonitor);
}

async function untilSays(server: RedisServer, command: string, text: RegExp): Promise<void> {
  const says = async () => text.test(JSON.stringify(await server.command(...command.split(' '))));
  await until(says, `${command} to say ${text.source}`);
}
