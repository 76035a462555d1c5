import { boundOfRise } from './bounds';

describe('boundOfRise', () => {
  it.each([
    ['an hour, whose second half begins when the history is filled', 3600, 20_000, 60],
    ['three minutes, in which it fills', 180, 20_000, 60 + 20_000 * 16 * 3600e-6 + 4000],
    ['three minutes of few targets', 180, 100, 60 + 100 * 16 * 3600e-6 + 4000],
  ])('is, for %s', (_what, seconds, samplesPerSecond, expected) => {
    expect(boundOfRise(seconds, samplesPerSecond)).toBe(Math.round(expected));
  });
});
