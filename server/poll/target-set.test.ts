import { TargetError } from '../errors';
import { ErrorReply } from '../model/command';
import type { PollResult } from '../model/poll-result';
import type { Address, Target } from '../model/target';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis, REDIS_7, type Responder } from '../testing/fake-redis';
import { makeTarget } from '../testing/fake-targets';
import { sampleValues } from '../testing/sample-values';
import { TargetSet } from './target-set';

/** The middle of an interval, which is where a lone target is polled. */
const START_MS = 1_700_000_005_000;

function startSet(...targets: Target[]) {
  const clock = new FakeClock(START_MS);
  const server = new FakeRedis();
  const published: PollResult[] = [];
  const set = new TargetSet({
    connect: server.connect,
    collectors: [],
    clock,
    random: () => 0,
    publish: (result) => void published.push(result),
  });
  const replace = (...next: Target[]) => set.replace(next, (a, b) => a === b);
  replace(...targets);
  return { clock, server, published, set, replace };
}

const [a, b, c] = ['a', 'b', 'c'].map((name) => makeTarget(name)) as [Target, Target, Target];

describe('the targets of a set', () => {
  it('are polled at once and then by the clock', async () => {
    const { set, clock, published } = startSet(a, b);
    expect(set.list()).toEqual([a, b]);
    expect(set.status('a')).toMatchObject({ state: 'waiting', polls: 0 });
    await clock.advance(20_000);
    expect(published.map(({ target }) => target.name).sort()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  });

  it('keep connection and counters when they stay the same', async () => {
    const { set, clock, server, replace } = startSet(a, b);
    await clock.advance(0);
    replace(b, a);
    await clock.advance(10_000);
    expect(set.list()).toEqual([b, a]);
    expect(server.attempts).toBe(2);
    expect(set.status('a')).toMatchObject({ polls: 2, connections: 1 });
  });

  it('are polled anew when something about them changed, and no more when they are gone', async () => {
    const { set, clock, server, replace, published } = startSet(a, b, c);
    await clock.advance(0);
    const changed = makeTarget('b', { labels: { team: 'x' } });
    replace(a, changed);
    expect(server.openConnections).toBe(1);
    published.length = 0;
    await clock.advance(0);
    expect(published.map(({ target }) => target)).toEqual([changed]);
    expect([server.attempts, server.openConnections]).toEqual([4, 2]);
    expect(set.status('b')).toMatchObject({ polls: 1, target: changed });
    expect(set.status('c')).toBeUndefined();
    published.length = 0;
    await clock.advance(10_000);
    expect(published.map(({ target }) => target.name).sort()).toEqual(['a', 'b']);
  });

  it('are all let go when the set is closed', async () => {
    const { set, clock, server, published } = startSet(a, b);
    await clock.advance(0);
    server.hangs = true;
    await clock.advance(10_000);
    published.length = 0;
    set.close();
    await clock.advance(60_000);
    expect([server.openConnections, clock.pendingTimers, set.list(), published]).toEqual([0, 0, [], []]);
  });
});

describe('a status', () => {
  it('says how the target is and has been', async () => {
    const { set, clock, server } = startSet(a);
    await clock.advance(0);
    expect(set.status('a')).toMatchObject({
      target: a,
      state: 'up',
      latest: { facts: { role: 'master' } },
      polls: 1,
      skippedPolls: 0,
      connections: 1,
      recentFailures: [],
    });
    server.hangs = true;
    await clock.advance(25_000);
    const status = set.status('a')!;
    expect(status).toMatchObject({ state: 'down', latest: { failure: { code: 'timeout' } }, polls: 3 });
    expect(status.recentPolls.map(({ failure }) => failure?.code)).toEqual(['timeout', 'timeout', undefined]);
    expect(status.recentFailures).toHaveLength(2);
    const [newest, oldest] = status.recentFailures.map(({ startedAtMs }) => startedAtMs);
    expect(newest).toBeGreaterThan(oldest!);
  });
});

describe('reading', () => {
  it('gives the latest poll, or a new one', async () => {
    const { set, clock, published } = startSet(a);
    await clock.advance(1000);
    expect(await set.poll('a', 1000, 500)).toBe(published[0]);
    expect(await set.poll('a', 999, 500)).toBe(published[1]);
    expect(sampleValues({ samples: set.freshness('a') }, 'redis_vitals_snapshot_age_seconds')).toEqual({ '': 0 });
  });

  it('of a target that nobody configured is a mistake', () => {
    expect(() => startSet(a).set.poll('b', 0, 100)).toThrow('no target is named b');
  });

  it('of a target that has gone meanwhile says nothing of its age', async () => {
    const { set, replace } = startSet(a);
    await set.poll('a', 0, 100);
    replace(b);
    expect(set.freshness('a').values).toHaveLength(0);
  });
});

describe('asking', () => {
  const LATENCY = { args: ['LATENCY', 'LATEST'] } as const;
  const UNKNOWN = { args: ['SLOWLOG', 'LEN'] } as const;
  const respond: Responder = (command) => (command === 'LATENCY LATEST' ? [] : REDIS_7);

  it('takes one round trip over the connection of the polls', async () => {
    const { set, clock, server } = startSet(a);
    await clock.advance(0);
    const timersBefore = clock.pendingTimers;
    server.respond = (command) => (command === 'SLOWLOG LEN' ? undefined : respond(command));
    const replies = await set.ask('a', [LATENCY, UNKNOWN], 500);
    expect(replies).toEqual([[], new ErrorReply("ERR unknown command 'SLOWLOG LEN'")]);
    expect(server.roundTrips.at(-1)).toEqual(['LATENCY LATEST', 'SLOWLOG LEN']);
    await clock.advance(0);
    expect([server.attempts, clock.pendingTimers]).toEqual([1, timersBefore]);
  });

  it('waits for no poll that is under way', async () => {
    const { set, clock, server } = startSet(a);
    await clock.advance(0);
    server.hangs = true;
    await clock.advance(10_000);
    server.hangs = false;
    server.respond = respond;
    expect(await set.ask('a', [LATENCY], 500)).toEqual([[]]);
    expect(set.status('a')).toMatchObject({ polls: 2, recentPolls: [{}] });
  });

  it('gives up at its own deadline, and polls go on over the same connection', async () => {
    const { set, clock, server } = startSet(a);
    await clock.advance(0);
    server.hangs = true;
    const asked = set.ask('a', [LATENCY], 500);
    const rejected = expect(asked).rejects.toMatchObject({
      name: 'TargetError',
      code: 'timeout',
      message: '10.0.0.1:6379: no answer within 500 ms',
    });
    await clock.advance(500);
    await rejected;
    server.hangs = false;
    await clock.advance(10_000);
    expect(server.attempts).toBe(1);
    expect(set.status('a')).toMatchObject({ state: 'up', polls: 2 });
  });

  it('opens no connection', async () => {
    const { set, clock, server } = startSet(a);
    const noneYet = 'there is no connection: 10.0.0.1:6379: wait for the next poll';
    await expect(set.ask('a', [LATENCY], 500)).rejects.toEqual(new TargetError('closed', noneYet));
    await clock.advance(0);
    server.dropConnections();
    await expect(set.ask('a', [LATENCY], 500)).rejects.toEqual(new TargetError('closed', noneYet));
    server.refusal = new TargetError('refused', '10.0.0.1:6379: nobody there');
    await clock.advance(10_000);
    const refused = 'there is no connection: 10.0.0.1:6379: nobody there';
    await expect(set.ask('a', [LATENCY], 500)).rejects.toEqual(new TargetError('refused', refused));
    expect(server.attempts).toBe(2);
  });

  it('ends with the connection, or when the target has gone', async () => {
    const { set, clock, server, replace } = startSet(a);
    await clock.advance(0);
    server.hangs = true;
    const asked = set.ask('a', [LATENCY], 500);
    replace(b);
    await expect(asked).rejects.toMatchObject({ code: 'closed' });
    await expect(set.ask('a', [LATENCY], 500)).rejects.toEqual(new TargetError('closed', 'no target is named a'));
  });
});

describe('a target is found', () => {
  const tcp = (host: string, port = 6379): Address => ({ kind: 'tcp', host, port });
  const { set } = startSet(
    makeTarget('main', { address: tcp('cache.example.com') }),
    makeTarget('second', { address: tcp('cache.example.com', 6380) }),
    makeTarget('v4', { address: tcp('10.0.0.1') }),
    makeTarget('v6', { address: tcp('::1', 7000) }),
    makeTarget('v6 too', { address: tcp('fe80::1') }),
    makeTarget('socket', { address: { kind: 'unix', path: '/run/redis:6379.sock' } }),
    makeTarget('10.0.0.9:6379', { address: tcp('10.0.0.10') }),
    makeTarget('in the way', { address: tcp('10.0.0.9') })
  );
  afterAll(() => set.close());

  it.each([
    ['main', 'main'],
    ['cache.example.com', 'main'],
    ['cache.example.com:6379', 'main'],
    ['Cache.Example.COM:06379', 'main'],
    ['redis://cache.example.com', 'main'],
    ['redis://cache.example.com/', 'main'],
    ['rediss://cache.example.com:6379/0', 'main'],
    ['valkey://cache.example.com:6379/15', 'main'],
    ['VALKEYS://cache.example.com', 'main'],
    ['cache.example.com:6380', 'second'],
    ['redis://10.0.0.1:6379', 'v4'],
    ['[::1]:7000', 'v6'],
    ['redis://[::1]:7000/0', 'v6'],
    ['[fe80::1]', 'v6 too'],
    ['[FE80::1]:6379', 'v6 too'],
    ['unix:///run/redis:6379.sock', 'socket'],
    ['10.0.0.9:6379', '10.0.0.9:6379'],
    ['redis://10.0.0.9:6379', 'in the way'],
  ])('as %s: %s', (written, name) => {
    expect(set.find(written)?.name).toBe(name);
  });

  it.each([
    '',
    'elsewhere',
    'cache.example.com:6381',
    'redis://user:secret@cache.example.com:6379',
    'http://cache.example.com:6379',
    'redis://cache.example.com:6379/0/x',
    'redis://cache.example.com:6379?x',
    '::1:7000',
    '/run/redis:6379.sock',
    'toString',
  ])('not as %j', (written) => {
    expect(set.find(written)).toBeUndefined();
  });
});
