import { swayAt, swaySum, trafficAt, trafficBetween } from './waves';

const NOW = Date.UTC(2026, 0, 31, 18);
const HOUR = 3_600_000;
const times = Array.from({ length: 2000 }, (_, at) => NOW + at * 43_210);

describe('traffic', () => {
  it('waxes and wanes around 1 and is never quite gone', () => {
    const found = times.map(trafficAt);
    expect(Math.min(...found)).toBeGreaterThan(0.2);
    expect(Math.max(...found)).toBeLessThan(1.8);
    expect(Math.max(...found) - Math.min(...found)).toBeGreaterThan(0.8);
    expect(trafficBetween(NOW - 240 * HOUR, NOW) / (240 * 3600)).toBeCloseTo(1, 1);
  });

  it('sums up to what its moments give', () => {
    const [from, to] = [NOW, NOW + HOUR];
    let sum = 0;
    for (let ms = from + 50; ms < to; ms += 100) sum += trafficAt(ms) / 10;
    expect(trafficBetween(from, to)).toBeCloseTo(sum, 3);
  });
});

describe('swaySum', () => {
  it.each([1, 90, 86_400])('grows as a wave of %d s says', (seconds) => {
    const waves = [{ amplitude: 0.5, periodMs: seconds * 1000, phase: 0.25 }];
    const step = seconds / 1000;
    for (const ms of times.slice(0, 20)) {
      const slope = (swaySum(waves, ms + step * 500) - swaySum(waves, ms - step * 500)) / step;
      expect(slope).toBeCloseTo(swayAt(waves, ms), 3);
    }
  });
});
