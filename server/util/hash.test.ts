import { hashFraction } from './hash';

describe('hashFraction', () => {
  it.each([
    ['', 0.6689221884589642],
    ['127.0.0.1:6379', 0.37802028306759894],
    ['cäche', 0.2801425252109766],
  ])('is the same for %j on every machine', (text, fraction) => {
    expect(hashFraction(text)).toBe(fraction);
  });

  it('spreads names that differ by a digit', () => {
    const tenths = new Map<number, number>();
    for (let port = 0; port < 1000; port++) {
      const tenth = Math.floor(hashFraction(`cache-${port}`) * 10);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    expect([...tenths.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const count of tenths.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
  });
});
