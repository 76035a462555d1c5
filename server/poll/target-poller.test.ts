import type { Collector } from '../collectors/collector';
import { TargetError } from '../errors';
import { ErrorReply } from '../model/command';
import type { PollResult } from '../model/poll-result';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis, REDIS_7 } from '../testing/fake-redis';
import { makeTarget } from '../testing/fake-targets';
import { makeCollector } from '../testing/make-collector';
import { sampleValues } from '../testing/sample-values';
import type { TargetConnection } from './interfaces';
import { TargetPoller, type PollerParts } from './target-poller';

const INTERVAL_MS = 10_000;
const TIMEOUT_MS = 2_000;

function startPoller(collectors: readonly Collector[] = [], parts: Partial<PollerParts> = {}) {
  const clock = new FakeClock();
  const server = new FakeRedis((command) => (command.startsWith('INFO') ? REDIS_7 : 0));
  const published: PollResult[] = [];
  const poller = new TargetPoller(makeTarget('cache', { intervalMs: INTERVAL_MS, timeoutMs: TIMEOUT_MS }), {
    connect: server.connect,
    collectors,
    clock,
    random: () => 0.999_999,
    publish: (result) => void published.push(result),
    ...parts,
  });
  /** A tick, and whatever comes of it without time passing. */
  const tick = async () => {
    poller.tick();
    await clock.advance(0);
    return published.at(-1)!;
  };
  /** The moments, in milliseconds, at which it connects when it is ticked every `everyMs`. */
  const attemptsWithin = async (ms: number, everyMs: number) => {
    const moments: number[] = [];
    for (let passed = 0; passed <= ms; passed += everyMs) {
      const before = server.attempts;
      await tick();
      if (server.attempts > before) moments.push(passed);
      await clock.advance(everyMs);
    }
    return moments;
  };
  return { clock, server, published, poller, tick, attemptsWithin };
}

const REFUSED = new TargetError('refused', 'nobody there');

describe('a poll that is answered', () => {
  it('is published, with samples and facts', async () => {
    const { tick, published, poller, clock } = startPoller([makeCollector('slow', [{ args: ['SLOWLOG', 'LEN'] }])]);
    const result = await tick();
    expect(published).toEqual([result]);
    expect(poller.latest).toBe(result);
    expect(result).toMatchObject({
      target: { name: 'cache' },
      startedAtMs: clock.now(),
      durationMs: 0,
      collectorFailures: [],
      facts: { role: 'master', version: [7, 0, 15] },
    });
    expect(result).not.toHaveProperty('failure');
    expect(sampleValues(result, 'redis_up')).toEqual({ '': 1 });
    expect(sampleValues(result, 'redis_slow')).toEqual({ '': 1 });
    expect(sampleValues(result, 'redis_exporter_last_scrape_error')).toEqual({ '': 0 });
    expect(sampleValues(result, 'redis_exporter_last_scrape_connect_time_seconds')).toEqual({ '': 0.001 });
  });

  it('takes one connection and one round trip, however many there are', async () => {
    const { tick, server, clock } = startPoller();
    for (let count = 0; count < 50; count++) {
      await tick();
      await clock.advance(INTERVAL_MS);
    }
    const result = await tick();
    expect([server.attempts, server.roundTrips.length]).toEqual([1, 1 + 51]);
    expect(sampleValues(result, 'redis_vitals_connections_total')).toEqual({ '': 1 });
    expect(sampleValues(result, 'redis_vitals_polls_total')).toEqual({ '': 51 });
    expect(sampleValues(result, 'redis_vitals_poll_commands')).toEqual({ '': 1 });
  });

  it('reports the collectors that fail and those that are off, and why', async () => {
    const slow = makeCollector('slow', [{ args: ['SLOWLOG', 'LEN'] }]);
    const odd = makeCollector('odd', [], {
      collect: () => {
        throw new Error('odd');
      },
    });
    const { tick, server } = startPoller([slow, odd]);
    server.respond = (command) => (command.startsWith('INFO') ? REDIS_7 : new ErrorReply('NOPERM no'));
    for (const slowSuccess of [{ slow: 0 }, {}, {}]) {
      const result = await tick();
      expect(result.collectorFailures.map(({ collector, code, off }) => [collector, code, off])).toEqual([
        ['odd', 'parse', false],
        ['slow', 'no_permission', true],
      ]);
      expect(sampleValues(result, 'redis_vitals_collector_success')).toEqual({ ...slowSuccess, odd: 0 });
      expect(sampleValues(result, 'redis_vitals_collector_off')).toEqual({ 'slow,no_permission': 1 });
      expect(sampleValues(result, 'redis_up')).toEqual({ '': 1 });
    }
    expect(server.commands.filter((command) => command === 'SLOWLOG LEN')).toHaveLength(1);

    server.dropConnections();
    await tick();
    expect(server.commands.filter((command) => command === 'SLOWLOG LEN')).toHaveLength(2);
  });
});

