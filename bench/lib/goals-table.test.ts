import { readDocument, renderSummary } from './goals-table';
import { renderReport } from './report';

const DOCUMENT = renderReport({
  title: 'Benchmarks',
  intro: 'This beside that.',
  method: ['Taken in turn.'],
  date: '2026-01-02',
  setup: [['Redis', '7.0']],
  otherShares: [0.012],
  command: 'npm run bench -- --only this',
  sections: [
    {
      title: 'A fresh scrape: 1 × 2',
      text: 'Text.',
      rivals: ['that'],
      measurements: [
        {
          name: 'time',
          unit: 'ms',
          rounds: [{ ours: 2, its: 10 }],
          goals: [{ of: 'ratio', is: 'at most', value: 0.1 }],
        },
        { name: 'no goal', unit: 'ms', rounds: [{ ours: 2, its: 10 }] },
        {
          name: 'size',
          unit: 'B',
          rounds: [{ ours: 0.5, its: 2 }],
          goals: [
            { of: 'ours', is: 'at most', value: 1 },
            { of: 'ratio', is: 'at most', value: 0.5 },
          ],
        },
      ],
    },
    {
      title: 'Ours alone',
      text: 'Text.',
      rivals: [],
      measurements: [
        { name: 'memory', unit: 'MB', rounds: [{ ours: 300 }], goals: [{ of: 'ours', is: 'at most', value: 85 }] },
      ],
    },
  ],
});

describe('readDocument', () => {
  it('finds date, load and the goals of all tables', () => {
    const section = 'A fresh scrape: 1 × 2';
    expect(readDocument('this.md', 'This', DOCUMENT)).toEqual({
      title: 'This',
      file: 'this.md',
      date: '2026-01-02',
      load: '1.2 %',
      goals: [
        { section, name: 'time', result: '0.2 × that', goal: '≤ 0.1 ×', isMet: false },
        { section, name: 'size', result: '0.5 B, 0.25 × that', goal: '≤ 1 B, ≤ 0.5 ×', isMet: true },
        { section: 'Ours alone', name: 'memory', result: '300 MB', goal: '≤ 85 MB', isMet: false },
      ],
    });
  });

  it('knows nothing of a part that was not measured', () => {
    expect(readDocument('this.md', 'This', undefined)).toEqual({ title: 'This', file: 'this.md', goals: [] });
  });
});

describe('renderSummary', () => {
  const summary = renderSummary([
    readDocument('this.md', 'This', DOCUMENT),
    readDocument('that.md', 'That', undefined),
  ]);

  it.each([
    '1 of 3 goals met.',
    '| [This](this.md) | 2026-01-02 | 1.2 % | 3 |',
    '| That | not yet |  | 0 |',
    '| [A fresh scrape: 1 × 2](this.md#a-fresh-scrape-1--2): time | 0.2 × that | ≤ 0.1 × | **missed** |',
    '| [Ours alone](this.md#ours-alone): memory | 300 MB | ≤ 85 MB | **missed** |',
  ])('says: %s', (line) => {
    expect(summary).toContain(line);
  });
});
