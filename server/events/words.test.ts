import { formatBytes, formatCount, formatSpan } from './words';

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [499, '0 s'],
  [42_400, '42 s'],
  [59_600, '1 min'],
  [190_000, '3 min 10 s'],
  [3_600_000, '1 h'],
  [3_605_000, '1 h'],
  [187_200_000, '2 d 4 h'],
])('%d ms is %s', (ms, expected) => {
  expect(formatSpan(ms)).toBe(expected);
});

it.each([
  [0, '0 bytes'],
  [512, '512 bytes'],
  [1024, '1 KiB'],
  [1.5 * 2 ** 30, '1.5 GiB'],
  [2 ** 60, '1048576 TiB'],
  [-1, '-1 bytes'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

it.each([
  [1, '1 key'],
  [0, '0 keys'],
  [12, '12 keys'],
])('%d', (count, expected) => {
  expect(formatCount(count, 'key')).toBe(expected);
});
