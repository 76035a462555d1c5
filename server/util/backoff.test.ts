import { backoffMs, LONGEST_MS } from './backoff';

describe('backoffMs', () => {
  it.each([
    [1, 50, 100],
    [2, 100, 200],
    [3, 200, 400],
    [9, 12_800, 25_600],
    [10, 15_000, 30_000],
    [11, 15_000, 30_000],
    [5000, 15_000, 30_000],
  ])('after %d failures is between %d and %d ms', (failures, least, most) => {
    expect(backoffMs(failures, 0)).toBe(least);
    expect(backoffMs(failures, 0.5)).toBe((least + most) / 2);
    expect(backoffMs(failures, 1)).toBe(most);
    expect(most).toBeLessThanOrEqual(LONGEST_MS);
  });
});
