import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { temporaryDirectory } from '../testing/cleanup';
import {
  followEachOther,
  logged,
  loggedCourse,
  peakMemory,
  readByTarget,
  readEvents,
  readMetrics,
  readStatus,
  readStored,
} from '../testing/collector-api';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { sampleValue, type ExposedFamily } from '../testing/exposition';
import { startFaultProxy, type FaultProxy } from '../testing/fault-proxy';
import { startHostileServer } from '../testing/hostile-server';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { encodeReply } from '../testing/resp';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const GOOD_INTERVAL = '500ms';
/** Their timeout, too: long enough for a busy machine to tell their failures apart. */
const BAD_INTERVAL = '1s';
/** Polls of a good target to wait for. */
const INTERVALS = 8;
const GOOD = ['good-1', 'good-2', 'good-3'];
/** Many of them: memory that each of them took would be seen. */
const LARGE = ['large-1', 'large-2', 'large-3', 'large-4'];
const HUNDRED_MB = 100 * 2 ** 20;
/** Measured: 130 MB; the answers of one target alone would be as much. */
const MOST_MEMORY = 280 * 2 ** 20;
/** Passes what opening a connection takes, not INFO. */
const PART_OF_INFO = 1_000;
const WRONG_PASSWORD = 'not-the-password';

/** How each target fails: its code, and what is told of it. */
const FAILURES: Readonly<Record<string, readonly [code: string, message: string]>> = {
  hangs: ['timeout', 'no whole answer within 1000 ms: the server hangs or is overloaded'],
  resets: ['closed', 'the connection was closed by the other side'],
  garbage: ['protocol', "what answers there does not speak Redis' protocol: check the port, and whether it wants TLS"],
  locked: ['auth', 'the server refuses the credentials: check username and password'],
  wordy: ['parse', 'the reply to INFO is not shorter than 2 MiB'],
  ...Object.fromEntries(
    [...LARGE, 'trickles', 'nested'].map((name) => [
      name,
      [
        'protocol',
        'a reply is larger than 32 MiB or has more than 1,000,000 values: check what answers there',
      ] as const,
    ])
  ),
};
const FAILING = Object.keys(FAILURES).sort();

let collector: CollectorProcess;
let good: RedisServer;
let locked: RedisServer;
let hanging: FaultProxy;
let resetting: FaultProxy;
const data = join(temporaryDirectory(), 'data');

/** Answers INFO with these bytes, and each other command with OK. */
const answersInfo = (info: () => Buffer) =>
  startHostileServer(([name]) => (name === 'INFO' ? info() : name === 'CLIENT' ? 'OK' : undefined));

async function startBadServers(): Promise<Readonly<Record<string, string>>> {
  const body = Buffer.alloc(HUNDRED_MB, 'used_memory:1\r\n');
  const announced = await answersInfo(() => Buffer.concat([Buffer.from(`$${HUNDRED_MB}\r\n`), body]));
  // Says only as it goes on how much there is.
  const item = encodeReply('x'.repeat(50_000));
  const many = Buffer.from('*3000\r\n' + item.repeat(3_000));
  const fields = Array.from({ length: 150_000 }, (_, at) => `some_field_${at}:1\r\n`);
  const wordyInfo = Buffer.from(encodeReply(`redis_version:7.2.5\r\n${fields.join('')}`));
  const [trickles, wordy, nested, garbage] = await Promise.all([
    answersInfo(() => many),
    answersInfo(() => wordyInfo),
    answersInfo(() => Buffer.from('*33000000\r\n'.repeat(60))),
    startHostileServer('garbage'),
  ]);
  return {
    ...Object.fromEntries(LARGE.map((name) => [name, announced.url])),
    trickles: trickles.url,
    wordy: wordy.url,
    nested: nested.url,
    garbage: garbage.url,
  };
}

beforeAll(async () => {
  [good, locked] = await Promise.all([startRedis(), startRedis({ password: 'the-password' })]);
  [hanging, resetting] = await Promise.all([startFaultProxy(good), startFaultProxy(good)]);
  const badUrls = {
    ...(await startBadServers()),
    hangs: hanging.url,
    resets: resetting.url,
  };
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: BAD_INTERVAL, timeout: BAD_INTERVAL },
      scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
      targets: [
        ...GOOD.map((name) => ({ name, url: good.url, interval: GOOD_INTERVAL, timeout: GOOD_INTERVAL })),
        ...Object.entries(badUrls).map(([name, url]) => ({ name, url })),
        { name: 'locked', url: `${locked.host}:${locked.port}`, password: WRONG_PASSWORD },
      ],
    }),
    data,
  });
});

