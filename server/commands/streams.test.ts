import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { temporaryDirectory } from '../testing/cleanup';
import { writePieces } from './streams';

const failing = (code: string) =>
  new Writable({ write: (_, __, done) => done(Object.assign(new Error('no'), { code })) });

describe('writePieces', () => {
  it('writes no faster than the output takes it', async () => {
    let produced = 0;
    let taken = 0;
    let mostWaiting = 0;
    const pieces = function* () {
      for (; produced < 500; produced++) yield 'x'.repeat(1000);
    };
    const slow = new Writable({
      highWaterMark: 4000,
      write(chunk: Buffer, _, done) {
        mostWaiting = Math.max(mostWaiting, produced - taken);
        taken += chunk.toString() === '' ? 0 : 1;
        setImmediate(done);
      },
    });
    await writePieces(pieces(), slow);
    expect({ produced, taken }).toEqual({ produced: 500, taken: 500 });
    expect(mostWaiting).toBeLessThan(50);
    expect(slow.writableEnded).toBe(false);
  });

  it('ends without an error when the reader has gone, and lets go of what it read', async () => {
    let isReleased = false;
    const pieces = function* () {
      try {
        for (;;) yield 'x';
      } finally {
        isReleased = true;
      }
    };
    await writePieces(pieces(), failing('EPIPE'));
    expect(isReleased).toBe(true);
  });

  it('writes a file to its end', async () => {
    const file = join(temporaryDirectory(), 'out.txt');
    await writePieces(['a', 'b'], createWriteStream(file), file);
    expect(readFileSync(file, 'utf8')).toBe('ab');
  });

  it.each([
    ['a file on a full disk', () => [failing('ENOSPC'), 'x.csv'] as const, 'cannot write x.csv: the disk is full, and'],
    ['a broken output', () => [failing('EIO')] as const, 'cannot write standard output: Error: no'],
    [
      'a file in a directory that is not there',
      () => [createWriteStream('/nowhere/x.csv'), '/nowhere/x.csv'] as const,
      'cannot write /nowhere/x.csv: its directory does not exist',
    ],
    [
      'a directory',
      () => [createWriteStream(__dirname), __dirname] as const,
      `cannot write ${__dirname}: it is a directory: name a file`,
    ],
  ])('rejects with what is wrong with %s', async (_, outputOf, message) => {
    const [output, file] = outputOf();
    await expect(writePieces(['x'], output, file)).rejects.toThrow(message);
  });
});
