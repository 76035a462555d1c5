import { compare, evaluate, type Goal } from './measurement';

const rounds = [
  { ours: 1, its: 4, other: 1 },
  { ours: 3, its: 6, other: 1 },
  { ours: 2, its: 2, other: 4 },
];

describe('evaluate', () => {
  it('takes the ratio of each round, not that of the medians', () => {
    expect(evaluate({ name: 'time', unit: 'ms', rounds })).toEqual({
      ours: { median: 2, min: 1, max: 3 },
      its: { median: 4, min: 2, max: 6 },
      other: { median: 1, min: 1, max: 4 },
      ratio: { median: 0.5, min: 0.25, max: 1 },
      isMet: undefined,
      better: ['other'],
    });
  });

  it('gives no ratio to nothing', () => {
    expect(evaluate({ name: 'errors', unit: '', rounds: [{ ours: 1, its: 0 }] }).ratio).toBeUndefined();
  });

  it('does without rivals', () => {
    expect(evaluate({ name: 'time', unit: 'ms', rounds: [{ ours: 1 }] })).toEqual({
      ours: { median: 1, min: 1, max: 1 },
      its: undefined,
      other: undefined,
      ratio: undefined,
      isMet: undefined,
      better: [],
    });
  });

  it.each<[string, Goal[], boolean]>([
    ['at its limit', [{ of: 'ratio', is: 'at most', value: 0.5 }], true],
    ['beyond it', [{ of: 'ratio', is: 'at most', value: 0.49 }], false],
    ['at its limit', [{ of: 'ratio', is: 'at least', value: 0.5 }], true],
    ['beyond it', [{ of: 'ratio', is: 'at least', value: 0.51 }], false],
    ['met by all rounds', [{ of: 'ours', is: 'at most', value: 3 }], true],
    ['not met by one', [{ of: 'ours', is: 'at most', value: 2 }], false],
    ['met by all rounds', [{ of: 'ours', is: 'at least', value: 1 }], true],
    ['not met by one', [{ of: 'ours', is: 'at least', value: 2 }], false],
    ['met by one only', [{ of: 'ours', is: 'exactly', value: 2 }], false],
    [
      'two',
      [
        { of: 'ours', is: 'at most', value: 3 },
        { of: 'ratio', is: 'at most', value: 0.5 },
      ],
      true,
    ],
    [
      'two, one not met',
      [
        { of: 'ours', is: 'at most', value: 3 },
        { of: 'ratio', is: 'at most', value: 0.4 },
      ],
      false,
    ],
  ])('judges a goal %s: %j is met: %s', (_, goals, isMet) => {
    expect(evaluate({ name: 'time', unit: 'ms', rounds, goals }).isMet).toBe(isMet);
  });

  it.each([
    ['ms', 2, 1, ['its']],
    ['ms', 1, 2, []],
    ['ms', 1, 1, []],
    ['/s', 2, 1, []],
    ['/s', 1, 2, ['its']],
    ['series', 2, 1, []],
  ] as const)('knows what is better in %s: %d beside %d: %j', (unit, ours, its, better) => {
    expect(evaluate({ name: 'time', unit, rounds: [{ ours, its }] }).better).toEqual(better);
  });

  it('judges exactness', () => {
    const goal = { of: 'ours', is: 'exactly', value: 1 } as const;
    const isMet = (...ours: number[]): boolean | undefined =>
      evaluate({ name: 'connections', unit: '', rounds: ours.map((one) => ({ ours: one, its: 6 })), goals: [goal] })
        .isMet;
    expect([isMet(1, 1), isMet(1, 2)]).toEqual([true, false]);
  });
});

describe('compare', () => {
  it('reads one number of each side that was measured', () => {
    const measured = [{ ours: { ms: 1 }, its: { ms: 2 }, other: { ms: 3 } }, { ours: { ms: 4 } }];
    expect(compare('time', 'ms', measured, ({ ms }) => ms)).toEqual({
      name: 'time',
      unit: 'ms',
      rounds: [{ ours: 1, its: 2, other: 3 }, { ours: 4 }],
      goals: [],
    });
  });
});