describe('a server that says what is wrong', () => {
  it.each([
    ['LOADING Redis is loading the dataset in memory', 'loading'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'master_down'],
    ['BUSY Redis is busy running a script.', 'busy'],
    ['ERR out of luck', 'error_reply'],
  ])('keeps its connection: %s', async (said, code) => {
    const { tick, server, clock } = startPoller();
    server.respond = () => new ErrorReply(said);
    for (let count = 0; count < 3; count++) {
      const result = await tick();
      expect(result.failure).toEqual({
        code,
        message: expect.stringContaining(`10.0.0.1:6379: INFO answered: ${said}`) as string,
      });
      expect(sampleValues(result, 'redis_up')).toEqual({ '': 0 });
      expect(sampleValues(result, 'redis_exporter_last_scrape_error')).toEqual({ [code]: 1 });
      await clock.advance(INTERVAL_MS);
    }
    server.respond = () => REDIS_7;
    expect(await tick()).not.toHaveProperty('failure');
    expect(server.attempts).toBe(1);
  });

  it.each([
    ['NOAUTH Authentication required.', 'auth', 'set password, and username where the server has users'],
    ['NOPERM no', 'no_permission', 'grant +info to the user'],
    ["ERR unknown command 'INFO'", 'unknown_command', 'the server does not have the command'],
  ])('is asked no more than twice a minute: %s', async (said, code, remedy) => {
    const { attemptsWithin, server, published } = startPoller();
    server.respond = () => new ErrorReply(said);
    expect(await attemptsWithin(100_000, 1000)).toEqual([0, 30_000, 60_000, 90_000]);
    expect(server.openConnections).toBe(0);
    for (const { failure } of published) {
      expect(failure).toEqual({ code, message: expect.stringContaining(remedy) as string });
    }
  });

  it('is asked no more than twice a minute with the wrong credentials', async () => {
    const { attemptsWithin, server } = startPoller();
    server.refusal = new TargetError('auth', 'check username and password');
    expect(await attemptsWithin(100_000, 1000)).toEqual([0, 30_000, 60_000, 90_000]);
  });

  it('is not kept when what it says is not INFO', async () => {
    const { tick, server } = startPoller();
    server.respond = () => ['echo'];
    expect((await tick()).failure).toEqual({
      code: 'parse',
      message: '10.0.0.1:6379: the reply to INFO is not a string',
    });
    expect(server.openConnections).toBe(0);
  });
});

