import { findTags, makeKeys, ownSlots } from './keys';

const NODES = [
  'aa 127.0.0.1:7001@17001 master - 0 1 1 connected 5462-10922',
  'bb 127.0.0.1:7000@17000 myself,master - 0 0 2 connected 0-5460 10999 [11000->-cc]',
  '',
].join('\n');

describe('makeKeys', () => {
  it('asks for the first keys most often', () => {
    const keys = makeKeys([], () => 0.5);
    expect(keys.of('session', 1600)).toBe('session:100');
    expect(keys.some('session', 1600, 2)).toEqual(['session:100', 'session:100']);
    expect(keys.the('jobs')).toBe('jobs');
    expect(keys.all('page', 3)).toEqual([['page:0', 'page:1', 'page:2']]);
  });

  it('puts a tag of the node into each key of a cluster, and shares the keys out among them', () => {
    const keys = makeKeys(['{a}', '{b}'], () => 0.5);
    expect(keys.of('session', 1600)).toBe('session:{b}:50');
    expect(keys.the('jobs')).toBe('jobs:{a}');
    expect(keys.all('page', 3)).toEqual([
      ['page:{a}:0', 'page:{a}:1'],
      ['page:{b}:0', 'page:{b}:1'],
    ]);
  });
});

describe('ownSlots', () => {
  it.each([
    [0, true],
    [5460, true],
    [5461, false],
    [6000, false],
    [10_999, true],
    [11_000, false],
  ])('knows of slot %d: %p', (slot, isOurs) => {
    expect(ownSlots(NODES)(slot)).toBe(isOurs);
  });
});

describe('findTags', () => {
  it('takes tags of slots that the node has', async () => {
    const ask = (...args: readonly string[]) =>
      Promise.resolve(args[1] === 'NODES' ? NODES : parseInt(args[2]!.slice(1), 36) * 1000);
    expect(await findTags(ask)).toEqual(['{0}', '{1}', '{2}', '{3}', '{4}', '{5}']);
  });
});
