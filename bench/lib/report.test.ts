import type { Measurement } from './measurement';
import { renderReport } from './report';

/** The cells of the only row of the only table of measurements. */
function renderRow(measurement: Measurement): string[] {
  const sections = [{ title: 'Title', text: '\nText.\n', measurements: [measurement] }];
  const setup = [['Redis', '7.0']] as const;
  const text = renderReport({ date: '2026-01-02', setup, otherShares: [0.1, 0], rounds: 5, seconds: 4, sections });
  const [, row = ''] = /^## Title\n\nText\.\n\n\|.*\n\|.*\n\| (.*) \|\n$/m.exec(text) ?? [];
  return row.split(' | ');
}

describe('renderReport', () => {
  it('says how it was measured', () => {
    const text = renderReport({
      date: '2026-01-02',
      setup: [['Redis', '7.0']],
      otherShares: [0.012, 0.5, 0],
      rounds: 5,
      seconds: 4,
      sections: [],
    });
    expect(text).toContain('| date | 2026-01-02 |\n| Redis | 7.0 |\n');
    expect(text).toContain("1.2 % of the machine's CPU time during the rounds (median; at most 50.0 %)");
    expect(text).toContain('5 rounds of 4 s');
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
      { name: 'time', unit: 'ms', rounds, goal: { of: 'ratio', is: 'at most', value: 0.2 } },
      ['time', '2 ms', '10 ms', '0.2 ×', '0.123–3000', '≤ 0.2 ×', 'met'],
    ],
    [
      'a goal that is missed, and where more is better',
      { name: 'speed', unit: '/s', rounds, goal: { of: 'ratio', is: 'at least', value: 3 } },
      ['speed', '2/s', '10/s', '0.2 ×', '0.123–3000', '≥ 3 ×', '**missed**, redis_exporter is better'],
    ],
    [
      'a goal of ours alone, judged by all rounds',
      { name: 'memory', unit: 'MB', rounds: [{ ours: 85, its: 17 }], goal: { of: 'ours', is: 'at most', value: 90 } },
      ['memory', '85 MB', '17 MB', '5 ×', '', '≤ 90 MB', 'met, redis_exporter is better'],
    ],
    [
      'nothing to divide by',
      { name: 'age', unit: 's', rounds: [0.5, 1].map((ours) => ({ ours, its: 0 })) },
      ['age', '0.75 (0.5–1) s', '0 s', '', '', '', 'redis_exporter is better'],
    ],
    [
      'a count without a unit',
      { name: 'commands', unit: '', rounds: [{ ours: 4, its: 6 }], goal: { of: 'ours', is: 'exactly', value: 4 } },
      ['commands', '4', '6', '0.667 ×', '', '= 4', 'met'],
    ],
  ])('shows %s', (_, measurement, cells) => {
    expect(renderRow(measurement)).toEqual(cells);
  });
});
