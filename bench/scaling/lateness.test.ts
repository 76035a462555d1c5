import { lateness } from './lateness';

describe('lateness', () => {
  it.each<[string, readonly (readonly number[])[], number | undefined]>([
    ['nobody polled twice', [[5], [], [7]], undefined],
    ['polls on time', [[0, 10, 20]], 0],
    ['a poll too late and the next on time again', [[0, 13, 20]], 3],
    [
      'servers together',
      [
        [0, 10],
        [3, 15],
      ],
      2,
    ],
  ])('gives, where there are %s', (_what, polls, expected) => {
    expect(lateness(polls, 10)).toBe(expected);
  });

  it('leaves the greatest hundredth out', () => {
    const polls = Array.from({ length: 200 }, (_, at) => [0, at === 0 ? 99 : 10]);
    expect(lateness(polls, 10)).toBe(0);
  });
});
