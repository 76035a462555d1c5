import { temporaryDirectory } from '../testing/cleanup';
import { historyFamily, pointsOf, samplesOf, START_MS } from '../testing/history-samples';
import { randomNumbers } from '../testing/random';
import { MAX_POINTS } from './block';
import { openDiskStore } from './disk-store';
import { WINDOW_MS } from './key';
import { openMemoryStore } from './memory-store';
import type { Store, StoreOptions } from './store';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** When a window is surely in blocks. */
const CLOSED_MS = WINDOW_MS + MINUTE_MS;

const opened: Store[] = [];
afterEach(() => opened.splice(0).forEach((store) => store.close()));

describe.each<[string, (options: StoreOptions) => Store]>([
  ['memory', openMemoryStore],
  ['disk', (options) => openDiskStore({ ...options, directory: temporaryDirectory() })],
])('store: %s', (_, openStore) => {
  const open = (options: Partial<StoreOptions> = {}): Store => {
    const store = openStore({ retentionMs: 30 * DAY_MS, now: () => START_MS, ...options });
    opened.push(store);
    return store;
  };

  /** Has a target polled every ten seconds, and flushes after each poll. */
  const poll = (store: Store, target: string, fromMs: number, toMs: number, value = (atMs: number) => atMs): void => {
    for (let atMs = fromMs; atMs < toMs; atMs += 10_000) {
      store.append(target, atMs, samplesOf({ a: value(atMs) }));
      store.flush();
    }
  };

  it('gives back what was appended before it is flushed, after, and out of blocks', () => {
    const store = open();
    const expected = {
      'one a': [[START_MS + 10, 1.5]],
      'one b/db0': [[START_MS + 10, -0]],
      'one b/db1': [[START_MS + 10, NaN]],
      'two a': [[START_MS + 20, Infinity]],
    };
    store.append('one', START_MS + 10, samplesOf({ a: 1.5, 'b/db0': -0, 'b/db1': NaN }));
    store.append('two', START_MS + 20, samplesOf({ a: Infinity }));
    expect(pointsOf(store)).toEqual(expected);
    store.flush();
    expect(pointsOf(store)).toEqual(expected);
    store.append('three', START_MS + CLOSED_MS, samplesOf({ a: 3 }));
    store.flush();
    store.flush();
    expect(pointsOf(store)).toEqual({ ...expected, 'three a': [[START_MS + CLOSED_MS, 3]] });
  });

  it('copies values', () => {
    const store = open();
    const samples = samplesOf({ a: 1 });
    store.append('one', START_MS, samples);
    samples.values[0] = 2;
    expect(pointsOf(store)).toEqual({ 'one a': [[START_MS, 1]] });
  });

  it('keeps series that come and go within a window apart', () => {
    const store = open();
    const expected: Record<string, [number, number][]> = {};
    for (let at = 0; at < 60; at++) {
      const atMs = START_MS + at * 10_000;
      const present = ['a', 'b/x', 'b/y', 'c'].filter((_name, index) => index === 0 || (at >> index) % 2 === 0);
      store.append('one', atMs, samplesOf(Object.fromEntries(present.map((name, index) => [name, at + index]))));
      present.forEach((name, index) => (expected[`one ${name}`] ??= []).push([atMs, at + index]));
    }
    expect(pointsOf(store)).toEqual(expected);
    store.append('one', START_MS + CLOSED_MS, samplesOf({ a: 0 }));
    store.flush();
    expected['one a']!.push([START_MS + CLOSED_MS, 0]);
    expect(pointsOf(store)).toEqual(expected);
  });

  it.each([
    ['all', -Infinity, Infinity, [0, 10_000, 600_000, 610_000, 1_200_000]],
    ['from a moment on, which counts', 10_000, Infinity, [10_000, 600_000, 610_000, 1_200_000]],
    ['up to a moment, which counts', -Infinity, 610_000, [0, 10_000, 600_000, 610_000]],
    ['between polls', 10_001, 609_999, [600_000]],
    ['a single moment', 610_000, 610_000, [610_000]],
    ['a time without polls', 20_000, 599_999, undefined],
    ['nothing', 600_000, 10_000, undefined],
  ])('reads %s', (_what, from, to, expected) => {
    const store = open();
    for (const after of [0, 10_000, 600_000, 610_000, 1_200_000]) {
      store.append('one', START_MS + after, samplesOf({ a: after }));
    }
    store.flush();
    expect(pointsOf(store, START_MS + from, START_MS + to)['one a']).toEqual(
      expected?.map((after) => [START_MS + after, after])
    );
  });

  it('reads a series as often as it is asked for', () => {
    const store = open();
    store.append('one', START_MS, samplesOf({ a: 1, b: 2 }));
    const [a, b] = [store.series('a')[0]!, store.series('b')[0]!];
    const visited: [number, number][] = [];
    const read = (): boolean =>
      store.read([b, a, b], 0, Infinity, (index, _times, values, from) => visited.push([index, values[from]!]));
    expect(read()).toBe(true);
    expect(visited.sort()).toEqual([
      [0, 2],
      [1, 1],
      [2, 2],
    ]);
  });

  it('ends reading when it is cancelled', () => {
    const store = open();
    store.append('one', START_MS, samplesOf({ a: 1 }));
    store.append('one', START_MS + WINDOW_MS, samplesOf({ a: 1 }));
    let visits = 0;
    const isWhole = store.read(
      store.series('a'),
      0,
      Infinity,
      () => visits++,
      () => visits > 0
    );
    expect({ isWhole, visits }).toEqual({ isWhole: false, visits: 1 });
  });

  it('tells targets, families and series', () => {
    const store = open();
    store.append('one', START_MS, samplesOf({ a: 1, 'b/x': 2 }));
    store.append('two', START_MS + 5, samplesOf({ a: 1, 'b/y': 2 }));
    expect(store.targets()).toEqual(['one', 'two']);
    expect(store.families()).toEqual([historyFamily('a'), historyFamily('b')]);
    expect(store.latestMs('two')).toBe(START_MS + 5);
    expect(store.latestMs('three')).toBeUndefined();
    const labels = (targets?: string[]) =>
      store.series('b', targets).map(({ target, series }) => [target, ...series.labels]);
    expect(labels()).toEqual([
      ['one', 'x'],
      ['two', 'y'],
    ]);
    expect(labels(['two', 'two', 'three'])).toEqual([['two', 'y']]);
    expect(store.series('nothing')).toEqual([]);
    expect(store.series('b')[0]).toBe(store.series('b', ['one'])[0]);
  });

  it('takes on a new text of a family, and keeps apart what is another family by its labels', () => {
    const store = open();
    const family = { ...historyFamily('a'), help: 'New.' };
    const other = { ...historyFamily('a'), labelNames: [] };
    store.append('one', START_MS, samplesOf({ a: 1 }));
    const layout = {
      series: [family, other].map((of) => ({ family: of, part: '' as const, labels: of.labelNames.map(() => '') })),
    };
    store.append('one', START_MS + 1, { layout, values: Float64Array.of(2, 3) });
    expect(store.families()).toEqual([family, other]);
    expect(store.series('a').map(({ series }) => series.family)).toEqual([family, other]);
  });

  it.each([
    ['the same time again', 0, 'time_went_back'],
    ['a little back', -MINUTE_MS, 'time_went_back'],
    ['more than a day ahead', DAY_MS + 1, 'time_in_future'],
    ['before keys begin', -20 * 365 * DAY_MS, 'time_out_of_range'],
    ['no time at all', NaN, 'time_out_of_range'],
  ])('refuses %s, and counts it', (_what, step, reason) => {
    const store = open();
    store.append('one', START_MS, samplesOf({ a: 1, b: 1 }));
    store.append('one', START_MS + step, samplesOf({ a: 2, b: 2 }));
    expect(store.status().samplesRefused).toEqual({ [reason]: 2 });
    expect(pointsOf(store)).toEqual({ 'one a': [[START_MS, 1]], 'one b': [[START_MS, 1]] });
    store.append('one', START_MS + 1, samplesOf({ a: 3 }));
    expect(pointsOf(store)['one a']).toHaveLength(2);
  });

  it('refuses what there are no keys for, and goes on with the rest', () => {
    const store = open();
    const names = Array.from({ length: 8_193 }, (_value, index) => `target-${index}`);
    names.forEach((name) => store.append(name, START_MS, samplesOf({ a: 1 })));
    expect(store.targets()).toHaveLength(8_192);
    expect(store.status().samplesRefused).toEqual({ too_many_targets: 1 });
    store.append('target-0', START_MS + 1, samplesOf({ a: 2 }));
    expect(pointsOf(store)['target-0 a']).toHaveLength(2);
  });

  it('goes on after the clock was set back, and of two polls at one time keeps the first', () => {
    const store = open();
    poll(store, 'one', START_MS, START_MS + 3 * WINDOW_MS, () => 1);
    poll(store, 'one', START_MS + 25_000, START_MS + 4 * WINDOW_MS, () => 2);
    poll(store, 'one', START_MS, START_MS + WINDOW_MS, () => 3);
    const points = pointsOf(store)['one a']!;
    const times = points.map(([atMs]) => atMs);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    const among = (value: number) => points.filter(([, found]) => found === value).map(([atMs]) => atMs - START_MS);
    expect(among(1)).toEqual(Array.from({ length: 180 }, (_value, at) => at * 10_000));
    expect(among(2)).toEqual(Array.from({ length: 238 }, (_value, at) => 25_000 + at * 10_000));
    expect(among(3)).toEqual([]);
    expect(store.status().samplesRefused).toEqual({});
  });

  it('runs out of parts when the clock is set back again and again, and says so', () => {
    const store = open();
    for (let round = 0; round < 70; round++) {
      store.append('one', START_MS + round, samplesOf({ a: round }));
      store.flush();
      store.append('one', START_MS + 3 * WINDOW_MS + round * WINDOW_MS, samplesOf({ a: -1 }));
      store.flush();
    }
    const early = pointsOf(store, START_MS, START_MS + WINDOW_MS)['one a'];
    expect(early).toEqual(Array.from({ length: 64 }, (_value, round) => [START_MS + round, round]));
    expect(store.status().samplesRefused).toEqual({ too_many_parts: 6 });
  });

  it('takes more polls in a window than a block holds', () => {
    const store = open();
    const polls = 2 * MAX_POINTS + 7;
    const samples = samplesOf({ a: 0 });
    for (let at = 0; at < polls; at++) {
      samples.values[0] = at;
      store.append('one', START_MS + at, samples);
      if (at % 1000 === 0) store.flush();
    }
    store.flush();
    expect(pointsOf(store)['one a']).toEqual(Array.from({ length: polls }, (_value, at) => [START_MS + at, at]));
  });

  it('forgets samples beyond retention, and targets and series that have no others', () => {
    let now = START_MS;
    const store = open({ retentionMs: 3 * WINDOW_MS, now: () => now });
    const tick = (samples: Record<string, number>, target = 'one'): void => {
      store.append(target, now, samplesOf(samples));
      for (let flushes = 0; flushes < 3; flushes++) store.flush();
    };
    tick({ a: 1 }, 'gone');
    for (; now < START_MS + 5 * WINDOW_MS; now += MINUTE_MS) tick({ a: 1, [`churn/${now}`]: 1 });
    for (; now < START_MS + 20 * WINDOW_MS; now += MINUTE_MS) tick({ a: 1 });
    expect(store.targets()).toEqual(['one']);
    expect(store.families()).toEqual([historyFamily('a')]);
    expect(store.status()).toMatchObject({ series: 1, oldestMs: START_MS + 16 * WINDOW_MS });
    expect(pointsOf(store)['one a']![0]).toEqual([START_MS + 16 * WINDOW_MS, 1]);
  });

  it('gives the numbers of what it forgot to others', () => {
    let now = START_MS;
    const store = open({ retentionMs: WINDOW_MS, now: () => now });
    const expected: Record<string, [number, number][]> = {};
    for (let round = 0; round < 40; round++) {
      now = START_MS + round * 4 * WINDOW_MS;
      for (let at = 0; at < 3; at++) {
        store.append(`target-${round}`, now + at, samplesOf({ [`churn/${round}`]: round, a: at }));
        store.flush();
      }
    }
    for (let at = 0; at < 3; at++) {
      (expected['target-39 churn/39'] ??= []).push([now + at, 39]);
      (expected['target-39 a'] ??= []).push([now + at, at]);
    }
    expect(pointsOf(store, now - WINDOW_MS)).toEqual(expected);
    expect(store.status().series).toBeLessThanOrEqual(6);
  });

  it('keeps samples that are older than all blocks', () => {
    const store = open();
    store.append('new', START_MS + 5 * WINDOW_MS, samplesOf({ a: 1 }));
    store.append('old', START_MS, samplesOf({ a: 1, b: 2 }));
    store.append('old', START_MS + 1, samplesOf({ a: 1 }));
    store.append('new', START_MS + 7 * WINDOW_MS, samplesOf({ a: 1 }));
    const all = pointsOf(store);
    for (let flushes = 0; flushes < 5; flushes++) {
      store.flush();
      expect(pointsOf(store)).toEqual(all);
    }
  });

  it('keeps to a size, the newest samples staying', () => {
    let now = START_MS;
    const store = open({ maxBytes: 2 * 2 ** 20, now: () => now });
    const random = randomNumbers(1);
    // 8 bytes each, as nothing about them can be foretold: 144 kB a window.
    const samples = samplesOf(Object.fromEntries(Array.from({ length: 300 }, (_value, index) => [`a/${index}`, 0])));
    const windows = 36;
    for (; now < START_MS + windows * WINDOW_MS; now += 10_000) {
      samples.values.forEach((_value, index) => (samples.values[index] = random()));
      store.append('one', now, samples);
      store.flush();
    }
    const kept = pointsOf(store)['one a/7']!;
    expect(kept.at(-1)![0]).toBe(now - 10_000);
    expect(kept.length / 60).toBeGreaterThan(5);
    expect(kept.length / 60).toBeLessThan(18);
  });

  it('counts what it holds', () => {
    const store = open();
    store.append('one', START_MS, samplesOf({ a: 1, b: 2 }));
    expect(store.status()).toMatchObject({ state: 'ok', samplesStored: 0, pendingSamples: 2, series: 2 });
    store.flush();
    store.append('one', START_MS + 1, samplesOf({ a: 1, b: 2, c: 3 }));
    expect(store.status()).toMatchObject({ samplesStored: 2, pendingSamples: 3, series: 3, oldestMs: START_MS });
  });
});
