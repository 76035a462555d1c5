import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import {
  followEachOther,
  logged,
  queryLast,
  readByTarget,
  readEvents,
  readMetrics,
  readStatus,
  readStored,
} from '../testing/collector-api';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { sampleValue } from '../testing/exposition';
import { keepBusy } from '../testing/load';
import { mortalThreads, wrongClock } from '../testing/preload';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(90_000);

const INTERVAL_MS = 500;
const POLLS = 'redis_vitals_polls_total';
const NAMES = Array.from({ length: 5 }, (_, at) => `cache-${at}`);

/** One for all tests, which run at the same time. */
const busyServer = startRedis().then((server) => {
  keepBusy(server);
  return server;
});

/** Many targets, so that there is something under way at any moment. */
const makeConfig = ({ url }: RedisServer) => ({
  defaults: { interval: `${INTERVAL_MS}ms`, timeout: `${INTERVAL_MS}ms` },
  scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
  targets: NAMES.map((name) => ({ name, url })),
});

const start = async (data: string, env: Readonly<Record<string, string>> = {}) =>
  startCollector({ configText: JSON.stringify(makeConfig(await busyServer)), data, env });

async function lastPoll(collector: CollectorProcess, target = NAMES[0]!): Promise<number> {
  const { series } = await queryLast(collector, POLLS, target);
  return series[0]?.values.findLast((value) => value !== null) ?? 0;
}

async function countPolls(collector: CollectorProcess, target = NAMES[0]!): Promise<number> {
  const { text } = await collector.get(`/scrape?target=${target}`);
  return Number(new RegExp(`^${POLLS} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

async function untilPolled(collector: CollectorProcess, more: number): Promise<void> {
  const before = await countPolls(collector);
  await until(async () => (await countPolls(collector)) >= before + more, `${more} polls`, 30_000);
}

/** The polls of each life of the process, oldest first: each life counts from 1. */
function livesOf(polls: readonly number[]): readonly number[][] {
  const lives: number[][] = [];
  for (const poll of polls) {
    if (poll === 1) lives.push([]);
    lives.at(-1)?.push(poll);
  }
  return lives;
}

interface Disk {
  readonly directory: string;
  /** Lets it be full, or no longer. */
  readonly fill: (collector: CollectorProcess) => void;
  readonly free: (collector: CollectorProcess) => void;
  readonly problem: RegExp;
}

/** A limit for the size of files, which makes writing fail; it may be set for a process of one's own. */
function limitedFiles(): Disk {
  const limit = ({ pid }: CollectorProcess, bytes: string) => {
    const { status, stderr, error } = spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:`]);
    if (status !== 0) throw new Error(`prlimit (of util-linux): ${stderr.toString()}`, { cause: error });
  };
  return {
    directory: temporaryDirectory(),
    fill: (collector) => limit(collector, '4096'),
    free: (collector) => limit(collector, 'unlimited'),
    problem: /the disk fails: see the system log/,
  };
}

