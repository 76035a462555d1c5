import { DatabaseSync } from 'node:sqlite';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { pointsOf, samplesOf, START_MS } from '../testing/history-samples';
import { startTypeScript } from '../testing/typescript-process';
import { until } from '../testing/wait';
import { openDiskStore, STORE_FILE, type DiskStoreOptions } from './disk-store';
import { HistoryError } from './history-error';
import { WINDOW_MS } from './key';
import type { Store } from './store';

const opened: Store[] = [];
afterEach(() => opened.splice(0).forEach((store) => store.close()));

function open(directory: string, options: Partial<DiskStoreOptions> = {}): Store {
  const store = openDiskStore({ directory, retentionMs: Infinity, now: () => START_MS, ...options });
  opened.push(store);
  return store;
}

function refusalOf(directory: string): string {
  try {
    open(directory);
  } catch (error) {
    if (error instanceof HistoryError) return `${error.code}: ${error.message.replaceAll(directory, 'DIR')}`;
    throw error;
  }
  throw new Error('it was opened');
}

describe('openDiskStore', () => {
  it('finds what was there when it was closed, in blocks and not', () => {
    const directory = temporaryDirectory();
    const first = open(directory);
    for (let at = 0; at < 150; at++) {
      first.append('one', START_MS + at * 10_000, samplesOf({ a: at, [`b/${at >> 5}`]: -at }));
      first.flush();
    }
    first.log.addEvents([
      { timeMs: START_MS, target: 'one', kind: 'restart', severity: 'info', text: '', details: {} },
    ]);
    const before = pointsOf(first);
    first.close();
    const second = open(directory);
    expect(pointsOf(second)).toEqual(before);
    expect(second.latestMs('one')).toBe(START_MS + 1_490_000);
    expect(second.log.events({ fromMs: 0, toMs: Infinity, limit: 9 })).toHaveLength(1);
    second.append('one', START_MS + 1_490_000, samplesOf({ a: 0 }));
    expect(second.status().samplesRefused).toEqual({ time_went_back: 1 });
    second.append('one', START_MS + 1_500_000, samplesOf({ a: 150, 'b/4': 0 }));
    expect(pointsOf(second)['one a']).toEqual([...before['one a']!, [START_MS + 1_500_000, 150]]);
  });

  it('does not take the journaled polls of a target for those of another that has its number since', () => {
    const directory = temporaryDirectory();
    let now = START_MS;
    const options = { retentionMs: WINDOW_MS, now: () => now };
    const first = open(directory, options);
    // Far ahead, so that the journal is needed for long.
    first.append('ahead', START_MS + 100 * WINDOW_MS, samplesOf({ a: 0 }));
    first.append('old', START_MS, samplesOf({ a: 1 }));
    first.flush();
    first.flush();
    now += 4 * WINDOW_MS;
    first.flush();
    first.flush();
    expect(first.targets()).toEqual(['ahead']);
    first.append('new', now, samplesOf({ b: 2 }));
    const all = pointsOf(first);
    first.close();
    expect(pointsOf(open(directory, options))).toEqual(all);
  });

  it('makes the directory', () => {
    const directory = join(temporaryDirectory(), 'a', 'b');
    expect(open(directory).status()).toMatchObject({ state: 'ok', directory });
  });

  it('takes turns with itself', () => {
    const directory = temporaryDirectory();
    open(directory).close();
    expect(open(directory).status().state).toBe('ok');
  });

  it('is refused beside another writer in this process', () => {
    const directory = temporaryDirectory();
    open(directory);
    expect(refusalOf(directory)).toBe(
      `locked: the history in DIR is written by process ${process.pid}: end that one, or use another directory`
    );
  });

  it('is refused beside another process until that has died', async () => {
    const directory = temporaryDirectory();
    const writer = startTypeScript('history-writer.ts', [directory]);
    await until(() => writer.output().includes('\n'), 'the writer to acknowledge a poll');
    const pid = /process (\d+)/.exec(refusalOf(directory))?.[1];
    expect(Number(pid)).toBeGreaterThan(1);
    expect(Number(pid)).not.toBe(process.pid);
    await writer.kill();
    expect(open(directory).status().state).toBe('ok');
  });

  it.each<[string, (file: string) => void, string]>([
    [
      'something else',
      (file) => writeFileSync(file, 'not a database, but long enough to be looked at as one '.repeat(9)),
      'not_a_store: DIR/history.db is not a history of redis-vitals: use another directory',
    ],
    [
      "somebody else's database",
      (file) => new DatabaseSync(file).exec('CREATE TABLE cats (name TEXT)'),
      'not_a_store: DIR/history.db is not a history of redis-vitals: use another directory',
    ],
    [
      'the history of a later version',
      (file) => {
        open(join(file, '..')).close();
        new DatabaseSync(file).exec("UPDATE meta SET value = 2 WHERE name = 'format'");
      },
      'newer_format: the history in DIR/history.db has format 2, this version knows format 1: use the version that wrote it, or another directory',
    ],
    [
      'a directory of that name',
      (file) => mkdirSync(file),
      'cannot_open: the history in DIR/history.db cannot be opened: unable to open database file; see that the directory can be written, and that the disk is not full',
    ],
  ])('refuses %s, and leaves the lock', (_, make, message) => {
    const directory = temporaryDirectory();
    make(join(directory, STORE_FILE));
    expect(refusalOf(directory)).toBe(message);
    expect(refusalOf(directory)).toBe(message);
  });

  it('refuses a directory that is a file', () => {
    const directory = join(temporaryDirectory(), 'data');
    writeFileSync(directory, '');
    expect(refusalOf(directory)).toMatch(/^cannot_open: the directory DIR for the history cannot be made: EEXIST/);
  });

  it('refuses a directory that cannot be locked', () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'lock.db'));
    expect(refusalOf(directory)).toBe(
      'cannot_open: the history in DIR cannot be written: unable to open database file; see that the directory belongs to this user, and that the disk is neither read-only nor full'
    );
  });

  it('reads beside a writer what was there when it was opened, and changes nothing', () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    writer.append('one', START_MS, samplesOf({ a: 1 }));
    writer.flush();
    const reader = open(directory, { readOnly: true });
    const seen = { 'one a': [[START_MS, 1]] };
    expect(pointsOf(reader)).toEqual(seen);
    writer.append('one', START_MS + 2 * WINDOW_MS, samplesOf({ a: 2 }));
    writer.flush();
    writer.flush();
    expect(pointsOf(reader)).toEqual(seen);
    expect(() => reader.append('one', START_MS + 1, samplesOf({ a: 3 }))).toThrow('opened for reading only');
    reader.flush();
    reader.close();
    expect(pointsOf(writer)['one a']).toHaveLength(2);
  });

  it('cannot read what is not there', () => {
    const directory = temporaryDirectory();
    expect(() => open(directory, { readOnly: true })).toThrow('cannot be opened');
  });

  it('keeps samples and log of the same time when the log is what takes too much', () => {
    let now = START_MS;
    const store = open(temporaryDirectory(), { maxBytes: 4 * 2 ** 20, now: () => now });
    const entry = {
      target: 'one',
      log: 'slow',
      runId: 'r',
      amount: 1,
      command: 'get',
      text: 'x'.repeat(4000),
      clientAddress: '',
      clientName: '',
    } as const;
    for (let id = 0; id < 3000; id++) {
      now = START_MS + id * 10_000;
      store.append('one', now, samplesOf({ a: id }));
      store.log.addEntries([{ ...entry, id, timeMs: now }]);
      store.flush();
    }
    const oldestMs = store.status().oldestMs ?? 0;
    const [oldest] = store.log.entries({ fromMs: 0, toMs: Infinity, limit: 3000 });
    expect({
      isSomeLeft: now - oldestMs > 5 * WINDOW_MS,
      isSomeGone: oldestMs > START_MS,
      isLogAsOld: Math.abs((oldest?.timeMs ?? 0) - oldestMs) <= WINDOW_MS,
    }).toEqual({ isSomeLeft: true, isSomeGone: true, isLogAsOld: true });
  });

  it('says so when its file is removed, and can still be read', () => {
    const directory = join(temporaryDirectory(), 'data');
    const store = open(directory);
    store.append('one', START_MS, samplesOf({ a: 1 }));
    store.flush();
    expect(store.status().state).toBe('ok');
    rmSync(directory, { recursive: true });
    store.append('one', START_MS + 1, samplesOf({ a: 2 }));
    store.flush();
    const { state, problem } = store.status();
    expect({ state, problem: problem?.replace(directory, 'DIR') }).toEqual({
      state: 'degraded',
      problem:
        'DIR: the file was removed while it was in use, and what is stored now is lost with this process: restart it',
    });
    expect(pointsOf(store)['one a']).toHaveLength(2);
  });

  it('skips a block that is damaged, and says so', () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    for (const after of [0, WINDOW_MS, 3 * WINDOW_MS]) {
      writer.append('one', START_MS + after, samplesOf({ a: after }));
      writer.flush();
      writer.flush();
    }
    writer.close();
    const db = new DatabaseSync(join(directory, STORE_FILE));
    db.exec("UPDATE block SET data = x'00112233445566778899aabbccddeeff' WHERE id = (SELECT min(id) FROM block)");
    db.close();
    const store = open(directory);
    expect(store.status().state).toBe('ok');
    expect(pointsOf(store)['one a']).toEqual([
      [START_MS + WINDOW_MS, WINDOW_MS],
      [START_MS + 3 * WINDOW_MS, 3 * WINDOW_MS],
    ]);
    const { state, problem } = store.status();
    expect({ state, problem: problem?.replace(directory, 'DIR') }).toEqual({
      state: 'degraded',
      problem:
        'DIR: a block cannot be read (a block of version 0 cannot be read here): stop, and run "redis-vitals verify"',
    });
  });

  it('leaves out what is damaged of the journal, and says so', () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    for (let at = 0; at < 4; at++) {
      writer.append('one', START_MS + at, samplesOf({ a: at }));
      writer.flush();
    }
    writer.close();
    const db = new DatabaseSync(join(directory, STORE_FILE));
    db.exec("UPDATE journal SET data = x'0011' WHERE id = 2");
    db.close();
    const store = open(directory);
    expect(pointsOf(store)).toEqual({ 'one a': [[START_MS, 0]] });
    expect(store.status().problem).toMatch(
      /row 2 of the journal cannot be read \(.+\): stop, and run "redis-vitals verify"$/
    );
  });
});
