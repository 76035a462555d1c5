import { join } from 'node:path';
import { TargetError } from '../errors';
import { TargetSet } from '../poll/target-set';
import { temporaryDirectory } from '../testing/cleanup';
import {
  followEachOther,
  loggedCourse,
  peakMemory,
  readByTarget,
  readEvents,
  readMetrics,
  readStatus,
  readStored,
} from '../testing/collector-api';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { sampleValue } from '../testing/exposition';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis } from '../testing/fake-redis';
import { makeTarget } from '../testing/fake-targets';
import { startFaultProxy } from '../testing/fault-proxy';
import { nameService } from '../testing/preload';
import { randomNumbers } from '../testing/random';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(90_000);

const upOf = async (collector: CollectorProcess, name: string) => (await readByTarget(collector, 'redis_up'))[name];

async function valueOf(collector: CollectorProcess, family: string, instance: string): Promise<number> {
  return sampleValue(await readMetrics(collector), family, { instance })!;
}

async function expectWholePast(collector: CollectorProcess, data: string, targets: number): Promise<void> {
  collector.signal('SIGTERM');
  expect(await collector.exit).toBe(0);
  const stored = await readStored(data, 'redis_vitals_polls_total');
  expect(Object.keys(stored)).toHaveLength(targets);
  expect(Object.entries(stored).filter(([, values]) => values[0] !== 1 || !followEachOther(values))).toEqual([]);
}

describe('a bad network between the collector and a server', () => {
  it('makes polls slow or fail, is told of once, and leaves a good target alone', async () => {
    const server = await startRedis();
    const proxy = await startFaultProxy(server);
    const data = join(temporaryDirectory(), 'data');
    const collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '1s', timeout: '1s' },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: [
          { name: 'far', url: proxy.url },
          { name: 'good', url: server.url },
        ],
      }),
      data,
    });
    const durationOf = (name: string) => valueOf(collector, 'redis_vitals_poll_duration_seconds', name);
    const connections = () => valueOf(collector, 'redis_vitals_connections_total', 'far');
    await until(async () => (await upOf(collector, 'far')) === 1, 'the target to be up');

    // A network that is slow, but not too slow: polls take their time, over the connection there is.
    proxy.setFault({ delayMs: 200 });
    await until(async () => (await durationOf('far')) >= 0.2, 'a slow poll');
    proxy.setFault({ pieceBytes: 1_000, delayMs: 20 });
    await until(async () => (await durationOf('far')) < 0.2 && (await durationOf('far')) >= 0.1, 'a poll in pieces');
    expect([await upOf(collector, 'far'), await connections()]).toEqual([1, 1]);

    // Too slow: the deadline ends the poll.
    proxy.setFault({ pieceBytes: 100, delayMs: 50 });
    await until(async () => (await upOf(collector, 'far')) === 0, 'the target to be down');
    const page = (await collector.get('/')).text;
    expect(page).toMatch(/no (whole answer|connection) within 1000 ms: the server hangs or is overloaded/);
    // Packets that never arrive.
    proxy.setFault({ stallAfterBytes: 0 });
    const failures = () => valueOf(collector, 'redis_vitals_poll_failures_total', 'far');
    const before = await failures();
    await until(async () => (await failures()) >= before + 2, 'more polls to fail');
    proxy.setFault();
    await until(async () => (await upOf(collector, 'far')) === 1, 'the target to be up again', 30_000);

    // A connection that is dropped between two polls costs none of them.
    const polls = () => valueOf(collector, 'redis_vitals_polls_total', 'far');
    const [failed, connected, polled] = [await failures(), await connections(), await polls()];
    await until(async () => (await polls()) > polled, 'a poll to end');
    proxy.drop();
    await until(async () => (await connections()) > connected, 'another connection');
    expect([await upOf(collector, 'far'), (await failures()) - failed]).toEqual([1, 0]);

    await until(() => loggedCourse(collector, 'far').join() === 'up,down,up', 'the log to tell of it');
    expect((await readEvents(collector, 'far')).map(({ kind }) => kind)).toEqual(['target_down', 'target_up']);
    expect(loggedCourse(collector, 'good')).toEqual(['up']);
    await expectWholePast(collector, data, 2);
  });
});

describe('a name that leads to another address when its server comes back', () => {
  it('is looked up for each connection', async () => {
    const first = await startRedis();
    const names = nameService({ 'cache.test': '127.0.0.1' });
    const collector = await startCollector({
      args: [`redis://cache.test:${first.port}`, '--interval', '500ms'],
      configText: 'scrape: { maxAge: 1d }', // scrapes are answered by timed polls alone
      env: names.env,
    });
    const runId = async () =>
      (await readMetrics(collector)).get('redis_instance_info')?.samples.map(({ labels }) => labels['run_id']);
    await until(async () => (await runId())?.length === 1, 'the target to be up');
    const [before] = (await runId())!;

    // Its server moves: as with a container that comes back elsewhere, the old address is dead.
    const second = await startRedis({ args: ['--bind', '127.0.0.2', '--port', `${first.port}`] });
    await first.stop();
    await until(async () => (await readStatus(collector)).targets.down === 1, 'the target to be down');
    names.set({ 'cache.test': '127.0.0.2' });
    await until(async () => (await readStatus(collector)).targets.up === 1, 'the target to be up again', 20_000);
    expect(await runId()).toEqual([/run_id:(\w+)/.exec(String(await second.command('INFO')))![1]]);
    expect(await runId()).not.toEqual([before]);

    names.set({ 'cache.test': null });
    await second.stop();
    const page = async () => (await collector.get('/')).text;
    await until(
      async () => (await page()).includes('the host name does not resolve: check the address'),
      'it to be told'
    );
    const course = () => loggedCourse(collector, `cache.test:${first.port}`);
    await until(() => course().join() === 'up,down,up,down', 'the log to tell of it');
  });
});