describe('servers that answer in the wrong way, beside good ones', () => {
  it('are down, each for its own reason', async () => {
    const isUp = async (...names: string[]) => {
      const up = await readByTarget(collector, 'redis_up');
      return names.every((name) => up[name] === 1);
    };
    await until(() => isUp('hangs', 'resets', ...GOOD), 'the good ones to be up');
    hanging.setFault({ stallAfterBytes: PART_OF_INFO });
    resetting.setFault({ resetAfterBytes: PART_OF_INFO });
    const codes = async () => {
      const { samples = [] } = (await readMetrics(collector)).get('redis_exporter_last_scrape_error') ?? {};
      const failed = samples.filter(({ value }) => value === 1);
      return Object.fromEntries(failed.map(({ labels }) => [labels['instance'] ?? '', labels['err'] ?? '']));
    };
    const expected = Object.fromEntries(FAILING.map((name) => [name, FAILURES[name]![0]]));
    await until(async () => isDeepStrictEqual(await codes(), expected), 'the bad ones to be down', 20_000);
    expect((await readStatus(collector)).targets).toEqual({ up: GOOD.length, down: FAILING.length, waiting: 0 });
  });

  it('are told of on the status pages, with what to do', async () => {
    const page = unescaped((await collector.get('/')).text);
    for (const name of FAILING) {
      const [, message] = FAILURES[name]!;
      expect(page).toContain(message);
      expect(unescaped((await collector.get(`/targets/${name}`)).text)).toContain(message);
    }
  });

  it('are told of in events when they were up before', async () => {
    for (const name of ['hangs', 'resets']) {
      const event = async () => (await readEvents(collector, name)).find(({ kind }) => kind === 'target_down');
      const { details } = await until(event, `an event of ${name}`);
      expect(details['code']).toBe(FAILURES[name]![0]);
    }
  });

  it('leave the good ones their pace', async () => {
    const families = ['polls', 'polls_skipped', 'poll_failures', 'connections'];
    const counts = async () => {
      const page = await readMetrics(collector);
      return families.map((family) => ofGood(page, `redis_vitals_${family}_total`));
    };
    const [before, ...others] = await counts();
    await until(async () => (await counts())[0]![0]! >= before![0]! + INTERVALS, `${INTERVALS} intervals`);
    const [after, ...othersAfter] = await counts();
    const increases = after!.map((count, at) => count - before![at]!);
    // Their moments within an interval differ: one of them may be ahead of another by one poll.
    expect(Math.max(...increases) - Math.min(...increases)).toBeLessThanOrEqual(1);
    expect(othersAfter).toEqual(others);
  });

  it('are not tried again with the wrong password at once', async () => {
    expect((await readByTarget(collector, 'redis_vitals_connection_failures_total'))['locked']).toBe(1);
  });

  it('take no memory with what they say', () => {
    expect(peakMemory(collector)).toBeLessThan(MOST_MEMORY);
  });

  it('are logged once, however often they are polled, and without the password', async () => {
    for (const name of FAILING) {
      expect(logged(collector, name)).toContainEqual(expect.stringContaining(FAILURES[name]![1]));
      await until(() => loggedCourse(collector, name).at(-1) === 'down', 'the log to tell of it');
    }
    expect(collector.output()).not.toContain(WRONG_PASSWORD);
  });

  it('are up again when they answer', async () => {
    hanging.setFault();
    resetting.setFault();
    const areUp = async () => {
      const up = await readByTarget(collector, 'redis_up');
      return up['hangs'] === 1 && up['resets'] === 1;
    };
    await until(areUp, 'them to be up again', 40_000);
    for (const name of ['hangs', 'resets']) {
      await until(() => loggedCourse(collector, name).at(-1) === 'up', 'the log to tell of it');
    }
  });

  it('cost no poll of the past, neither a good one nor a failed one', async () => {
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = await readStored(data, 'redis_vitals_polls_total');
    expect(Object.keys(stored).sort()).toEqual([...GOOD, ...FAILING].sort());
    for (const [name, values] of Object.entries(stored)) {
      expect({ name, first: values[0], isWhole: followEachOther(values) }).toEqual({ name, first: 1, isWhole: true });
    }
  });
});

function ofGood(page: ReadonlyMap<string, ExposedFamily>, family: string): readonly number[] {
  return GOOD.map((instance) => sampleValue(page, family, { instance })!);
}

function unescaped(html: string): string {
  return html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
