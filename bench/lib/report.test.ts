import type { Measurement } from './measurement';
import { renderReport, type Report } from './report';

const EMPTY: Report = {
  title: 'Benchmarks',
  intro: '\nThis beside that.\n',
  method: ['Taken in turn.\n'],
  date: '2026-01-02',
  setup: [['Redis', '7.0']],
  otherShares: [0.012, 0.5, 0],
  sections: [],
  command: 'npm run bench -- --only this',
};

/** The cells of the heading and of the only row of the only table of measurements. */
function renderTable(measurement: Measurement, rivals: readonly string[]): string[][] {
  const sections = [{ title: 'Title', text: '\nText.\n', rivals, measurements: [measurement] }];
  const text = renderReport({ ...EMPTY, sections });
  const [, header = '', row = ''] = /^## Title\n\nText\.\n\n\| (.*) \|\n\|[-:|]+\|\n\| (.*) \|\n$/m.exec(text) ?? [];
  return [header, row].map((line) => line.split(' | '));
}

describe('renderReport', () => {
  it('says how it was measured', () => {
    const text = renderReport(EMPTY);
    expect(text).toContain('# Benchmarks\n\nWritten by `npm run bench`; do not edit. This beside that.\n');
    expect(text).toContain("- Taken in turn.\n- Other processes had 1.2 % of the machine's CPU time during the rounds");
    expect(text).toContain('(median; at most 50.0 %)');
    expect(text).toContain('| date | 2026-01-02 |\n| Redis | 7.0 |\n');
    expect(text).toContain('`npm run bench -- --only this`');
  });

  const rounds = [
    { ours: 1.23456, its: 10 },
    { ours: 2, its: 10 },
    { ours: 30_000, its: 10 },
  ];

  it.each<[string, Measurement, string[]]>([
    [
      'a ratio that is no goal',
      { name: 'time', unit: 'ms', rounds },
      ['time', '2 ms', '10 ms', '0.2 ×', '0.123–3000', '', ''],
    ],
    [
      'a goal that is met',
      { name: 'time', unit: 'ms', rounds, goals: [{ of: 'ratio', is: 'at most', value: 0.2 }] },
      ['time', '2 ms', '10 ms', '0.2 ×', '0.123–3000', '≤ 0.2 ×', 'met'],
    ],
    [
      'a goal that is missed, and where more is better',
      { name: 'speed', unit: '/s', rounds, goals: [{ of: 'ratio', is: 'at least', value: 3 }] },
      ['speed', '2/s', '10/s', '0.2 ×', '0.123–3000', '≥ 3 ×', '**missed**, that is better'],
    ],
    [
      'a goal of ours alone, judged by all rounds',
      {
        name: 'memory',
        unit: 'MB',
        rounds: [{ ours: 85, its: 17 }],
        goals: [{ of: 'ours', is: 'at most', value: 90 }],
      },
      ['memory', '85 MB', '17 MB', '5 ×', '', '≤ 90 MB', 'met, that is better'],
    ],
    [
      'two goals',
      {
        name: 'size',
        unit: 'B',
        rounds: [{ ours: 0.9, its: 2 }],
        goals: [
          { of: 'ours', is: 'at most', value: 1 },
          { of: 'ratio', is: 'at most', value: 0.5 },
        ],
      },
      ['size', '0.9 B', '2 B', '0.45 ×', '', '≤ 1 B, ≤ 0.5 ×', 'met'],
    ],
    [
      'nothing to divide by',
      { name: 'age', unit: 's', rounds: [0.5, 1].map((ours) => ({ ours, its: 0 })) },
      ['age', '0.75 (0.5–1) s', '0 s', '', '', '', 'that is better'],
    ],
    [
      'a count without a unit',
      { name: 'commands', unit: '', rounds: [{ ours: 4, its: 6 }], goals: [{ of: 'ours', is: 'exactly', value: 4 }] },
      ['commands', '4', '6', '0.667 ×', '', '= 4', 'met'],
    ],
  ])('shows %s', (_, measurement, cells) => {
    expect(renderTable(measurement, ['that'])).toEqual([
      ['', 'Redis Vitals', 'that', 'ratio', 'spread', 'goal', ''],
      cells,
    ]);
  });

  it.each<[string, Measurement['rounds'], string[]]>([
    [
      'that was measured',
      [{ ours: 1, its: 2, other: 0.5 }],
      ['1 ms', '2 ms', '0.5 ms', '0.5 ×', '', '', 'third is better'],
    ],
    ['that is not installed', [{ ours: 1, its: 2 }], ['1 ms', '2 ms', 'not installed', '0.5 ×', '', '', '']],
  ])('shows a second rival %s', (_, ofAll, cells) => {
    const [header, row] = renderTable({ name: 'time', unit: 'ms', rounds: ofAll }, ['that', 'third']);
    expect(header?.slice(1, 4)).toEqual(['Redis Vitals', 'that', 'third']);
    expect(row).toEqual(['time', ...cells]);
  });

  it('has no columns of rivals where there are none', () => {
    const goals = [{ of: 'ours', is: 'at most', value: 10 }] as const;
    expect(renderTable({ name: 'CPU', unit: '%', rounds: [{ ours: 12 }], goals }, [])).toEqual([
      ['', 'Redis Vitals', 'goal', ''],
      ['CPU', '12 %', '≤ 10 %', '**missed**'],
    ]);
  });
});

describe('renderReport of a curve', () => {
  it('shows its picture and a row for each point, where a value may be missing', () => {
    const curve = {
      by: 'targets',
      picture: 'scaling-targets',
      drawn: [0],
      columns: [
        { name: 'CPU', unit: 'ms' },
        { name: 'late', unit: 'ms' },
      ],
      points: [
        { at: 1, values: [1.2345, undefined] },
        { at: 10, values: [20, 3] },
      ],
    } as const;
    const text = renderReport({
      ...EMPTY,
      sections: [{ title: 'Targets', text: 'Text.', rivals: [], measurements: [], curve }],
    });
    expect(text).toContain(
      'Text.\n\n![Targets](img/scaling-targets.svg)\n\n| targets | CPU | late |\n|--:|--:|--:|\n| 1 | 1.23 ms |  |\n| 10 | 20 ms | 3 ms |\n'
    );
  });
});
