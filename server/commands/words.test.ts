import { count, countOf, sizeText } from './words';

describe('count and countOf', () => {
  it.each([
    [0, '0', '0 samples'],
    [1, '1', '1 sample'],
    [1234567.9, '1,234,567', '1,234,567 samples'],
  ])('%d', (amount, alone, withNoun) => {
    expect([count(amount), countOf(amount, 'sample')]).toEqual([alone, withNoun]);
  });
});

describe('sizeText', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1,023 bytes'],
    [1024, '1.0 kB'],
    [12.34 * 1024 ** 2, '12.3 MB'],
    [512 * 1024 ** 3, '512 GB'],
    [3000 * 1024 ** 4, '3,000 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