/** A small file system of its own; undefined: this user may not mount one. */
function smallDisk(): Disk | undefined {
  const directory = temporaryDirectory();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', directory]).status !== 0) return undefined;
  atEnd(() => void spawnSync('umount', ['--lazy', directory]));
  const other = join(directory, 'something-large');
  return {
    directory,
    fill: () => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(other, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(other),
    problem: /the disk is full: free some space/,
  };
}

const small = smallDisk();

// In one block: those of another would begin when these have ended.
describe('the past is whole, and nobody is kept from asking, when', () => {
  it.concurrent('the process is killed or stopped again and again under load', async () => {
    const data = join(temporaryDirectory(), 'data');
    const ends = ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const;
    const told: number[] = [];
    for (const end of ends) {
      const collector = await start(data);
      await untilPolled(collector, 8);
      const answered = await until(() => lastPoll(collector), 'an answer');
      if (end === 'SIGKILL') {
        // What was answered is on disk once a flush has begun and ended behind the answer.
        for (const flush of ['one flush', 'another one']) {
          const { samplesStored } = (await readStatus(collector)).history;
          await until(async () => (await readStatus(collector)).history.samplesStored > samplesStored, flush);
        }
      }
      // Somebody asks all the time, also while it ends.
      const asking = Array.from({ length: 20 }, () => queryLast(collector, POLLS, NAMES[1]!).catch(() => undefined));
      collector.signal(end);
      expect(await collector.exit).toBe(end === 'SIGKILL' ? 'SIGKILL' : 0);
      await Promise.all(asking);
      told.push(answered);
    }
    const stored = await readStored(data, POLLS);
    for (const name of NAMES) {
      const lives = livesOf(stored[name]!);
      expect(lives).toHaveLength(ends.length);
      for (const [at, life] of lives.entries()) expect([name, at, followEachOther(life)]).toEqual([name, at, true]);
    }
    livesOf(stored[NAMES[0]!]!).forEach((life, at) => expect(life.at(-1)).toBeGreaterThanOrEqual(told[at]!));
  });

  it.concurrent.each<[string, Disk]>([
    ['cannot be written', limitedFiles()],
    ...(small === undefined ? [] : [['is full', small] satisfies [string, Disk]]),
  ])('the disk %s for a while, of which is told', async (_, disk) => {
    const { directory, fill, free, problem } = disk;
    const data = join(directory, 'data');
    const collector = await start(data);
    await until(async () => (await readStatus(collector)).history.samplesStored > 0, 'samples on disk', 20_000);
    fill(collector);
    const history = async () => (await readStatus(collector)).history;
    const { problem: told } = await until(
      async () => {
        const status = await history();
        return status.state === 'degraded' && status;
      },
      'the history to be degraded',
      20_000
    );
    expect(told).toMatch(problem);
    expect(told).toContain('new samples are kept in memory meanwhile');
    expect((await collector.get('/')).text).toContain('History: degraded.');
    expect(sampleValue(await readMetrics(collector), 'redis_vitals_history_degraded')).toBe(1);

    // What comes meanwhile is there to be asked for, and what happens is seen.
    await untilPolled(collector, 5);
    const polls = await countPolls(collector);
    await until(async () => (await lastPoll(collector)) >= polls, 'the newest polls');

    free(collector);
    await until(async () => (await history()).state === 'ok', 'the history to be written again', 60_000);
    expect(await history()).toMatchObject({ samplesRefused: {} });
    const words = () => logged(collector).filter((line) => line.includes('the history is '));
    await until(() => words().length > 1, 'the log to tell of it');
    expect(words()).toEqual([
      expect.stringMatching(/^the history is degraded: /) as string,
      'the history is written to disk again',
    ]);
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = await readStored(data, POLLS);
    for (const name of NAMES) expect([name, stored[name]![0], followEachOther(stored[name]!)]).toEqual([name, 1, true]);
    expect(stored[NAMES[0]!]!.length).toBeGreaterThanOrEqual(polls);
  });

  it.concurrent.each([
    ['an hour forth', 3_600_000, true],
    ['an hour back', -3_600_000, true],
    ['ten seconds forth', 10_000, true],
    ['three seconds back', -3_000, false],
  ])('the clock is set %s: polls neither stop nor burst', async (_, stepMs, isWhole) => {
    const clock = wrongClock();
    const data = join(temporaryDirectory(), 'data');
    const collector = await start(data, clock.env);
    await untilPolled(collector, 3);
    const counts = () => readByTarget(collector, POLLS);
    clock.set(stepMs);
    await untilPolled(collector, 8);
    const values = Object.values(await counts());
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(2);
    expect((await readStatus(collector)).targets.up).toBe(NAMES.length);
    const seen = (await counts())[NAMES[0]!]!;
    await until(async () => (await lastPoll(collector)) >= seen, 'the newest polls to be answered');
    // Of a restart, say, that was none; a busy machine may let polls fail.
    const kinds = (await readEvents(collector)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => !kind.startsWith('target_'))).toEqual([]);

    const { samplesRefused } = (await readStatus(collector)).history;
    expect(Object.keys(samplesRefused)).toEqual(isWhole ? [] : ['time_went_back']);
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = (await readStored(data, POLLS))[NAMES[0]!]!.toSorted((a, b) => a - b);
    expect(stored.at(-1)).toBeGreaterThanOrEqual(seen);
    if (isWhole) expect(followEachOther(stored)).toBe(true);
    // What came in the seconds that were there before is left out, of each target, and nothing else.
    else expect(stored.at(-1)! - stored.length).toBeLessThanOrEqual(-stepMs / INTERVAL_MS + 2);
  });

  it.concurrent("the history's thread dies, but for some seconds of the past", async () => {
    const threads = mortalThreads();
    const data = join(temporaryDirectory(), 'data');
    const collector = await start(data, threads.env);
    await until(async () => (await readStatus(collector)).history.samplesStored > 0, 'samples on disk', 20_000);
    const kept = await lastPoll(collector);
    const first = (await readStatus(collector)).history.samplesStored;
    await until(async () => (await readStatus(collector)).history.samplesStored > first, 'them to be on disk');
    threads.set(1);
    const refusal = async () => (await collector.post('/api/v1/query', {})).text;
    await until(async () => (await refusal()).includes('The history is being started anew'), 'questions to be refused');
    expect((await collector.get('/health')).status).toBe(200);
    const before = await countPolls(collector);
    await until(async () => (await lastPoll(collector).catch(() => 0)) > before, 'polls to be kept again', 20_000);
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = (await readStored(data, POLLS))[NAMES[0]!]!;
    const gaps = stored.filter((poll, at) => at > 0 && poll !== stored[at - 1]! + 1);
    // What came behind the last flush, and until the new thread was there.
    expect(gaps.length).toBeLessThanOrEqual(1);
    expect(stored.slice(0, kept)).toEqual(Array.from({ length: kept }, (_, at) => at + 1));
  });

  it.concurrent('good and bad configurations are loaded under load', async () => {
    const data = join(temporaryDirectory(), 'data');
    const collector = await start(data);
    const good = makeConfig(await busyServer);
    await untilPolled(collector, 3);
    const reloads = (word: string) =>
      logged(collector).filter((line) => line === `the configuration was ${word}`).length;
    const answers: boolean[] = [];
    for (let round = 0; round < 5; round++) {
      for (const [word, config] of [
        ['not reloaded', { ...good, targets: 'none' }],
        ['reloaded', good],
      ] as const) {
        writeFileSync(collector.configFile, JSON.stringify(config));
        const before = reloads(word);
        collector.signal('SIGHUP');
        const asked = await Promise.allSettled(NAMES.map((name) => queryLast(collector, POLLS, name)));
        answers.push(...asked.map(({ status }) => status === 'fulfilled'));
        await until(() => reloads(word) > before, `the log to say ${word}`);
      }
    }
    expect(answers).not.toContain(false);
    await untilPolled(collector, 3);
    expect(new Set(Object.values(await readByTarget(collector, 'redis_vitals_connections_total')))).toEqual(
      new Set([1])
    );
    const seen = await lastPoll(collector);
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = await readStored(data, POLLS);
    for (const name of NAMES) expect([name, stored[name]![0], followEachOther(stored[name]!)]).toEqual([name, 1, true]);
    expect(stored[NAMES[0]!]!.at(-1)).toBeGreaterThanOrEqual(seen);
  });
});