describe('a server that cannot be reached', () => {
  it('is tried after 100 ms, and twice as long each time up to 30 s', async () => {
    const { attemptsWithin, server, published, poller } = startPoller();
    server.refusal = REFUSED;
    const moments = [0, 100, 300, 700, 1500, 3100, 6300, 12_700, 25_500, 51_100, 81_100, 111_100];
    expect(await attemptsWithin(120_000, 50)).toEqual(moments);
    const result = published.at(-1)!;
    expect(result.failure).toEqual({ code: 'refused', message: 'nobody there' });
    expect(sampleValues(result, 'redis_vitals_connection_failures_total')).toEqual({ '': moments.length });
    expect(sampleValues(result, 'redis_vitals_poll_failures_total')).toEqual({ '': published.length });
    expect(poller.counters.recentPolls).toHaveLength(20);
    expect(poller.counters.recentFailures).toHaveLength(50);
  });

  it('is tried later and later when it has no time for AUTH', async () => {
    const { attemptsWithin, server } = startPoller();
    server.refusal = new TargetError('loading', 'wait');
    expect(await attemptsWithin(1000, 50)).toEqual([0, 100, 300, 700]);
  });

  it('is tried soon again when it went after a success', async () => {
    const { attemptsWithin, server, tick, clock } = startPoller();
    server.refusal = REFUSED;
    await attemptsWithin(20_000, 100);
    server.refusal = undefined;
    await clock.advance(30_000);
    expect(await tick()).not.toHaveProperty('failure');
    server.refusal = REFUSED;
    server.dropConnections();
    expect(await attemptsWithin(700, 50)).toEqual([0, 100, 300, 700]);
  });

  it('still is what it was when it last answered', async () => {
    const { tick, server } = startPoller();
    await tick();
    server.refusal = REFUSED;
    server.dropConnections();
    expect(await tick()).toMatchObject({ failure: { code: 'refused' }, facts: { version: [7, 0, 15] } });
  });
});

describe('a connection that ends', () => {
  it('between polls is replaced by the next one', async () => {
    const { tick, server } = startPoller();
    await tick();
    server.dropConnections();
    const result = await tick();
    expect(result).not.toHaveProperty('failure');
    expect(sampleValues(result, 'redis_vitals_connections_total')).toEqual({ '': 2 });
    expect(server.roundTrips.slice(2)).toEqual([['INFO'], ['INFO everything']]);
  });

  it('during a poll fails it at once', async () => {
    const { tick, server, published, clock } = startPoller();
    await tick();
    server.hangs = true;
    await tick();
    expect(published).toHaveLength(1);
    server.dropConnections();
    await clock.advance(0);
    expect(published[1]!.failure).toMatchObject({ code: 'closed' });
    server.hangs = false;
    await clock.advance(100);
    expect(await tick()).not.toHaveProperty('failure');
  });
});

it('an answer that arrived while this process was held up is read before the poll is given up', async () => {
  const server = new FakeRedis((command) => (command.startsWith('INFO') ? REDIS_7 : 0));
  const gate = Promise.withResolvers<undefined>();
  const { clock, poller, published } = startPoller([], {
    connect: async (target, signal) => {
      const connection = await server.connect(target, signal);
      const roundTrip: TargetConnection['roundTrip'] = async (commands) => {
        await gate.promise;
        return connection.roundTrip(commands);
      };
      return { connectMs: 0, isOpen: true, roundTrip, close: () => connection.close() };
    },
  });
  poller.tick();
  await clock.advance(0);
  setImmediate(() => setImmediate(() => gate.resolve(undefined)));
  await clock.stall(3 * TIMEOUT_MS);
  await clock.advance(0);
  expect(published).toHaveLength(1);
  expect(published[0]).not.toHaveProperty('failure');
});

