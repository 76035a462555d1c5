import { growth, risePerHour, type Reading } from './trend';

const SECOND_MS = 1000;

function readings(values: readonly number[]): Reading[] {
  return values.map((value, at) => ({ atMs: 5_000_000 + at * SECOND_MS, value }));
}

describe('risePerHour', () => {
  it.each<[string, readonly number[], number]>([
    ['what stays', [7, 7, 7, 7], 0],
    ['a rise of one a second', [0, 1, 2, 3, 4, 5], 3600],
    ['a fall', [5, 4, 3, 2, 1, 0], -3600],
    ['the first half, which does not count', [0, 100, 200, 300, 300, 300, 300, 300], 0],
    ['what goes up and down around the same', [5, 5, 5, 5, 4, 6, 6, 4], 0],
    ['a single reading', [5], 0],
  ])('gives for %s', (_what, values, expected) => {
    expect(risePerHour(readings(values))).toBeCloseTo(expected);
  });
});

describe('growth', () => {
  it.each<[string, readonly number[], number]>([
    ['what stays', [9, 9, 9, 9, 9, 9, 9, 9], 0],
    ['one more with each reading', [0, 1, 2, 3, 4, 5, 6, 7], 4],
    ['a start, which does not count', [0, 0, 9, 9, 9, 9, 9, 9], 0],
    ['too few readings to say', [1, 2, 3], 0],
  ])('gives for %s', (_what, values, expected) => {
    expect(growth(readings(values))).toBe(expected);
  });
});
