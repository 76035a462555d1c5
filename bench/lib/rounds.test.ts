import { alternate } from './rounds';

describe('alternate', () => {
  it('takes turns and leaves the first round out', async () => {
    const calls: string[] = [];
    const call = (name: string) => () => Promise.resolve(calls.push(name));
    const rounds = await alternate({ ours: call('A'), its: call('B') }, 3);
    expect(calls.join('')).toBe('ABABAB');
    expect(rounds).toEqual([
      { ours: 3, its: 4 },
      { ours: 5, its: 6 },
    ]);
  });
});
