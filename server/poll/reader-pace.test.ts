import { waitForReadersMs } from './reader-pace';

const INTERVAL_MS = 10_000;
const BEGIN_MS = 1_700_000_000_000;

describe('waitForReadersMs', () => {
  it.each<[string, number | undefined, number, number]>([
    ['nobody ever reads', undefined, 4000, 0],
    ['they have read in this interval', 1000, 4000, Infinity],
    ['they read this very moment', 4000, 4000, Infinity],
    ['they read in the last interval, later than now', -3000, 4000, 5000],
    ['they read in the last interval, earlier than now', -8000, 4000, 0],
    ['they read an interval ago', -6000, 4000, 0],
    ['they read long ago', -60_000, 4000, 0],
    ['it is too late to wait', -100, 9500, 0],
    ['the clock was set back since', 6000, 4000, 0],
  ])('where %s', (_what, readAtMs, nowMs, expected) => {
    const read = readAtMs === undefined ? undefined : BEGIN_MS + readAtMs;
    expect(waitForReadersMs(read, BEGIN_MS + nowMs, INTERVAL_MS)).toBe(expected);
  });
});
