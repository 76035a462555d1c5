import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOfBlock, textOfColumns } from '../testing/block-columns';
import { encodeBlock, verifyBlock, type Column } from './block';

/** Blocks as version 1 writes them, by name, in hexadecimal. What is on disk somewhere must be read for ever. */
const FILE = join(__dirname, '../testdata/golden/history-blocks-1.hex');
/** Write the file anew: only before a version is released. */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const START = 1_700_000_000_000;

interface Case {
  readonly times: Float64Array;
  readonly columns: readonly (Column | undefined)[];
}

function timesOf(count: number, time: (at: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, at) => START + time(at));
}

function valuesOf({ length }: Float64Array, value: (at: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, at) => value(at));
}

function presentOf({ length }: Float64Array, isPresent: (at: number) => boolean): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (isPresent(at) ? 1 : 0));
}

const grid = timesOf(60, (at) => at * 10_000 + (at % 4));
const jumping = timesOf(9, (at) => at * 10_000 + (at % 3) + (at > 4 ? 30_000 : 0) - (at > 6 ? 4000 : 0));
const irregular = timesOf(12, (at) => at * at * 777);

/** Together they have every form of every part. */
const CASES: Readonly<Record<string, Case>> = {
  'columns without gaps': {
    times: grid,
    columns: [
      { values: valuesOf(grid, () => 0) },
      { values: valuesOf(grid, () => 13) },
      { values: valuesOf(grid, () => -1.25) },
      { values: valuesOf(grid, () => -0) },
      { values: valuesOf(grid, (at) => 7 + Math.floor(at / 25)) },
      { values: valuesOf(grid, (at) => (at === 9 ? Infinity : 1)) },
      undefined,
      { values: valuesOf(grid, (at) => 1e7 + at * 5001 + ((at * 17) % 50)) },
      { values: valuesOf(grid, (at) => (at * 5001 + ((at * 17) % 50)) / 1e6) },
      { values: valuesOf(grid, (at) => 4096 * ((at * 7919) % 101)) },
      { values: valuesOf(grid, (at) => (((at * 7919) % 101) / 100) * 1024) },
      { values: valuesOf(grid, (at) => 8 * ((at * 7919) % 101)) },
      { values: valuesOf(grid, (at) => ((at * 7919) % 101) - 50) },
      { values: valuesOf(grid, (at) => ((at * 7919) % 101) / 100) },
      { values: valuesOf(grid, (at) => ((at * 7919) % 101) / 1e3) },
      { values: valuesOf(grid, (at) => ((at * 7919) % 10_001) / 1e4) },
      { values: valuesOf(grid, (at) => ((at * 7919) % 101) * 2 ** 35 + 1) },
      undefined,
      undefined,
      { values: valuesOf(grid, (at) => 1 / (at + 3)) },
    ],
  },
  'gaps in values and times': {
    times: jumping,
    columns: [
      { values: valuesOf(jumping, (at) => at), present: presentOf(jumping, (at) => at > 3) },
      { values: valuesOf(jumping, (at) => at * at), present: presentOf(jumping, (at) => at % 2 === 1) },
      { values: valuesOf(jumping, () => 5), present: presentOf(jumping, () => true) },
      { values: valuesOf(jumping, () => 5), present: presentOf(jumping, () => false) },
      { values: valuesOf(jumping, () => 0), present: presentOf(jumping, (at) => at === 2) },
    ],
  },
  'times on no grid': { times: irregular, columns: [{ values: irregular }] },
  'one time': { times: timesOf(1, () => 0), columns: [{ values: Float64Array.of(NaN) }] },
  'times alone': { times: grid, columns: [] },
};

function encode({ times, columns }: Case): string {
  return Buffer.from(encodeBlock(times, times.length, columns)).toString('hex');
}

function readGolden(): Record<string, string> {
  if (UPDATE) writeFileSync(FILE, print(CASES));
  const parts = readFileSync(FILE, 'utf8').trimEnd().split(/^# /m).slice(1);
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', ...lines] = part.split('\n');
      return [name, lines.join('')];
    })
  );
}

function print(cases: Readonly<Record<string, Case>>): string {
  return Object.entries(cases)
    .map(([name, one]) => `# ${name}\n${encode(one).replace(/.{96}(?=.)/g, '$&\n')}\n`)
    .join('');
}

describe('the format of blocks, version 1', () => {
  const golden = readGolden();

  it.each(Object.entries(CASES))('%s is written as ever', (name, one) => {
    expect(encode(one)).toBe(golden[name]);
  });

  it.each(Object.entries(CASES))('%s is read as ever', (name, { times, columns }) => {
    const bytes = Buffer.from(golden[name] ?? '', 'hex');
    expect(textOfBlock(bytes)).toEqual(textOfColumns(times, columns));
    expect(() => verifyBlock(bytes)).not.toThrow();
  });
});
