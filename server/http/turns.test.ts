import { Turns } from './turns';

/** A piece of work that ends when it is told to. */
function makeWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let isRunning = false;
  const run = () => {
    isRunning = true;
    return promise;
  };
  return { run, resolve, reject, isRunning: () => isRunning };
}

describe('Turns', () => {
  it('runs so many at once, and the others in the order they came', async () => {
    const turns = new Turns(2);
    const works = [makeWork(), makeWork(), makeWork(), makeWork()] as const;
    const results = works.map((work) => turns.take(work.run));
    const running = () => works.map((work) => work.isRunning());
    expect(running()).toEqual([true, true, false, false]);
    works[1].resolve('b');
    expect(await results[1]).toBe('b');
    await Promise.resolve();
    expect(running()).toEqual([true, true, true, false]);
    works[0].resolve('a');
    works[2].resolve('c');
    works[3].resolve('d');
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on behind work that fails', async () => {
    const turns = new Turns(1);
    const works = [makeWork(), makeWork()] as const;
    const results = works.map((work) => turns.take(work.run));
    works[0].reject(new Error('failed'));
    await expect(results[0]).rejects.toThrow('failed');
    works[1].resolve('done');
    expect(await results[1]).toBe('done');
    expect(await turns.take(() => Promise.resolve('free again'))).toBe('free again');
  });
});
