import { pointsOf, samplesOf, START_MS } from '../testing/history-samples';
import { WINDOW_MS } from './key';
import { openMemoryStore } from './memory-store';

const YEAR_MS = 365 * 86_400_000;
const EVENT = { target: 'one', kind: 'restart', severity: 'info', text: '', details: {} } as const;
const EVERYTHING = { fromMs: 0, toMs: Infinity, limit: 9 };

describe('retention', () => {
  it('does not go by a clock that is far ahead of all samples', () => {
    let now = START_MS;
    const store = openMemoryStore({ retentionMs: 5 * WINDOW_MS, now: () => now });
    for (; now < START_MS + 4 * WINDOW_MS; now += 60_000) {
      store.append('one', now, samplesOf({ a: now }));
      store.flush();
    }
    store.log.addEvents([{ ...EVENT, timeMs: START_MS }]);
    const all = pointsOf(store);
    now += YEAR_MS;
    for (let flushes = 0; flushes < 5; flushes++) store.flush();
    expect(pointsOf(store)).toEqual(all);
    expect(store.log.events(EVERYTHING)).toHaveLength(1);
  });

  it('does not go by a sample that is far ahead of the clock', () => {
    let now = START_MS;
    const store = openMemoryStore({ retentionMs: 5 * WINDOW_MS, now: () => now });
    for (; now < START_MS + 4 * WINDOW_MS; now += 60_000) {
      store.append('one', now, samplesOf({ a: now }));
      store.flush();
    }
    store.log.addEvents([{ ...EVENT, timeMs: START_MS }]);
    const all = pointsOf(store)['one a'];
    store.append('ahead', now + 20 * WINDOW_MS, samplesOf({ a: 1 }));
    for (let flushes = 0; flushes < 5; flushes++) store.flush();
    expect(pointsOf(store)['one a']).toEqual(all);
    expect(store.log.events(EVERYTHING)).toHaveLength(1);
  });
});
