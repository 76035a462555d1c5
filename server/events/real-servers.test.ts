import { rmSync } from 'node:fs';
import { collectors } from '../collectors/registry';
import { TargetPoller } from '../poll/target-poller';
import { Connection } from '../redis/connection';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { sampleValues } from '../testing/sample-values';
import { until } from '../testing/wait';
import { systemClock } from '../util/clock';
import type { NewEvent } from './draft';
import { EventWatch } from './event-watch';

/** Polls a server with every collector when the test says so, and watches what happens to it. */
async function watch({ host, port }: RedisServer) {
  const target = makeTarget('cache', { address: { kind: 'tcp', host, port }, timeoutMs: 5000 });
  const events: NewEvent[] = [];
  const watched = new EventWatch({ add: (found) => events.push(...found), now: Date.now });
  const poller = new TargetPoller(target, {
    connect: (one, signal) => Connection.open(one, signal),
    collectors,
    clock: systemClock,
    random: () => 0,
    publish: (result) => watched.notice(result),
  });
  atEnd(() => poller.close());
  const poll = () => poller.fresh(0);
  /** Polls until this was told. */
  const untilTold = async (kind: string) =>
    until(async () => {
      await poll();
      return events.find((event) => event.kind === kind);
    }, `the event ${kind}`);
  const kinds = () => events.map(({ kind }) => kind);
  await poll();
  return { events, kinds, poll, untilTold };
}

describe('what happens to real servers', () => {
  it('is nothing at all: keys, FLUSHALL, CONFIG RESETSTAT and saves are no events', async () => {
    const server = await startRedis();
    const { events, poll } = await watch(server);
    await server.command('SET', 'key', 'value');
    await poll();
    await server.command('FLUSHALL');
    await server.command('CONFIG', 'RESETSTAT');
    await poll();
    await server.command('BGSAVE');
    await poll();
    await poll();
    expect(events).toEqual([]);
  });

  it('is a restart', async () => {
    const server = await startRedis();
    const { events, kinds, untilTold } = await watch(server);
    await server.stop();
    await untilTold('target_down');
    await server.restart();
    await untilTold('restart');
    expect(kinds()).toEqual(['target_down', 'target_up', 'restart']);
    expect(events[0]).toMatchObject({ severity: 'critical', details: { code: 'refused' } });
  });

  it('is a replica that comes, loses its master and becomes a master itself', async () => {
    const master = await startRedis();
    const ofMaster = await watch(master);
    const replica = await startRedis({ replicaOf: master });
    const isInStep = async () => String(await replica.command('INFO', 'replication')).includes('master_link_status:up');
    await until(isInStep, 'the replica to be in step');
    const ofReplica = await watch(replica);
    const joined = await ofMaster.untilTold('replica_joined');
    expect(joined.details).toEqual({ replica: `127.0.0.1:${replica.port}` });

    await master.stop();
    const lost = await ofReplica.untilTold('link_lost');
    expect(lost.details).toEqual({ master: `127.0.0.1:${master.port}` });
    await master.restart();
    const restored = await ofReplica.untilTold('link_restored');
    expect(restored.startMs).toBeGreaterThanOrEqual(lost.startMs! - 1000);

    await replica.command('REPLICAOF', 'NO', 'ONE');
    const failover = await ofReplica.untilTold('failover');
    expect(failover.details).toEqual({ from: 'slave', to: 'master', master: `127.0.0.1:${master.port}` });
    expect(ofReplica.kinds()).toEqual(['link_lost', 'link_restored', 'failover']);
  });

  it('is a replica that leaves, and a master that becomes a replica', async () => {
    const master = await startRedis();
    const other = await startRedis();
    const replica = await startRedis({ replicaOf: master });
    await until(
      async () => String(await master.command('INFO', 'replication')).includes('connected_slaves:1'),
      'the replica to be there'
    );
    const { untilTold } = await watch(master);
    await replica.stop();
    expect((await untilTold('replica_left')).details).toEqual({ replica: `127.0.0.1:${replica.port}` });
    await master.command('REPLICAOF', other.host, `${other.port}`);
    expect((await untilTold('role_changed')).details).toEqual({
      from: 'master',
      to: 'slave',
      master: `127.0.0.1:${other.port}`,
    });
  });

  it('is a setting that changes, and the evictions that follow', async () => {
    const server = await startRedis();
    const { events, kinds, poll, untilTold } = await watch(server);
    const used = sampleValues(await poll(), 'redis_memory_used_bytes')['']!;
    const limit = `${Math.round(used) + 200_000}`;
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-random');
    await server.command('CONFIG', 'SET', 'maxmemory', limit);
    await untilTold('config_changed');
    for (let count = 0; count < 60; count++) await server.command('SET', `key:${count}`, 'x'.repeat(10_000));
    const { details } = await untilTold('evictions_started');
    expect(kinds()).toEqual(['config_changed', 'config_changed', 'evictions_started']);
    expect(events.slice(0, 2).map((event) => event.details)).toEqual(
      expect.arrayContaining([
        { setting: 'maxmemory', from: '0', to: limit },
        { setting: 'maxmemory-policy', from: 'noeviction', to: 'allkeys-random' },
      ])
    );
    expect(details).toMatchObject({ policy: 'allkeys-random' });
  });

  it('is a save that fails', async () => {
    const gone = temporaryDirectory();
    const server = await startRedis({ args: ['--dir', gone] });
    const { kinds, untilTold } = await watch(server);
    rmSync(gone, { recursive: true });
    await server.command('BGSAVE');
    expect(await untilTold('save_failed')).toMatchObject({ severity: 'critical', target: 'cache' });
    expect(kinds()).toEqual(['save_failed']);
  });

  it('are connections beyond maxclients', async () => {
    const server = await startRedis();
    const { untilTold } = await watch(server);
    await server.command('CONFIG', 'SET', 'maxclients', '1');
    await server.command('PING').catch(() => undefined);
    expect((await untilTold('maxclients_reached')).details).toMatchObject({ maxclients: '1' });
  });
});
