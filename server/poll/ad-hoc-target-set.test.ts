import type { PollResult } from '../model/poll-result';
import { Secret } from '../model/secret';
import type { Target } from '../model/target';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis } from '../testing/fake-redis';
import { sampleValues } from '../testing/sample-values';
import { AdHocTargetSet } from './ad-hoc-target-set';
import type { AdHocAddress } from './interfaces';

const IDLE_MS = 300_000;
const defaults = { intervalMs: 10_000, timeoutMs: 2000, disabledCollectors: new Set(['slowlog']) };
const at = (host: string, tls = false): AdHocAddress => ({ host, port: 6379, tls });

function startSet(given: typeof defaults = defaults) {
  const clock = new FakeClock();
  const server = new FakeRedis();
  const targets: Target[] = [];
  const set = new AdHocTargetSet(
    {
      connect: (target, signal) => {
        targets.push(target);
        return server.connect(target, signal);
      },
      collectors: [],
      clock,
      random: () => 0,
      publish: () => undefined,
    },
    () => given
  );
  /** A scrape of that age at most. */
  const scrape = (address: AdHocAddress, maxAgeMs = 0): Promise<PollResult> => set.poll(address, maxAgeMs, 1000);
  return { clock, server, targets, set, scrape };
}

describe('AdHocTargetSet', () => {
  it('polls when it is asked to, and only then', async () => {
    const { clock, server, set, scrape } = startSet();
    const result = await scrape(at('a'));
    expect(result).toMatchObject({ target: { name: 'a:6379', labels: {}, ...defaults }, facts: { role: 'master' } });
    expect(await scrape(at('a'), 1000)).toBe(result);
    await clock.advance(60_000);
    expect(server.roundTrips).toHaveLength(2);
    expect(sampleValues({ samples: set.freshness(at('a')) }, 'redis_vitals_snapshot_age_seconds')).toEqual({ '': 60 });
    await scrape(at('a'));
    expect([server.attempts, server.roundTrips.length]).toEqual([1, 3]);
  });

  it('has one target for an address, another for its TLS', async () => {
    const { targets, scrape } = startSet();
    for (const address of [at('a'), at('a', true), at('::1'), at('a', true), at('a')]) await scrape(address);
    expect(targets.map(({ name, tls }) => [name, tls])).toEqual([
      ['a:6379', undefined],
      ['a:6379', { insecureSkipVerify: false }],
      ['[::1]:6379', undefined],
    ]);
  });

  it('never has credentials, whatever it is given', async () => {
    const password = { from: 'value', value: new Secret('canary') };
    const { targets, scrape } = startSet({ ...defaults, username: 'u', password, tls: {} } as typeof defaults);
    await scrape(at('a'));
    expect(Object.keys(targets[0]!).sort()).toEqual([
      'address',
      'disabledCollectors',
      'intervalMs',
      'labels',
      'name',
      'timeoutMs',
    ]);
  });

  it('lets go of targets nobody asks for', async () => {
    const { clock, server, scrape } = startSet();
    await scrape(at('a'));
    await clock.advance(IDLE_MS / 2);
    await scrape(at('b'));
    await clock.advance(IDLE_MS / 2 - 1);
    await scrape(at('b'), Infinity);
    expect(server.openConnections).toBe(2);
    await clock.advance(1);
    await scrape(at('b'), Infinity);
    expect(server.openConnections).toBe(1);
    await clock.advance(IDLE_MS);
    expect([server.openConnections, clock.pendingTimers]).toEqual([0, 0]);
    await scrape(at('a'));
    expect(server.attempts).toBe(3);
  });

  it('holds 200 targets at most: the one asked for longest ago makes room', async () => {
    const { server, targets, scrape } = startSet();
    for (let count = 0; count < 200; count++) await scrape(at(`cache-${count}`));
    await scrape(at('cache-0'), Infinity);
    await scrape(at('one-more'));
    expect(server.openConnections).toBe(200);
    targets.length = 0;
    await scrape(at('cache-0'), Infinity);
    await scrape(at('cache-1'), Infinity);
    expect(targets.map(({ name }) => name)).toEqual(['cache-1:6379']);
  });

  it('answers a reader in time when the server hangs', async () => {
    const { clock, server, scrape } = startSet();
    server.hangs = true;
    const waiting = scrape(at('a'));
    await clock.advance(1000);
    expect(sampleValues(await waiting, 'redis_up')).toEqual({ '': 0 });
  });

  it('has nothing to say of a target nobody asked for, and does not take it up', () => {
    const { clock, set } = startSet();
    expect(set.freshness(at('a')).values).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends everything when it is closed', async () => {
    const { clock, server, set, scrape } = startSet();
    await scrape(at('a'));
    await scrape(at('b'));
    set.close();
    expect([server.openConnections, clock.pendingTimers]).toEqual([0, 0]);
  });
});
