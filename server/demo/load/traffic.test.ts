import { randomNumbers } from '../../testing/random';
import { makeKeys } from './keys';
import { fillCommands, someCommands } from './traffic';

const random = randomNumbers(7);
const keys = makeKeys([], random);

const names = (count: number, isReadOnly: boolean) =>
  new Set(someCommands(count, isReadOnly, keys, random).map(([name]) => name));

describe('someCommands', () => {
  it('is a mix of all kinds, with mistakes', () => {
    const found = names(20_000, false);
    for (const name of ['GET', 'SET', 'HSET', 'LPUSH', 'ZINCRBY', 'XADD', 'PUBLISH', 'EVALSHA', 'GETT']) {
      expect(found).toContain(name);
    }
  });

  it('only reads where it may not write', () => {
    expect([...names(20_000, true)].sort()).toEqual(
      ['GET', 'HGET', 'HGETALL', 'LRANGE', 'MGET', 'SMEMBERS', 'TTL', 'XREVRANGE', 'ZREVRANGE'].sort()
    );
  });

  it('is nothing when there is nothing to do', () => {
    expect(someCommands(0, false, keys, random)).toEqual([]);
  });
});

describe('fillCommands', () => {
  it('takes few commands', () => {
    const commands = fillCommands(keys, random);
    expect(commands.length).toBeLessThan(200);
    expect(commands.flatMap(([, ...words]) => words.filter((_, at) => at % 2 === 0)).length).toBeGreaterThan(6000);
  });
});