describe('many targets that go and come back at once', () => {
  const TARGETS = 500;
  const INTERVAL_MS = 2_000;
  /** Measured: 280 MB, and after eight outages the heap was what it had been after the first. */
  const MOST_MEMORY = 400 * 2 ** 20;
  /** If nobody spread them, all reconnections would fall into one slice of the interval. */
  const SLICES = 8;
  /** So many, for a busy machine may hold the process up. The test behind this one is exact. */
  const MOST_IN_A_SLICE = TARGETS * 0.8;

  it('are all found, spread over the interval, and leave the others their pace', async () => {
    const [behind, good] = await Promise.all([startRedis(), startRedis()]);
    const proxy = await startFaultProxy(behind);
    const data = join(temporaryDirectory(), 'data');
    const collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: `${INTERVAL_MS}ms`, timeout: `${INTERVAL_MS}ms` },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: [
          ...Array.from({ length: TARGETS }, (_, at) => ({ name: `many-${at}`, url: proxy.url })),
          { name: 'good', url: good.url, interval: '2s', timeout: '2s' },
        ],
      }),
      data,
    });
    const targets = async () => (await readStatus(collector)).targets;
    await until(async () => (await targets()).up === TARGETS + 1, 'all to be up', 60_000);
    const goodBefore = await valueOf(collector, 'redis_vitals_polls_total', 'good');

    await proxy.stop();
    await until(async () => (await targets()).down === TARGETS, 'all to be down', 30_000);
    expect((await collector.get('/')).text).toContain(`${TARGETS} of ${TARGETS + 1} targets down`);
    const accepted = proxy.acceptedAtMs.length;
    await proxy.restart();
    await until(async () => (await targets()).up === TARGETS + 1, 'all to be up again', 60_000);

    const reconnected = proxy.acceptedAtMs.slice(accepted);
    expect(reconnected).toHaveLength(TARGETS);
    const slices = Map.groupBy(reconnected, (atMs) => Math.floor((atMs * SLICES) / INTERVAL_MS));
    expect(Math.max(...[...slices.values()].map(({ length }) => length))).toBeLessThan(MOST_IN_A_SLICE);
    const page = await readMetrics(collector);
    expect(sampleValue(page, 'redis_vitals_poll_failures_total', { instance: 'good' })).toBe(0);
    expect(sampleValue(page, 'redis_vitals_polls_total', { instance: 'good' })).toBeGreaterThan(goodBefore);
    expect(peakMemory(collector)).toBeLessThan(MOST_MEMORY);
    for (const name of ['many-0', `many-${TARGETS - 1}`]) {
      await until(() => loggedCourse(collector, name).join() === 'up,down,up', 'the log to tell of it');
    }
    await expectWholePast(collector, data, TARGETS + 1);
  });

  it('after ten minutes are found within half a minute and an interval, few of them at a time', async () => {
    const [count, intervalMs, longestWaitMs] = [200, 10_000, 30_000];
    const clock = new FakeClock();
    const server = new FakeRedis();
    const attemptsAtMs: number[] = [];
    const set = new TargetSet({
      connect: (target, signal) => {
        attemptsAtMs.push(clock.monotonic());
        return server.connect(target, signal);
      },
      collectors: [],
      clock,
      random: randomNumbers(1),
      publish: () => undefined,
    });
    const targets = Array.from({ length: count }, (_, at) => makeTarget(`many-${at}`, { intervalMs }));
    set.replace(targets, () => false);
    await clock.advance(intervalMs);
    expect(server.openConnections).toBe(count);

    server.refusal = new TargetError('refused', 'nobody there');
    server.dropConnections();
    attemptsAtMs.length = 0;
    await clock.advance(600_000);
    // Far from one in each interval: in the end each target waits for 15 to 30 s.
    expect(attemptsAtMs.length / count).toBeLessThan(600_000 / 15_000);
    server.refusal = undefined;
    await clock.advance(longestWaitMs + intervalMs);
    expect(server.openConnections).toBe(count);
    const atOnce = [...Map.groupBy(attemptsAtMs, (atMs) => atMs).values()];
    expect(Math.max(...atOnce.map(({ length }) => length))).toBeLessThanOrEqual(32);
    set.close();
  });
});
