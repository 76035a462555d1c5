import { humanAge, humanBytes, humanCount, humanDuration, humanSpan } from './human';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('humanDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.416, '0.42 ms'],
    [1.84, '1.8 ms'],
    [18.4, '18 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [1240, '1.2 s'],
    [12_600, '13 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
});

describe('humanSpan', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [8 * SECOND, '8 s'],
    [12 * MINUTE + 5 * SECOND, '12 min 5 s'],
    [2 * HOUR + 59 * SECOND, '2 h'],
    [3 * DAY + 4 * HOUR + 5 * MINUTE, '3 d 4 h'],
    [400 * DAY, '400 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanSpan(ms)).toBe(text);
  });
});

describe('humanAge', () => {
  it.each([
    [-5000, 'just now'],
    [999, 'just now'],
    [8900, '8 s ago'],
    [119 * SECOND, '1 min ago'],
    [3 * HOUR, '3 h ago'],
    [9 * DAY, '9 d ago'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanAge(ms)).toBe(text);
  });
});

describe('humanCount', () => {
  it.each([
    [0, '0 polls'],
    [1, '1 poll'],
    [1204, '1,204 polls'],
  ])('%d is %s', (count, text) => {
    expect(humanCount(count, 'poll')).toBe(text);
  });
});

describe('humanBytes', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [1234, '1.2 kB'],
    [968_032, '968 kB'],
    [15_400_000_000, '15 GB'],
    [4e15, '4000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(humanBytes(bytes)).toBe(text);
  });
});
