import { evaluate, type Goal } from './measurement';

const rounds = [
  { ours: 1, its: 4 },
  { ours: 3, its: 6 },
  { ours: 2, its: 2 },
];

describe('evaluate', () => {
  it('takes the ratio of each round, not that of the medians', () => {
    expect(evaluate({ name: 'time', unit: 'ms', rounds })).toEqual({
      ours: { median: 2, min: 1, max: 3 },
      its: { median: 4, min: 2, max: 6 },
      ratio: { median: 0.5, min: 0.25, max: 1 },
      isMet: undefined,
      isWorse: false,
    });
  });

  it('gives no ratio to nothing', () => {
    expect(evaluate({ name: 'errors', unit: '', rounds: [{ ours: 1, its: 0 }] }).ratio).toBeUndefined();
  });

  it.each<[Goal, boolean]>([
    [{ of: 'ratio', is: 'at most', value: 0.5 }, true],
    [{ of: 'ratio', is: 'at most', value: 0.49 }, false],
    [{ of: 'ratio', is: 'at least', value: 0.5 }, true],
    [{ of: 'ratio', is: 'at least', value: 0.51 }, false],
    [{ of: 'ours', is: 'at most', value: 3 }, true],
    [{ of: 'ours', is: 'at most', value: 2 }, false],
    [{ of: 'ours', is: 'at least', value: 1 }, true],
    [{ of: 'ours', is: 'at least', value: 2 }, false],
    [{ of: 'ours', is: 'exactly', value: 2 }, false],
  ])('judges %j: %s', (goal, isMet) => {
    expect(evaluate({ name: 'time', unit: 'ms', rounds, goal }).isMet).toBe(isMet);
  });

  it.each([
    ['ms', 2, 1, true],
    ['ms', 1, 2, false],
    ['ms', 1, 1, false],
    ['/s', 2, 1, false],
    ['/s', 1, 2, true],
    ['series', 2, 1, false],
  ] as const)('knows what is better in %s: %d beside %d is worse: %s', (unit, ours, its, isWorse) => {
    expect(evaluate({ name: 'time', unit, rounds: [{ ours, its }] }).isWorse).toBe(isWorse);
  });

  it('judges exactness', () => {
    const goal = { of: 'ours', is: 'exactly', value: 1 } as const;
    const same = [1, 1].map((ours) => ({ ours, its: 7 }));
    expect(evaluate({ name: 'round trips', unit: '', rounds: same, goal }).isMet).toBe(true);
  });

  it('does not take a goal for met that cannot be judged', () => {
    const goal = { of: 'ratio', is: 'at most', value: 1 } as const;
    expect(evaluate({ name: 'time', unit: 'ms', rounds: [{ ours: 0, its: 0 }], goal }).isMet).toBe(false);
  });
});
