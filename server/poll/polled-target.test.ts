import type { PollResult } from '../model/poll-result';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis } from '../testing/fake-redis';
import { makeTarget } from '../testing/fake-targets';
import { sampleValues } from '../testing/sample-values';
import { NO_SAMPLES, PolledTarget } from './polled-target';

function startTarget() {
  const clock = new FakeClock();
  const server = new FakeRedis();
  const published: PollResult[] = [];
  const polled = new PolledTarget(makeTarget('cache'), {
    connect: server.connect,
    collectors: [],
    clock,
    random: () => 0,
    publish: (result) => void published.push(result),
  });
  return { clock, server, polled, published };
}

describe('a reader', () => {
  it('is given the poll that ends in time, and leaves no timer', async () => {
    const { polled, published, clock } = startTarget();
    const result = await polled.poll(0, 100);
    expect(published).toEqual([result]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('shares the poll with others', async () => {
    const { polled, published } = startTarget();
    const results = await Promise.all([polled.poll(0, 100), polled.poll(0, 50), polled.poll(1000, 100)]);
    expect(new Set(results)).toEqual(new Set(published));
  });

  it('is told when its time is over; the poll goes on for those who wait longer', async () => {
    const { polled, published, server, clock } = startTarget();
    server.hangs = true;
    const [hasty, patient] = [polled.poll(0, 500), polled.poll(0, 3000)];
    await clock.advance(500);
    const late = await hasty;
    expect(late).toMatchObject({
      target: { name: 'cache' },
      durationMs: 500,
      startedAtMs: clock.now() - 500,
      failure: { code: 'timeout', message: "10.0.0.1:6379: no answer within the reader's 500 ms" },
      collectorFailures: [],
    });
    expect(sampleValues(late, 'redis_up')).toEqual({ '': 0 });
    expect(sampleValues(late, 'redis_exporter_last_scrape_error')).toEqual({ timeout: 1 });
    expect(sampleValues(late, 'redis_vitals_polls_total')).toEqual({ '': 1 });
    // The attempt to connect has not failed yet: a counter that went back would look like a restart.
    expect(sampleValues(late, 'redis_vitals_connection_failures_total')).toEqual({ '': 0 });
    expect(published).toEqual([]);

    await clock.advance(1500);
    expect(await patient).toBe(published[0]);
    expect(sampleValues(await patient, 'redis_vitals_connection_failures_total')).toEqual({ '': 1 });
  });

  it('is told the age of what it reads, and nothing when there is nothing to read', async () => {
    const { polled, clock } = startTarget();
    expect(polled.freshness().layout).toBe(NO_SAMPLES.layout);
    await polled.poll(0, 100);
    await clock.advance(1500);
    const age = polled.freshness();
    expect(sampleValues({ samples: age }, 'redis_vitals_snapshot_age_seconds')).toEqual({ '': 1.5 });
    await clock.advance(500);
    expect(polled.freshness().layout).toBe(age.layout);
  });
});
