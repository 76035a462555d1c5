import { join } from 'node:path';
import type { EventsAnswer, QueryAnswer, QuerySuccess, StatusAnswer } from '../api/contract';
import { temporaryDirectory } from '../testing/cleanup';
import { runCollector, startCollector, type CollectorProcess } from '../testing/collector-process';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const FAST = ['--interval', '100ms', '--timeout', '100ms'];

async function status(collector: CollectorProcess): Promise<StatusAnswer> {
  return JSON.parse((await collector.get('/api/v1/status')).text) as StatusAnswer;
}

async function query(collector: CollectorProcess, field: string, more: object = {}): Promise<QuerySuccess> {
  const request = { from: 'now-10m', to: 'now', step: '1s', queries: [{ refId: 'A', fields: [field], ...more }] };
  const { status: code, text } = await collector.post('/api/v1/query', request);
  expect({ code, text }).toMatchObject({ code: 200 });
  const result = (JSON.parse(text) as QueryAnswer).results['A'];
  if (result?.status !== 'success') throw new Error(text);
  return result;
}

/** What there is of all series, without gaps. */
function valuesOf({ series }: QuerySuccess): number[] {
  return series.flatMap(({ values }) => values.filter((value) => value !== null));
}

async function eventKinds(collector: CollectorProcess, target?: string): Promise<string[]> {
  const { text } = await collector.post('/api/v1/events', { from: 'now-1h', to: 'now' });
  const { events } = JSON.parse(text) as EventsAnswer;
  return events.filter((event) => target === undefined || event.target === target).map(({ kind }) => kind);
}

async function untilFlushed(collector: CollectorProcess, samples: number): Promise<void> {
  await until(async () => {
    const { history } = await status(collector);
    return history.samplesStored >= samples && history.pendingSamples === 0;
  }, `${samples} samples to be on disk`);
}

describe('the history of a real server', () => {
  it('is there after a restart and after a kill, with nothing that was on disk lost', async () => {
    const server = await startRedis();
    const data = join(temporaryDirectory(), 'data');
    let before = 0;
    for (const end of ['stop', 'kill', 'kill'] as const) {
      const collector = await startCollector({ args: [server.url, ...FAST], data });
      await untilFlushed(collector, 1000);
      const polls = valuesOf(await query(collector, 'uptime_in_seconds', { function: 'last' })).length;
      expect(polls).toBeGreaterThanOrEqual(before);
      before = polls;
      if (end === 'stop') collector.signal('SIGTERM');
      else await collector.kill();
      await collector.exit;
      const { exit, output } = await runCollector({ args: ['verify', data] });
      expect({ exit, output }).toMatchObject({ exit: 0 });
    }
  });

  it('belongs to one process', async () => {
    const server = await startRedis();
    const data = join(temporaryDirectory(), 'data');
    const first = await startCollector({ args: [server.url], data });
    await until(async () => (await status(first)).history.state === 'ok', 'the history to be open');
    await expect(startCollector({ args: [server.url], data })).rejects.toThrow(/is written by process \d+/);
    expect((await first.get('/health')).status).toBe(200);
  });

  it('has no negative rate when a server forgets its counters, and tells of what happened', async () => {
    const [server, spare] = [await startRedis(), await startRedis()];
    const targets = [
      { name: 'cache', url: server.url },
      { name: 'spare', url: spare.url },
    ];
    const collector = await startCollector({ args: FAST, configText: JSON.stringify({ targets }) });
    const has = (kind: string, target?: string) =>
      until(async () => (await eventKinds(collector, target)).includes(kind), `the event ${kind}`);
    const traffic = async () => {
      for (let i = 0; i < 20; i++) await server.command('SET', `key:${i}`, 'value');
      for (let i = 0; i < 40; i++) await server.command('GET', `key:${i}`);
    };
    const total = async () => {
      const { series } = await query(collector, 'redis_keyspace_hits_total', {
        function: 'increase',
        targets: { names: ['cache'] },
      });
      return series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    };
    await until(async () => (await status(collector)).targets.up === 2, 'both targets to be up');

    await traffic();
    await until(async () => (await total()) === 20, 'the hits to be seen');
    await server.command('FLUSHALL');
    await server.command('CONFIG', 'RESETSTAT');
    await until(
      async () =>
        valuesOf(
          await query(collector, 'redis_keyspace_hits_total', {
            function: 'last',
            instant: true,
            targets: { names: ['cache'] },
          })
        ).includes(0),
      'the reset to be seen'
    );
    await traffic();
    await until(async () => (await total()) === 40, 'the hits behind the reset to be seen');

    await server.command('CONFIG', 'SET', 'maxmemory', '100mb');
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await has('config_changed', 'cache');
    await spare.command('REPLICAOF', '127.0.0.1', `${server.port}`);
    await has('role_changed', 'spare');
    await has('replica_joined', 'cache');
    await spare.command('REPLICAOF', 'NO', 'ONE');
    await has('failover', 'spare');
    await has('replica_left', 'cache');
    await server.stop();
    await has('target_down', 'cache');
    await server.restart();
    await has('target_up', 'cache');
    await has('restart', 'cache');

    for (const kind of ['rate', 'increase']) {
      for (const field of [
        'redis_keyspace_hits_total',
        'redis_commands_processed_total',
        'redis_cpu_user_seconds_total',
      ]) {
        const values = valuesOf(await query(collector, field, { function: kind }));
        expect(values.length).toBeGreaterThan(0);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
