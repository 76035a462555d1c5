import { RangeCache, type ReadPoints } from './range-cache';
import type { WantedRange } from './read-plan';

const MEGABYTE = 2 ** 20;

function range(identity: string): WantedRange {
  return { firstTarget: 0, group: 0, range: { first: 0, last: 0, bits: 1n }, series: [], identity };
}

/** Points that take so many bytes. */
function points(bytes: number): ReadPoints {
  return { times: new Float64Array(bytes / 16), values: new Float64Array(bytes / 16), starts: new Uint32Array(0) };
}

describe('RangeCache', () => {
  it('gives back what it was given for the same window and series', () => {
    const cache = new RangeCache();
    const kept = points(160);
    cache.keep(7, range('a'), kept);
    expect(cache.find(7, range('a'), 0)).toBe(kept);
    expect([cache.find(8, range('a'), 0), cache.find(7, range('b'), 0)]).toEqual([undefined, undefined]);
  });

  it('forgets everything when blocks have come or gone', () => {
    const cache = new RangeCache();
    cache.keep(7, range('a'), points(160));
    expect(cache.find(7, range('a'), 1)).toBeUndefined();
    const anew = points(160);
    cache.keep(7, range('a'), anew);
    expect(cache.find(7, range('a'), 1)).toBe(anew);
  });

  it('lets go of what was not used for longest when it is full', () => {
    const cache = new RangeCache();
    for (const window of [1, 2, 3]) cache.keep(window, range('a'), points(5 * MEGABYTE));
    expect(cache.find(1, range('a'), 0)).toBeDefined();
    cache.keep(4, range('a'), points(5 * MEGABYTE));
    const isKept = (window: number) => cache.find(window, range('a'), 0) !== undefined;
    expect([1, 2, 3, 4].map(isKept)).toEqual([true, false, true, true]);
  });
});
