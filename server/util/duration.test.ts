import { formatDuration, parseDuration } from './duration';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['0ms', 0],
    ['1ms', 1],
    ['500ms', 500],
    ['10s', 10_000],
    ['1m', 60_000],
    ['1m30s', 90_000],
    ['1m500ms', 60_500],
    ['2h45m', 9_900_000],
    ['36h', 129_600_000],
    ['15d', 1_296_000_000],
    ['2w', 1_209_600_000],
    ['1y', 31_536_000_000],
    ['1y2w3d4h5m6s7ms', 33_019_506_007],
    ['007s', 7_000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '0',
    '10',
    '10 s',
    ' 10s',
    '10s ',
    '10S',
    '1.5s',
    '-1s',
    '+1s',
    '1e3s',
    's',
    '10sec',
    '30s1m',
    '1s1s',
    '5us',
  ])('does not read %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('does not read more than can be counted exactly', () => {
    expect(parseDuration('285616y')).toBe(285_616 * 31_536_000_000);
    expect(parseDuration('285617y')).toBeUndefined();
    expect(parseDuration(`${'9'.repeat(400)}s`)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [1_500, '1s500ms'],
    [10_000, '10s'],
    [90_000, '1m30s'],
    [129_600_000, '36h'],
    [1_296_000_000, '15d'],
    [1_209_600_000, '2w'],
    [31_536_000_000, '1y'],
    [31_536_000_001, '8760h1ms'],
  ])('writes %d ms as %s, which reads back the same', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
    expect(parseDuration(text)).toBe(ms);
  });
});
