import { followSlowLog, NO_SLOW_LOG, slowEntries } from './slow-log';

const NOW = Date.UTC(2026, 0, 31, 18);
const run = { id: 'a'.repeat(40), startMs: NOW - 86_400_000 };
const entries = slowEntries('cache-1', run, { fromMs: NOW, toMs: NOW + 3_600_000 }, 10);

describe('slowEntries', () => {
  it('has some of each kind in an hour, in order, with ids that go on', () => {
    expect(entries.length).toBeGreaterThan(90);
    expect(new Set(entries.map(({ command }) => command))).toEqual(new Set(['eval', 'keys', 'sort']));
    expect(entries.map(({ id }) => id)).toEqual(entries.map((_, at) => 10 + at));
    expect(entries.map(({ timeMs }) => timeMs)).toEqual(entries.map(({ timeMs }) => timeMs).sort((a, b) => a - b));
    expect(entries.every(({ amount, timeMs }) => amount > 1000 && timeMs >= NOW && timeMs < NOW + 3_600_000)).toBe(
      true
    );
  });

  it('is the same again for the same run and time only', () => {
    expect(slowEntries('cache-1', run, { fromMs: NOW, toMs: NOW + 3_600_000 }, 10)).toEqual(entries);
    const later = slowEntries('cache-1', run, { fromMs: NOW + 3_600_000, toMs: NOW + 7_200_000 }, 10);
    expect(later.map(({ amount }) => amount)).not.toEqual(entries.map(({ amount }) => amount));
  });
});

describe('followSlowLog', () => {
  it('knows what the log holds as time goes on', () => {
    const at = followSlowLog(entries);
    const [first, , third] = entries;
    expect(at(NOW)).toEqual(NO_SLOW_LOG);
    expect(at(first!.timeMs)).toEqual({
      count: 3,
      lastMs: third!.timeMs,
      lastSeconds: third!.amount / 1e6,
    });
    expect(at(NOW + 3_600_000).count).toBe(entries.length);
  });
});
