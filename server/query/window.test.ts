import type { Notice, QueryRequest } from '../api/contract';
import { RequestError } from './errors';
import { instantGrid, lastBucketCoverage, pleasantLength, rangeGrid, requestWindow } from './window';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const NOW = 1_700_006_400_000;

function grid(request: Partial<QueryRequest>, intervalMs = 10 * SECOND) {
  const notices: Notice[] = [];
  const window = requestWindow({ from: NOW - HOUR, to: NOW, ...request }, NOW);
  return { ...rangeGrid(window, intervalMs, notices), notices: notices.map(({ text }) => text) };
}

describe('requestWindow', () => {
  it.each<[string, Partial<QueryRequest>, string]>([
    [
      'a word',
      { from: 'yesterday' },
      'from: "yesterday" is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h',
    ],
    [
      'a date without sense',
      { to: '2024-02-31T99:00Z' },
      'to: "2024-02-31T99:00Z" is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h',
    ],
    [
      'beyond what a date can hold',
      { to: 1e300 },
      'to: 1e+300 is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h',
    ],
    ['the wrong order', { from: 'now', to: 'now-1h' }, 'from is later than to: exchange them'],
    ['no step', { step: 0 }, 'step: 0 is no length of time: give a duration such as 30s, or whole milliseconds'],
    [
      'a step in words',
      { step: 'a minute' },
      'step: "a minute" is no length of time: give a duration such as 30s, or whole milliseconds',
    ],
  ])('refuses %s', (_, request, message) => {
    expect(() => requestWindow({ from: NOW - HOUR, to: NOW, ...request }, NOW)).toThrow(new RequestError(message));
  });

  it('reads every kind of time and length', () => {
    expect(requestWindow({ from: 'now-1h', to: '2023-11-15T00:00:00Z', step: '1m', maxDataPoints: 7 }, NOW)).toEqual({
      fromMs: NOW - HOUR,
      toMs: NOW,
      nowMs: NOW,
      stepMs: 60 * SECOND,
      maxDataPoints: 7,
    });
  });
});

describe('rangeGrid', () => {
  it.each<[string, Partial<QueryRequest>, number, { startMs: number; stepMs: number; count: number }]>([
    ['1000 points by default', {}, 1000, { startMs: NOW - HOUR, stepMs: 5000, count: 720 }],
    ['as many points as asked for', { maxDataPoints: 100 }, 0, { startMs: NOW - HOUR, stepMs: 60_000, count: 60 }],
    [
      'the interval, made pleasant',
      { maxDataPoints: 11_000 },
      7000,
      { startMs: NOW - HOUR, stepMs: 10_000, count: 360 },
    ],
    ['a second at least', { from: NOW - 10, maxDataPoints: 100 }, 0, { startMs: NOW - 1000, stepMs: 1000, count: 1 }],
    ['the step given', { step: 70_000 }, 10_000, { startMs: NOW - HOUR - 20_000, stepMs: 70_000, count: 52 }],
    [
      'a start within a bucket',
      { from: NOW - 90_000, step: '1m' },
      0,
      { startMs: NOW - 120_000, stepMs: 60_000, count: 2 },
    ],
    [
      'an end within a bucket',
      { from: NOW - 60_000, to: NOW + 1, step: '1m' },
      0,
      { startMs: NOW - 60_000, stepMs: 60_000, count: 2 },
    ],
    ['a moment', { from: NOW, step: '1m' }, 0, { startMs: NOW, stepMs: 60_000, count: 1 }],
    ['before 1970', { from: -90_000, to: 0, step: '1m' }, 0, { startMs: -120_000, stepMs: 60_000, count: 2 }],
    [
      'all time there is',
      { from: -8.64e15, to: 8.64e15, maxDataPoints: 10 },
      0,
      { startMs: -8.64e15, stepMs: 1.728e15, count: 10 },
    ],
  ])('%s', (_, request, intervalMs, expected) => {
    expect(grid(request, intervalMs)).toMatchObject({ ...expected, notices: [] });
  });

  it('raises a step that is shorter than the interval, and says so', () => {
    expect(grid({ step: '5s' }, 15 * SECOND)).toMatchObject({
      stepMs: 15 * SECOND,
      notices: ['The step is 15s instead of 5s: the targets are polled every 15s.'],
    });
  });

  it('refuses more points than a series may have', () => {
    expect(() => grid({ from: 'now-7d', step: '30s' })).toThrow(
      'a step of 30s makes more than 11000 points per series: give a longer step or a shorter range'
    );
    expect(grid({ from: NOW - 11_000 * 10 * SECOND, step: '10s' }).count).toBe(11_000);
  });

  it('covers from and to, and no more, whatever they are', () => {
    for (let at = 0; at < 500; at++) {
      const from = at * 977;
      const to = from + at * 1009;
      const { startMs, stepMs, count } = grid({ from, to, maxDataPoints: 1 + (at % 50) }, 0);
      expect(startMs % stepMs).toBe(0);
      expect([startMs <= from, startMs + stepMs > from]).toEqual([true, true]);
      expect([startMs + count * stepMs >= to, count === 1 || startMs + (count - 1) * stepMs < to]).toEqual([
        true,
        true,
      ]);
      expect(count).toBeLessThanOrEqual(2 + (at % 50));
    }
  });
});

it.each([
  [1, 100],
  [501, 1000],
  [1001, 2000],
  [31_000, 60_000],
  [4 * HOUR, 6 * HOUR],
  [13 * HOUR, 24 * HOUR],
  [25 * HOUR, 48 * HOUR],
])('%d ms are made %d ms long', (ms, expected) => {
  expect(pleasantLength(ms)).toBe(expected);
});

describe('instantGrid', () => {
  it.each<[string, Partial<QueryRequest>, number, number]>([
    ['a minute', {}, 10_000, 60_000],
    ['four intervals', {}, 30_000, 120_000],
    ['the step', { step: '5m' }, 10_000, 300_000],
    ['the interval, where the step is shorter', { step: '1s' }, 10_000, 10_000],
  ])('is as long as %s', (_, request, intervalMs, stepMs) => {
    const window = requestWindow({ from: NOW, to: NOW, ...request }, NOW);
    const expected = { startMs: NOW - stepMs + 1, stepMs, count: 1, endMs: NOW };
    expect(instantGrid(window, intervalMs)).toEqual(expected);
  });
});

describe('lastBucketCoverage', () => {
  const all = { startMs: 0, stepMs: 60, count: 2, endMs: 120 };
  it.each<[string, typeof all, number, number | undefined]>([
    ['whole', all, 500, undefined],
    ['`to` lies within it', { ...all, endMs: 72 }, 500, 12],
    ['now lies within it', all, 72, 12],
    ['now lies within the one before it', all, 12, 12],
    ['all in the future', all, -10, undefined],
  ])('%s', (_, given, nowMs, expected) => {
    expect(lastBucketCoverage(given, nowMs)).toBe(expected);
  });
});