describe('a server that hangs', () => {
  it.each([
    ['before it is connected', false, 'no connection'],
    ['once it is connected', true, 'no whole answer'],
  ])('%s fails the poll when its time is over', async (_, isConnected, lacking) => {
    const { tick, server, published, clock } = startPoller();
    if (isConnected) await tick();
    published.length = 0;
    server.hangs = true;
    await tick();
    await clock.advance(TIMEOUT_MS - 1);
    expect(published).toEqual([]);
    await clock.advance(1);
    expect(published).toMatchObject([
      {
        durationMs: TIMEOUT_MS,
        failure: {
          code: 'timeout',
          message: `10.0.0.1:6379: ${lacking} within 2000 ms: the server hangs or is overloaded`,
        },
      },
    ]);
    expect([server.openConnections, clock.pendingTimers]).toEqual([0, 0]);
    expect(sampleValues(published[0]!, 'redis_vitals_connection_failures_total')).toEqual({ '': isConnected ? 0 : 1 });

    server.hangs = false;
    await clock.advance(100);
    expect(await tick()).not.toHaveProperty('failure');
  });

  it('and connects in the end, too late: that connection is closed', async () => {
    const clock = new FakeClock();
    const server = new FakeRedis();
    const slowly: PollerParts['connect'] = async (target) => {
      await new Promise<void>((resolve) => clock.after(5000, resolve));
      return server.connect(target, new AbortController().signal);
    };
    const { poller, published } = startPoller([], { clock, connect: slowly });
    poller.tick();
    await clock.advance(5000);
    expect(published.map(({ failure }) => failure?.code)).toEqual(['timeout']);
    expect([server.attempts, server.openConnections]).toEqual([1, 0]);
    expect(poller.counters.connections).toBe(0);
  });

  it('makes ticks be skipped and counted, never two polls at a time', async () => {
    const { tick, server, published, poller, clock } = startPoller();
    await tick();
    server.hangs = true;
    for (let count = 0; count < 4; count++) poller.tick();
    await clock.advance(TIMEOUT_MS);
    expect(server.roundTrips).toHaveLength(2 + 1);
    expect(sampleValues(published.at(-1)!, 'redis_vitals_polls_skipped_total')).toEqual({ '': 3 });
    expect(sampleValues(published.at(-1)!, 'redis_vitals_polls_total')).toEqual({ '': 2 });
  });

  it('counts the ticks that went by before one', async () => {
    const { poller, clock } = startPoller();
    poller.tick(3);
    await clock.advance(0);
    expect(poller.counters).toMatchObject({ polls: 1, skipped: 3 });
  });
});

describe('a fresh result', () => {
  it('is the latest one while that is young enough', async () => {
    const { tick, poller, server, clock } = startPoller();
    const latest = await tick();
    await clock.advance(1000);
    expect(poller.ageMs()).toBe(1000);
    expect(await poller.fresh(1000)).toBe(latest);
    const fresh = await poller.fresh(999);
    expect(fresh).not.toBe(latest);
    expect(server.roundTrips).toHaveLength(3);
    expect([poller.latest === fresh, poller.ageMs()]).toEqual([true, 0]);
  });

  it('is polled for when there is none', async () => {
    const { poller } = startPoller();
    expect(poller.ageMs()).toBeUndefined();
    expect(await poller.fresh(1000)).toBe(poller.latest);
  });

  it('counts its age from the beginning of the poll', async () => {
    const { poller, server, clock } = startPoller();
    server.hangs = true;
    const slow = poller.fresh(0);
    await clock.advance(TIMEOUT_MS);
    expect([poller.latest === (await slow), poller.ageMs()]).toEqual([true, TIMEOUT_MS]);
  });

  it('is that of the running poll when that began late enough, else of one more that all share', async () => {
    const { poller, server, published, clock } = startPoller();
    server.hangs = true;
    poller.tick();
    await clock.advance(500);
    const early = poller.fresh(500);
    const late = [poller.fresh(499), poller.fresh(0)];
    await clock.advance(500);
    late.push(poller.fresh(0));
    expect(poller.counters.polls).toBe(1);
    server.hangs = false;
    await clock.advance(1000 + 1);
    const [first, second] = published;
    expect(published).toHaveLength(2);
    expect(await early).toBe(first);
    for (const result of await Promise.all(late)) expect(result).toBe(second);
  });

  it('is not that of a poll that began before it was asked for', async () => {
    const clock = new FakeClock();
    const server = new FakeRedis();
    const slowly: PollerParts['connect'] = async (target, signal) => {
      const connection = await server.connect(target, signal);
      const roundTrip: typeof connection.roundTrip = async (commands) => {
        await new Promise<void>((resolve) => clock.after(500, resolve));
        return connection.roundTrip(commands);
      };
      return { connectMs: 0, isOpen: true, roundTrip, close: () => connection.close() };
    };
    const { poller, published } = startPoller([], { clock, connect: slowly });
    poller.tick();
    await clock.advance(1);
    const second = poller.fresh(0);
    await clock.advance(1000); // the first has ended, the second has begun
    const third = poller.fresh(0);
    await clock.advance(1000);
    expect(published).toHaveLength(3);
    expect([published.indexOf(await second), published.indexOf(await third)]).toEqual([1, 2]);
  });
});

