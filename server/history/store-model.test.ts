import { temporaryDirectory } from '../testing/cleanup';
import { pointsOf, samplesOf, START_MS, type Points } from '../testing/history-samples';
import { randomInteger, randomNumbers } from '../testing/random';
import { openDiskStore } from './disk-store';
import { openMemoryStore } from './memory-store';
import type { Store } from './store';
import { verifyStore } from './verify';

const MINUTE_MS = 60_000;
const STEPS = 1_000;
const SEEDS = [1, 2, 3];

/** What a store must hold, in plain maps. */
class Model {
  private readonly points = new Map<string, Map<number, number>>();
  private readonly last = new Map<string, number>();

  append(target: string, atMs: number, values: Readonly<Record<string, number>>): void {
    const last = this.last.get(target) ?? -Infinity;
    if (atMs <= last && atMs >= last - MINUTE_MS) return;
    this.last.set(target, atMs);
    for (const [name, value] of Object.entries(values)) {
      const key = `${target} ${name}`;
      let points = this.points.get(key);
      if (points === undefined) this.points.set(key, (points = new Map<number, number>()));
      if (!points.has(atMs)) points.set(atMs, value);
    }
  }

  between(fromMs: number, toMs: number): Points {
    const all: Points = {};
    for (const [key, points] of this.points) {
      const within = [...points].filter(([atMs]) => atMs >= fromMs && atMs <= toMs).sort(([a], [b]) => a - b);
      if (within.length > 0) all[key] = within;
    }
    return all;
  }
}

const VALUES = [0, -0, 1, 2 ** 53, -1e300, NaN, Infinity, 0.1, 5e-324];

describe.each([
  ['memory', 'for ever', Infinity],
  ['disk', 'for ever', Infinity],
  ['memory', 'for 40 minutes', 40 * MINUTE_MS],
  ['disk', 'for 40 minutes', 40 * MINUTE_MS],
])('store: %s, samples kept %s', (kind, _, retentionMs) => {
  it.each(SEEDS)('holds what was appended, whatever comes: seed %i', (seed) => {
    const random = randomNumbers(seed);
    const directory = temporaryDirectory();
    const model = new Model();
    let now = START_MS;
    const open = (): Store => {
      const options = { retentionMs, now: () => now };
      return kind === 'disk' ? openDiskStore({ ...options, directory }) : openMemoryStore(options);
    };
    let store = open();
    const clocks = new Map<string, number>();
    const series = new Set(['a', 'b/0', 'b/1']);
    /** Targets and labels of one hour are not those of the next. */
    const hour = (): number => Math.floor(now / (60 * MINUTE_MS));

    const pollSome = (): void => {
      const target = `t${randomInteger(random, 4) * randomInteger(random, 40)}-${hour()}`;
      const before = clocks.get(target) ?? now - 30_000;
      let atMs = before + 1 + randomInteger(random, random() < 0.02 ? 3_000_000 : 30_000);
      // A clock put right, a little or a lot.
      if (random() < 0.02) atMs -= randomInteger(random, random() < 0.5 ? MINUTE_MS : 4_000_000);
      clocks.set(target, atMs);
      now = Math.max(now, atMs);
      if (random() < 0.05) series.add(`c/${hour()}-${randomInteger(random, 200)}`);
      // A poll without samples is none.
      if (random() < 0.06 && series.size > 1) series.delete([...series][randomInteger(random, series.size)]!);
      const values: Record<string, number> = {};
      for (const name of series) {
        const isSpecial = random() < 0.1;
        values[name] = isSpecial ? VALUES[randomInteger(random, VALUES.length)]! : randomInteger(random, 1000);
      }
      store.append(target, atMs, samplesOf(values));
      model.append(target, atMs, values);
    };
    const compare = (fromMs: number, toMs: number): void => {
      const keptFromMs = Math.max(fromMs, now - retentionMs);
      expect(pointsOf(store, keptFromMs, toMs)).toEqual(model.between(keptFromMs, toMs));
    };

    for (let step = 0; step < STEPS; step++) {
      if (random() < 0.8) pollSome();
      else store.flush();
      if (random() < 0.005 && kind === 'disk') {
        store.close();
        store = open();
      }
      if (random() < 0.005) {
        const fromMs = Math.floor(now - random() * Math.min(retentionMs, now - START_MS));
        compare(fromMs, fromMs + randomInteger(random, 3_000_000));
      }
    }
    expect(store.status().samplesRefused).not.toHaveProperty('too_many_parts');
    compare(0, Infinity);
    store.close();
    if (kind === 'disk') expect(verifyStore(directory, () => undefined).problems).toEqual([]);
  });
});
