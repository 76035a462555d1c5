import { FakeClock } from '../testing/fake-clock';
import { FakeRedis } from '../testing/fake-redis';
import { makeTarget } from '../testing/fake-targets';
import { Scheduler } from './scheduler';
import { TargetPoller } from './target-poller';

const INTERVAL_MS = 10_000;
/** Five seconds past noon: the middle of an interval, which is where a lone target is polled. */
const START_MS = 1_700_049_605_000;

/** Pollers of these targets, and the moments of their polls since `clock` began, by name. */
function startPollers(names: readonly string[], clock: FakeClock, intervalMs = INTERVAL_MS) {
  const server = new FakeRedis();
  const moments = new Map<string, number[]>(names.map((name) => [name, []]));
  const pollers = names.map(
    (name) =>
      new TargetPoller(makeTarget(name, { intervalMs, timeoutMs: intervalMs }), {
        connect: server.connect,
        collectors: [],
        clock,
        random: () => 0,
        publish: ({ durationMs }) => moments.get(name)!.push(clock.monotonic() - durationMs),
      })
  );
  return { pollers, moments: (name: string) => moments.get(name)! };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `cache-${index}`);

/** When within the interval each of so many targets is polled by a scheduler that began at that moment. */
async function offsets(names: readonly string[], startMs: number): Promise<Map<string, number>> {
  const clock = new FakeClock(startMs);
  const { pollers, moments } = startPollers(names, clock);
  const scheduler = new Scheduler(clock);
  scheduler.schedule(pollers);
  await clock.advance(2 * INTERVAL_MS);
  scheduler.close();
  return new Map(names.map((name) => [name, (startMs + moments(name).at(-1)!) % INTERVAL_MS]));
}

