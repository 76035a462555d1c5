import { Collector } from './collector';
import { HostServer } from './host-server';
import { OtherSite } from './other-site';
import { Redis } from './redis';
import { startTraffic } from './traffic';
import { until } from './wait';

/** Everything a Grafana with the plugin would have around it. */
export interface Stack {
  readonly master: Redis;
  readonly replica: Redis;
  readonly collector: Collector;
  readonly host: HostServer;
  readonly otherSite: OtherSite;
  close(): Promise<void>;
}

export const MASTER = 'shop';
export const REPLICA = 'shop-replica';
/** Uid of the data source that is ready to use. */
export const VITALS = 'vitals';

const SLOW_LOG = ['--slowlog-log-slower-than', '2000', '--repl-diskless-sync-delay', '0'];

/** A master with traffic and its replica, polled each second; the replica was away once, so that there are events. */
export async function startStack({ historySeconds = 0 } = {}): Promise<Stack> {
  const master = await Redis.start(SLOW_LOG);
  const replica = await Redis.start([...SLOW_LOG, '--replicaof', '127.0.0.1', `${master.port}`]);
  const stopTraffic = startTraffic(master);
  const collector = await Collector.start([
    { name: MASTER, url: `redis://127.0.0.1:${master.port}`, labels: { env: 'prod', team: 'shop' } },
    { name: REPLICA, url: `redis://127.0.0.1:${replica.port}`, labels: { env: 'prod', team: 'data' } },
  ]);
  const host = await HostServer.start();
  const otherSite = await OtherSite.start();
  host.dataSources.save(VITALS, { name: 'Redis Vitals', url: collector.url });
  await until(async () => (await countUp(collector)) === 2, 'both targets to be up');
  await replica.stop();
  await until(async () => (await countUp(collector)) === 1, 'the replica to be down');
  await replica.restart();
  await until(async () => (await countUp(collector)) === 2, 'the replica to be up again');
  await until(async () => (await countSlow(collector)) > 0, 'an entry of the slow log');
  const enoughMs = Date.now() + historySeconds * 1000;
  await until(() => Date.now() >= enoughMs, 'the history to grow', historySeconds * 1000 + 1000);
  return {
    master,
    replica,
    collector,
    host,
    otherSite,
    async close() {
      stopTraffic();
      host.close();
      otherSite.close();
      await Promise.all([collector.stop(), replica.stop(), master.stop()]);
    },
  };
}

async function countUp(collector: Collector): Promise<number> {
  return (await collector.api<{ targets: { up: number } }>('status')).targets.up;
}

async function countSlow(collector: Collector): Promise<number> {
  const answer = await collector.api<{ columns: { values: unknown[] }[] }>('table', {
    table: 'slowlog',
    from: 'now-1h',
    to: 'now',
    targets: { names: [MASTER] },
  });
  return answer.columns[0]?.values.length ?? 0;
}
