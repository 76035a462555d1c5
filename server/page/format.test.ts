import type { ValueUnit } from '../api/contract.ts';
import { formatTicks, formatTime, formatTimeTicks, formatValue } from './format.ts';

const NOW = new Date(2025, 2, 1, 14, 3, 20).getTime();
const at = (...[hours, minutes, seconds]: [number, number, number]) =>
  new Date(2025, 2, 1, hours, minutes, seconds).getTime();

describe('a value', () => {
  it.each<[number | null | undefined, ValueUnit, string]>([
    [0, 'bytes', '0 B'],
    [812, 'bytes', '812 B'],
    [1024, 'bytes', '1 KiB'],
    [1_178_600, 'bytes', '1.12 MiB'],
    [1023 * 1024, 'bytes', '1023 KiB'],
    [3 * 1024 ** 5, 'bytes', '3072 TiB'],
    [-2048, 'bytes', '-2 KiB'],
    [5.240174672, 'per_second', '5.24 /s'],
    [1764, 'per_second', '1.76 k/s'],
    [0.05, 'per_second', '0.05 /s'],
    [2_500_000, 'none', '2.5 M'],
    [7, 'none', '7'],
    [0.9921, 'ratio', '99.2 %'],
    [1, 'ratio', '100 %'],
    [0.0000042, 'seconds', '4.2 µs'],
    [0.0015, 'seconds', '1.5 ms'],
    [2.5, 'seconds', '2.5 s'],
    [31_547, 'microseconds', '31.5 ms'],
    [1500, 'milliseconds', '1.5 s'],
    [2048, 'bytes_per_second', '2 KiB/s'],
    [0.0162, 'seconds_per_second', '0.0162'],
    [null, 'bytes', '–'],
    [undefined, 'ratio', '–'],
    [NaN, 'ratio', '–'],
  ])('%d of unit %s is read as %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});

describe('marks of an axis', () => {
  it.each<[readonly number[], ValueUnit, readonly string[]]>([
    [[0, 500, 1000, 1500], 'per_second', ['0', '0.5 k/s', '1.0 k/s', '1.5 k/s']],
    [[0, 1048576, 2097152], 'bytes', ['0', '1 MiB', '2 MiB']],
    [[0, 262144, 524288], 'bytes', ['0', '256 KiB', '512 KiB']],
    [[0, 262144, 524288, 786432, 1048576], 'bytes', ['0', '0.25 MiB', '0.50 MiB', '0.75 MiB', '1.00 MiB']],
    [[0.98, 0.99, 1], 'ratio', ['98 %', '99 %', '100 %']],
    [[0.995, 1], 'ratio', ['99.5 %', '100.0 %']],
    [[0, 0.0005, 0.001], 'seconds', ['0', '0.5 ms', '1.0 ms']],
    [[0], 'none', ['0']],
    [[], 'none', []],
  ])('%j of unit %s share a scale and their decimals', (ticks, unit, texts) => {
    expect(formatTicks(ticks, unit)).toEqual(texts);
  });
});

describe('a moment', () => {
  it.each([
    ['of today', NOW - 3_600_000, '13:03:20'],
    ['of another day', NOW - 24 * 3_600_000, '02-28 14:03:20'],
  ])('%s', (_, timeMs, text) => expect(formatTime(timeMs, NOW)).toBe(text));

  it.each<[string, readonly number[], readonly string[]]>([
    ['in minutes', [at(14, 0, 0), at(14, 5, 0)], ['14:00', '14:05']],
    ['in seconds', [at(14, 0, 0), at(14, 0, 30)], ['14:00:00', '14:00:30']],
    ['over midnight', [at(0, 0, 0), at(6, 0, 0)], ['03-01', '06:00']],
  ])('as marks %s', (_, ticks, texts) => expect(formatTimeTicks(ticks)).toEqual(texts));
});