describe('Scheduler', () => {
  it('ticks at once, and then in the middle of each interval of the time of day', async () => {
    const clock = new FakeClock(START_MS + 3000);
    const { pollers, moments } = startPollers(['cache'], clock);
    new Scheduler(clock).schedule(pollers);
    await clock.advance(40_000);
    expect(moments('cache')).toEqual([0, 7000, 17_000, 27_000, 37_000]);
  });

  it('keeps to each interval of its own', async () => {
    const clock = new FakeClock(START_MS);
    const [fast, slow] = [startPollers(['fast'], clock, 1000), startPollers(['slow'], clock, 60_000)];
    new Scheduler(clock).schedule([...fast.pollers, ...slow.pollers]);
    await clock.advance(60_000);
    expect(fast.moments('fast')).toHaveLength(61);
    expect(slow.moments('slow')).toEqual([10, 25_000]);
  });

  it('polls many targets in batches, each target once per interval', async () => {
    const clock = new FakeClock(START_MS);
    const names = many(200);
    const { pollers, moments } = startPollers(names, clock);
    new Scheduler(clock).schedule(pollers);
    await clock.advance(INTERVAL_MS / 2); // past the first polls
    const before = names.map((name) => moments(name).length);
    await clock.advance(5 * INTERVAL_MS);
    names.forEach((name, index) => expect([name, moments(name).length - before[index]!]).toEqual([name, 5]));
    const batches = new Map<number, number>();
    for (const name of names) batches.set(moments(name).at(-1)!, (batches.get(moments(name).at(-1)!) ?? 0) + 1);
    expect(batches.size).toBe(16);
    expect(Math.max(...batches.values())).toBeLessThan(32);
    const gaps = [...batches.keys()].sort((a, b) => a - b).map((at, index, all) => at - (all[index - 1] ?? at));
    expect(new Set(gaps.slice(1))).toEqual(new Set([INTERVAL_MS / 16]));
  });

  it('spreads the first polls of many targets', async () => {
    const clock = new FakeClock(START_MS);
    const names = many(40);
    const { pollers, moments } = startPollers(names, clock);
    new Scheduler(clock).schedule(pollers);
    await clock.advance(500);
    const firsts = new Set(names.map((name) => moments(name)[0]));
    expect(firsts).toEqual(new Set([0, 10, 20, 30]));
  });

  it('polls a target at the same moments after a restart, whatever the others are', async () => {
    const before = await offsets(many(200), START_MS);
    expect(await offsets(many(200).reverse(), START_MS + 123_456)).toEqual(before);
    const more = await offsets(many(256), START_MS);
    for (const [name, offset] of before) expect([name, more.get(name)]).toEqual([name, offset]);
  });

  it('moves a target by less than a slot when there come to be twice as many slots', async () => {
    const before = await offsets(many(256), START_MS);
    const more = await offsets(many(257), START_MS);
    const moves = new Set([...before].map(([name, offset]) => more.get(name)! - offset));
    expect([...moves].sort((a, b) => a - b)).toEqual([-INTERVAL_MS / 64, INTERVAL_MS / 64]);
  });

  it.each([1, 50, 900])('ticks once per interval when timers run %d ms early', async (earlyMs) => {
    const clock = new FakeClock(START_MS);
    clock.earlyMs = earlyMs;
    const { pollers, moments } = startPollers(['cache'], clock);
    new Scheduler(clock).schedule(pollers);
    await clock.advance(1000);
    const before = moments('cache').length;
    await clock.advance(20 * INTERVAL_MS);
    expect(moments('cache').length - before).toBe(20);
  });

  it('polls once after a stall and counts what it has missed', async () => {
    const clock = new FakeClock(START_MS);
    const { pollers, moments } = startPollers(['cache'], clock);
    new Scheduler(clock).schedule(pollers);
    await clock.advance(15_000);
    await clock.stall(47_000); // the ticks at 20, 30, 40, 50 and 60 s fall due
    expect(moments('cache')).toEqual([0, 10_000, 62_000]);
    expect(pollers[0]!.counters.skipped).toBe(4);
    await clock.advance(8000);
    expect(moments('cache').at(-1)).toBe(70_000);
    expect(pollers[0]!.counters.skipped).toBe(4);
  });

  it('polls once when the first tick and that of the interval come together', async () => {
    const clock = new FakeClock(START_MS - 3);
    const { pollers, moments } = startPollers(['cache'], clock);
    new Scheduler(clock).schedule(pollers);
    await clock.stall(100); // the tick at once and the one 3 ms later fall due
    expect(moments('cache')).toEqual([100]);
    await clock.advance(10_000);
    expect(moments('cache')).toEqual([100, 10_003]);
  });

  it.each([3_600_000, -3_600_000, 4_321, -4_321, 9_999, -1])(
    'neither stops nor bursts when the clock is set by %d ms',
    async (jumpMs) => {
      const clock = new FakeClock(START_MS);
      const { pollers, moments } = startPollers(['cache'], clock);
      new Scheduler(clock).schedule(pollers);
      await clock.advance(25_000);
      clock.jump(jumpMs);
      await clock.advance(100_000);
      const gaps = moments('cache')
        .map((at, index, all) => at - (all[index - 1] ?? at))
        .slice(1);
      expect(gaps.length).toBeGreaterThanOrEqual(11);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(INTERVAL_MS / 10);
      expect(Math.max(...gaps)).toBeLessThan(1.1 * INTERVAL_MS);
      expect(pollers[0]!.counters.skipped).toBe(0);
      expect(clock.now() % INTERVAL_MS).toBe((125_000 + jumpMs + START_MS) % INTERVAL_MS);
      await clock.advance(INTERVAL_MS);
      expect((START_MS + jumpMs + moments('cache').at(-1)!) % INTERVAL_MS).toBe(INTERVAL_MS / 2);
    }
  );

  describe('given other targets', () => {
    it('leaves the polls of those that stay as they are, however close', async () => {
      const clock = new FakeClock(START_MS);
      const stays = startPollers(['stays'], clock);
      const comes = startPollers(['comes'], clock);
      const scheduler = new Scheduler(clock);
      scheduler.schedule(stays.pollers);
      await clock.advance(19_900);
      scheduler.schedule([...stays.pollers, ...comes.pollers]);
      await clock.advance(20_100);
      expect(stays.moments('stays')).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
      expect(comes.moments('comes')).toEqual([19_900, 20_000, 30_000, 40_000]);
    });

    it('no longer ticks those that are gone', async () => {
      const clock = new FakeClock(START_MS);
      const { pollers, moments } = startPollers(['stays', 'goes'], clock);
      const scheduler = new Scheduler(clock);
      scheduler.schedule(pollers);
      await clock.advance(5000);
      scheduler.schedule(pollers.slice(0, 1));
      await clock.advance(15_000);
      expect([moments('stays').length, moments('goes').length]).toEqual([3, 1]);
    });

    it('does not forget those that were still to have their first poll', async () => {
      const clock = new FakeClock(START_MS);
      const names = many(40);
      const { pollers, moments } = startPollers(names, clock);
      const scheduler = new Scheduler(clock);
      scheduler.schedule(pollers);
      await clock.advance(15);
      scheduler.schedule(pollers);
      await clock.advance(100);
      for (const name of names) expect([name, moments(name).length]).toEqual([name, 1]);
    });

    it('has no timers left when it is closed', async () => {
      const clock = new FakeClock(START_MS);
      const { pollers, moments } = startPollers(many(40), clock);
      const scheduler = new Scheduler(clock);
      scheduler.schedule(pollers);
      scheduler.close();
      await clock.advance(30_000);
      expect([clock.pendingTimers, moments('cache-0')]).toEqual([0, []]);
    });
  });
});
