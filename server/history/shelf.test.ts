import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { packKey } from './key';
import { MemoryShelf } from './memory-shelf';
import type { Shelf, TargetRange } from './shelf';
import { SqliteShelf } from './sqlite-shelf';
import { openStoreFile } from './store-file';

function openSqlite(): Shelf {
  const file = join(temporaryDirectory(), 'history.db');
  return new SqliteShelf(openStoreFile(file, { synchronous: 'normal', readOnly: false }), file, () => undefined);
}

describe.each<[string, () => Shelf]>([
  ['memory', () => new MemoryShelf()],
  ['SQLite', openSqlite],
])('shelf: %s', (_, open) => {
  const key = (target: number, part = 0, window = 5, group = 3): number => packKey({ window, target, group, part });
  const filled = (): Shelf => {
    const shelf = open();
    const keys = [key(64), key(70), key(70, 1), key(127), key(128), key(64, 0, 5, 4), key(64, 0, 6), key(10)];
    keys.forEach((one, index) => shelf.addBlock(one, Uint8Array.of(index)));
    return shelf;
  };
  const rangeOf = (...targets: number[]): TargetRange => ({
    first: Math.min(...targets),
    last: Math.max(...targets),
    bits: targets.reduce((bits, target) => bits | (1n << BigInt(target)), 0n),
  });

  it.each([
    ['one target', rangeOf(0), [[0, 0]]],
    ['a target with parts', rangeOf(6), [[6, 1], [6, 2]]], // prettier-ignore
    ['all targets', rangeOf(...Array.from({ length: 64 }, (_value, at) => at)), [[0, 0], [6, 1], [6, 2], [63, 3]]], // prettier-ignore
    ['some with others between them', rangeOf(0, 63), [[0, 0], [63, 3]]], // prettier-ignore
    ['none that is there', rangeOf(1, 5), []],
  ])('finds the blocks of %s', (_what, range, expected) => {
    const found: number[][] = [];
    filled().blocks(key(64), range, (target, bytes) => found.push([target, ...bytes]));
    expect(found).toEqual(expected);
  });

  it('knows its first and last keys', () => {
    const shelf = filled();
    expect(shelf.firstKey()).toBe(key(10));
    expect(shelf.lastKey(key(70), key(71))).toBe(key(70, 1));
    expect(shelf.lastKey(key(71), key(72))).toBeUndefined();
    expect(open().firstKey()).toBeUndefined();
  });

  it('removes the oldest blocks, so many at a time', () => {
    const shelf = filled();
    const bytes = shelf.usedBytes();
    expect(shelf.removeBlocks(key(0, 0, 6, 0), 3)).toBe(3);
    expect(shelf.firstKey()).toBe(key(70, 1));
    expect(shelf.removeBlocks(key(0, 0, 6, 0), 100)).toBe(4);
    expect(shelf.removeBlocks(key(0, 0, 6, 0), 100)).toBe(0);
    expect(shelf.firstKey()).toBe(key(64, 0, 6));
    expect(shelf.usedBytes()).toBeLessThanOrEqual(bytes);
  });
});
