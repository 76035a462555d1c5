import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDiskStore } from '../history/disk-store';
import type { Store } from '../history/store';
import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import { temporaryDirectory } from '../testing/cleanup';
import { StoreKeeper } from './store-keeper';

const START_MS = Date.parse('2025-03-01T12:00:00Z');
const DAY_MS = 86_400_000;

function family(name: string): FamilyDescriptor {
  return { name, type: 'gauge', unit: 'none', help: '', labelNames: ['db'], source: { command: 'INFO' } };
}

const [KEYS, UP] = [family('redis_db_keys'), family('redis_up')];

function append(store: Store, target: string, atMs: number, keys: Readonly<Record<string, number>>): void {
  const recorder = new SampleRecorder();
  recorder.add(UP, 1, ['']);
  for (const [db, count] of Object.entries(keys)) recorder.add(KEYS, count, [db]);
  store.append(target, atMs, recorder.finish());
}

/** Every point of the store as text. */
function contents(store: Store): string[] {
  const lines: string[] = [];
  for (const { name } of store.families()) {
    const series = store.series(name);
    store.read(series, 0, START_MS + DAY_MS, (index, times, values, from, to) => {
      const { target, series: one } = series[index]!;
      for (let at = from; at < to; at++) lines.push([target, name, one.labels, times[at], values[at]].join(' '));
    });
  }
  return lines.sort();
}

describe('StoreKeeper', () => {
  it('keeps all in memory while the directory cannot be used, and moves it to the disk when it can', () => {
    const obstacle = join(temporaryDirectory(), 'disk');
    writeFileSync(obstacle, 'in the way');
    const directory = join(obstacle, 'data');
    let nowMs = START_MS;
    const options = { directory, retentionMs: DAY_MS, now: () => nowMs };
    const keeper = new StoreKeeper(options);
    expect(keeper.status()).toMatchObject({ state: 'degraded', directory, diskBytes: 0 });
    expect(keeper.status().problem).toContain(directory);

    append(keeper.store, 'one', START_MS - 20_000, { db0: 5 });
    append(keeper.store, 'one', START_MS - 10_000, { db0: 6, db1: 1 });
    append(keeper.store, 'other', START_MS - 10_000, { db3: -0.25 });
    const event = { timeMs: START_MS, target: 'one', kind: 'restart', severity: 'info', text: 'again', details: {} };
    keeper.store.log.addEvents([event]);
    keeper.flush();
    const before = contents(keeper.store);
    expect(before).toHaveLength(7);
    expect(keeper.status().pendingSamples).toBe(7);

    rmSync(obstacle);
    nowMs += 10_000;
    keeper.flush();
    expect(keeper.status().state).toBe('degraded');
    nowMs += 30_000;
    keeper.flush();
    expect(keeper.status()).toMatchObject({ state: 'ok', pendingSamples: 0 });
    expect(contents(keeper.store)).toEqual(before);
    keeper.close();

    const reopened = openDiskStore({ ...options, readOnly: true });
    expect(contents(reopened)).toEqual(before);
    expect(reopened.log.events({ fromMs: 0, toMs: nowMs, limit: 10 })).toMatchObject([event]);
    reopened.close();
  });

  it('does not wait where waiting would not help', () => {
    const options = { directory: join(temporaryDirectory(), 'data'), retentionMs: DAY_MS, now: Date.now };
    const first = new StoreKeeper(options);
    expect(() => new StoreKeeper(options)).toThrow(/is written by process \d+/);
    first.close();
    new StoreKeeper(options).close();
  });
});
