import { join } from 'node:path';
import type { QuerySuccess } from '../api/contract';
import { collectors } from '../collectors/registry';
import { openDiskStore } from '../history/disk-store';
import type { Store } from '../history/store';
import type { PollResult } from '../model/poll-result';
import { seriesKey } from '../model/sample-recorder';
import { AdHocTargetSet } from '../poll/ad-hoc-target-set';
import { self } from '../poll/self-families';
import { answerQuery } from '../query/answer-query';
import { Connection } from '../redis/connection';
import { temporaryDirectory } from '../testing/cleanup';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { systemClock } from '../util/clock';

jest.setTimeout(120_000);

/** An hour of polls ten seconds apart, made as fast as they go. */
const POLLS = 360;
const STEP_MS = 10_000;
const START_MS = Date.parse('2025-03-01T12:00:00Z') + 5_000;
const END_MS = START_MS + POLLS * STEP_MS;
const OPTIONS = { retentionMs: 86_400_000, now: () => END_MS };
const families = [...collectors.flatMap((collector) => collector.families), ...Object.values(self)];

/** Things that change what there is to see: commands, databases, errors, settings that come and go. */
async function stir(server: RedisServer, poll: number): Promise<void> {
  await server.command('SET', `key:${poll}`, 'x'.repeat(poll), 'PX', '500');
  if (poll % 7 === 0) await server.command('CONFIG', 'SET', 'maxmemory', `${poll}mb`);
  if (poll % 40 === 0) await server.command('NOSUCHCOMMAND').catch(() => undefined);
  if (poll % 50 === 0)
    await server.command('EVAL', `redis.call('SELECT', ${poll / 50}) redis.call('SET', 'a', 1)`, '0');
  if (poll % 90 === 0) await server.command('FLUSHALL');
  if (poll === 200) await server.command('CONFIG', 'RESETSTAT');
}

/** Polls a real server and keeps each result, in the store as if ten seconds had passed between them. */
async function pollFor(store: Store): Promise<readonly PollResult[]> {
  const server = await startRedis();
  const results: PollResult[] = [];
  const set = new AdHocTargetSet(
    {
      connect: (target, signal) => Connection.open(target, signal),
      collectors,
      clock: systemClock,
      random: Math.random,
      publish: () => undefined,
    },
    () => ({ intervalMs: 1000, timeoutMs: 1000, disabledCollectors: new Set() })
  );
  for (let poll = 0; poll < POLLS; poll++) {
    await stir(server, poll);
    const result = await set.poll({ host: server.host, port: server.port, tls: false }, 0, 5000);
    expect(result.failure).toBeUndefined();
    results.push(result);
    store.append('cache', START_MS + poll * STEP_MS, result.samples);
    if (poll % 5 === 0) store.flush();
  }
  set.close();
  return results;
}

/** Values by series and time. */
type Contents = Map<string, Map<number, number>>;

function seen(results: readonly PollResult[]): Contents {
  const contents: Contents = new Map();
  results.forEach(({ samples: { layout, values } }, poll) =>
    layout.series.forEach((series, index) => {
      const key = seriesKey(series);
      if (!contents.has(key)) contents.set(key, new Map());
      contents.get(key)!.set(START_MS + poll * STEP_MS, values[index]!);
    })
  );
  return contents;
}

function kept(store: Store): Contents {
  const contents: Contents = new Map();
  const series = store.families().flatMap(({ name }) => store.series(name));
  store.read(series, 0, END_MS, (index, times, values, from, to) => {
    const key = seriesKey(series[index]!.series);
    if (!contents.has(key)) contents.set(key, new Map());
    for (let at = from; at < to; at++) contents.get(key)!.set(times[at]!, values[at]!);
  });
  return contents;
}

it('gives back an hour of a real server exactly as the polls saw it, before and after a restart', async () => {
  const directory = join(temporaryDirectory(), 'data');
  const store = openDiskStore({ ...OPTIONS, directory });
  const polled = seen(await pollFor(store));
  expect(polled.size).toBeGreaterThan(300);
  expect(kept(store)).toEqual(polled);
  store.flush();
  store.close();

  const reopened = openDiskStore({ ...OPTIONS, directory });
  expect(kept(reopened)).toEqual(polled);
  const context = { history: reopened, targets: () => [], families, now: () => END_MS };
  const metrics = ['redis_memory_used_bytes', 'redis_commands_processed_total', 'redis_memory_max_bytes', 'redis_up'];
  const { results } = answerQuery(context, {
    from: START_MS,
    to: END_MS - STEP_MS / 2,
    step: STEP_MS,
    queries: metrics.map((metric) => ({ refId: metric, fields: [metric], function: 'last' })),
  });
  for (const metric of metrics) {
    const { times, series } = results[metric] as QuerySuccess;
    const points = times.map((time, index) => [time + 5_000, series[0]!.values[index]]);
    expect([metric, points]).toEqual([metric, [...polled.get(`${metric}\0`)!]]);
  }
  reopened.close();
});
