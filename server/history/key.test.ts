import { GROUPS, hasWindow, MAX_TARGETS, packKey, PARTS, unpackKey, windowKey, windowOf, windowStartMs } from './key';

const LAST_WINDOW = 2 ** 20 - 1;

describe('key', () => {
  it.each([
    { window: 0, target: 0, group: 0, part: 0 },
    { window: 1, target: 64, group: 3, part: 5 },
    { window: 319_000, target: 63, group: 77, part: 63 },
    { window: LAST_WINDOW, target: MAX_TARGETS - 1, group: GROUPS - 1, part: PARTS - 1 },
  ])('comes back whole: %j', (key) => {
    expect(Number.isSafeInteger(packKey(key))).toBe(true);
    expect(unpackKey(packKey(key))).toEqual(key);
  });

  it('orders by window, then 64 targets, group, target, part', () => {
    const keys = [
      { window: 1, target: 0, group: 0, part: 0 },
      { window: 1, target: 0, group: 0, part: 1 },
      { window: 1, target: 1, group: 0, part: 0 },
      { window: 1, target: 63, group: 0, part: 63 },
      { window: 1, target: 0, group: 1, part: 0 },
      { window: 1, target: 64, group: 0, part: 0 },
      { window: 2, target: 0, group: 0, part: 0 },
    ].map(packKey);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(keys.at(-1)).toBe(windowKey(2));
  });

  it.each([
    ['2020-01-01T00:00:00.000Z', 0],
    ['2020-01-01T00:09:59.999Z', 0],
    ['2020-01-01T00:10:00.000Z', 1],
  ])('%s is in window %i', (time, window) => {
    expect(windowOf(Date.parse(time))).toBe(window);
    expect(windowStartMs(window)).toBe(Date.UTC(2020, 0) + window * 600_000);
  });

  it.each([
    ['2019-12-31T23:59:59.999Z', false],
    ['2020-01-01T00:00:00.000Z', true],
    ['2039-12-01T00:00:00.000Z', true],
    ['2039-12-31T00:00:00.000Z', false],
  ])('%s has a window: %s', (time, expected) => {
    expect(hasWindow(Date.parse(time))).toBe(expected);
  });
});
