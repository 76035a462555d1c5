import { dateTime, type RawTimeRange } from '@grafana/data';
import { liveWindow } from './live-window';

const now = 1_800_000_000_000;

function windowOf(raw: RawTimeRange, intervalMs: number, maxDataPoints?: number) {
  const range = { from: dateTime(now - 900_000), to: dateTime(now), raw };
  return liveWindow({ range, intervalMs, ...(maxDataPoints && { maxDataPoints }) });
}

it.each([
  ['panels of any width share one', { from: 'now-15m', to: 'now' }, 1000, 900, { name: 'now-15m|' }],
  ['a narrow panel as well', { from: 'now-15m', to: 'now' }, 30_000, 30, { name: 'now-15m|' }],
  [
    'an interval that is set is kept',
    { from: 'now-15m', to: 'now' },
    60_000,
    900,
    { name: 'now-15m|60000', step: 60_000 },
  ],
  ['a day that grows', { from: 'now/d', to: 'now' }, 1000, 900, { name: 'now/d of 3600000|', lengthMs: 3_600_000 }],
  [
    'from a moment on',
    { from: dateTime(now - 900_000), to: 'now' },
    1000,
    900,
    { name: `${now - 900_000} of 3600000|`, lengthMs: 3_600_000 },
  ],
])('%s', (_name, raw, intervalMs, maxDataPoints, expected) => {
  expect(windowOf(raw, intervalMs, maxDataPoints)).toEqual({ lengthMs: 900_000, maxDataPoints: 1000, ...expected });
});

it.each([[{ from: 'now-2d', to: 'now-1d' }], [{ from: dateTime(now - 900_000), to: dateTime(now) }]])(
  'what has ended does not go on: %j',
  (raw) => {
    expect(windowOf(raw, 1000, 900)).toBeUndefined();
  }
);
