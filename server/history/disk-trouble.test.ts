import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import { differences, pointsOf, samplesOf, START_MS } from '../testing/history-samples';
import { randomNumbers } from '../testing/random';
import { openDiskStore, STORE_FILE } from './disk-store';
import { createLogBook } from './log-book';
import { SampleStore } from './sample-store';
import { SqliteShelf } from './sqlite-shelf';
import type { Store } from './store';
import { openStoreFile } from './store-file';
import { verifyStore } from './verify';

/** A disk that can be full. */
interface Disk {
  readonly directory: string;
  open(): Store;
  fill(): void;
  free(): void;
}

const OPTIONS = { retentionMs: Infinity, now: () => START_MS };

/** SQLite's own limit for a file, which fails in the same way. */
function limitedFile(): Disk {
  const directory = temporaryDirectory();
  const file = join(directory, STORE_FILE);
  const db = openStoreFile(file, { synchronous: 'normal', readOnly: false });
  return {
    directory,
    open: () =>
      new SampleStore(new SqliteShelf(db, file, () => undefined), createLogBook(db), { ...OPTIONS, directory }),
    fill: () => db.exec('PRAGMA max_page_count = 1'),
    free: () => db.exec('PRAGMA max_page_count = 1000000'),
  };
}

/** Undefined: this user may not mount one. */
function smallDisk(): Disk | undefined {
  const directory = temporaryDirectory();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', directory]).status !== 0) return undefined;
  atEnd(() => void spawnSync('umount', ['--lazy', directory]));
  const other = join(directory, 'something-large');
  return {
    directory,
    open: () => openDiskStore({ ...OPTIONS, directory }),
    fill: () => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(other, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(other),
  };
}

const small = smallDisk();

describe.each<[string, Disk]>([
  ['limited file', limitedFile()],
  ...(small === undefined ? [] : [['full disk', small] satisfies [string, Disk]]),
])('a %s', (_, disk) => {
  it('is told of, costs no sample, and is over once there is space', () => {
    const store = disk.open();
    const random = randomNumbers(1);
    let at = 0;
    const poll = (): void => {
      for (const target of ['one', 'two']) {
        const values = Array.from({ length: 50 }, (_value, index) => [`a/${index}`, random()]);
        store.append(target, START_MS + at * 10_000, samplesOf(Object.fromEntries(values) as Record<string, number>));
      }
      at++;
      store.flush();
    };
    for (let polls = 0; polls < 10; polls++) poll();
    expect(store.status().state).toBe('ok');
    disk.fill();
    for (let polls = 0; polls < 2000 && store.status().state === 'ok'; polls++) poll();
    for (let polls = 0; polls < 100; polls++) poll();
    store.log.addEvents([
      { timeMs: START_MS, target: 'one', kind: 'restart', severity: 'info', text: '', details: {} },
    ]);
    const { state, problem, pendingSamples } = store.status();
    expect({ state, problem: problem?.replace(disk.directory, 'DIR') }).toEqual({
      state: 'degraded',
      problem:
        'DIR: the disk is full: free some space (database or disk is full); new samples are kept in memory meanwhile',
    });
    expect(pendingSamples).toBeGreaterThanOrEqual(100 * 2 * 50);
    const all = pointsOf(store);
    expect(all['one a/7']).toHaveLength(at);

    disk.free();
    for (let flushes = 0; flushes < 40 && store.status().state !== 'ok'; flushes++) store.flush();
    expect(store.status()).toMatchObject({ state: 'ok', pendingSamples: 0, samplesRefused: {} });
    for (let flushes = 0; flushes < 40; flushes++) store.flush();
    expect(differences(pointsOf(store), all)).toEqual([]);
    store.close();

    expect(verifyStore(disk.directory, () => undefined)).toMatchObject({ samples: at * 2 * 50, problems: [] });
    const again = openDiskStore({ ...OPTIONS, directory: disk.directory });
    expect(differences(pointsOf(again), all)).toEqual([]);
    expect(again.log.events({ fromMs: 0, toMs: Infinity, limit: 9 })).toHaveLength(1);
    again.close();
  });
});