describe('a tick where readers have the target polled', () => {
  it.each([
    ['in the interval that they had polled already is left out', 3000, 5000, 1],
    ['in the next one, at the same time, is not', 3000, 10_000, 2],
    ['in the next one, earlier, waits', 7000, 6000, 1],
  ])('%s', async (_what, beforeMs, afterMs, polls) => {
    const { tick, poller, clock } = startPoller();
    await clock.advance(beforeMs);
    await poller.fresh(0);
    await clock.advance(afterMs);
    await tick();
    expect(poller.counters).toMatchObject({ polls, skipped: 0 });
  });

  it.each([
    ['do not come, until shortly before the interval ends', false, 19_000],
    ['come, and is then left out', true, 17_000],
  ])('waits for them where they %s', async (_what, come, startedAtMs) => {
    const { tick, poller, clock } = startPoller();
    const beginMs = clock.now();
    await clock.advance(7000);
    await poller.fresh(0);
    await clock.advance(6000);
    await tick();
    await clock.advance(4000);
    if (come) await poller.fresh(0);
    await clock.advance(2999);
    expect([poller.counters.polls, poller.latest!.startedAtMs - beginMs]).toEqual([2, startedAtMs]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not left out when their poll failed', async () => {
    const { tick, poller, server } = startPoller();
    server.refusal = REFUSED;
    await poller.fresh(0);
    await tick();
    expect(poller.counters.polls).toBe(2);
  });

  it('waits no longer when the poller is closed', async () => {
    const { tick, poller, clock } = startPoller();
    await clock.advance(7000);
    await poller.fresh(0);
    await clock.advance(6000);
    await tick();
    poller.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a poller that is closed', () => {
  it.each([
    ['while it connects', false],
    ['while it polls', true],
  ])('%s fails the poll, tells nobody, and never connects again', async (_, isConnected) => {
    const { tick, poller, server, published, clock } = startPoller();
    if (isConnected) await tick();
    published.length = 0;
    server.hangs = true;
    await clock.advance(1);
    const waiting = poller.fresh(0);
    await clock.advance(10);
    const { attempts } = server;
    poller.close();
    expect((await waiting).failure).toEqual({
      code: 'closed',
      message: '10.0.0.1:6379: the target is no longer polled',
    });
    server.hangs = false;
    await clock.advance(60_000);
    expect((await poller.fresh(0)).failure).toMatchObject({ code: 'closed' });
    await tick();
    expect(published).toEqual([]);
    expect([server.attempts, server.openConnections, clock.pendingTimers]).toEqual([attempts, 0, 0]);
  });

  it('just when the answer has come is closed all the same', async () => {
    const { poller, published, clock, server } = startPoller();
    server.respond = (command) => {
      if (command === 'INFO everything') queueMicrotask(() => poller.close());
      return REDIS_7;
    };
    const result = await poller.fresh(0);
    await clock.advance(0);
    expect(result.failure).toMatchObject({ code: 'closed' });
    expect([published, server.openConnections]).toEqual([[], 0]);
  });
});
