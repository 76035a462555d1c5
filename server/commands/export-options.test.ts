import { exportHelp, parseExportOptions } from './export-options';

const NOW = Date.parse('2026-02-01T12:00:00Z');
const NOTHING = {
  help: false,
  fromMs: undefined,
  toMs: undefined,
  format: 'csv',
  targets: [],
  families: [],
  outputFile: undefined,
  dataDirectory: undefined,
  configFile: undefined,
  problems: [],
};
const NO_TIME = 'is no time: write for example now-6h, 2026-01-31T18:00:00Z or Unix milliseconds';

describe('parseExportOptions', () => {
  it.each<[string[], object]>([
    [[], {}],
    [['--from', 'now-6h', '--to=now'], { fromMs: NOW - 6 * 3_600_000, toMs: NOW }],
    [['--from', '2026-01-31T18:00:00Z', '--to', '1769900000000'], { fromMs: 1769882400000, toMs: 1769900000000 }],
    [['--target', 'a', '--target=b', '--field', 'redis_up'], { targets: ['a', 'b'], families: ['redis_up'] }],
    [['--format', 'openmetrics', '--output', 'x.txt'], { format: 'openmetrics', outputFile: 'x.txt' }],
    [['--output', '-'], {}],
    [['--data', 'dir', '--config=a.yml', '-h'], { dataDirectory: 'dir', configFile: 'a.yml', help: true }],
  ])('reads %j', (argv, expected) => {
    expect(parseExportOptions(argv, NOW)).toEqual({ ...NOTHING, ...expected });
  });

  it.each([
    [['--from', 'yesterday'], [`--from: ${NO_TIME}`]],
    [['--to', '10m'], [`--to: ${NO_TIME}`]],
    [['--from', 'now', '--to', 'now-1h'], ['--from: is later than --to: exchange them']],
    [['--format', 'json'], ['--format: must be csv or openmetrics']],
    [['--from'], ['--from: needs a value: --from TIME']],
    [
      ['--metric', 'x'],
      ['--metric: unknown option: see --help', 'argument 1: is no option: see redis-vitals export --help'],
    ],
    [['--fields=x'], ['--fields: unknown option: did you mean --field?']],
    [['--format=csv', '--format=csv'], ['--format: is given twice: keep one of them']],
    [
      ['--from', '-', '--to='],
      ['--to: needs a value: --to TIME', `--from: ${NO_TIME}`],
    ],
  ])('refuses %j', (argv, problems) => {
    const found = parseExportOptions(argv, NOW).problems;
    expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual(problems);
  });
});

describe('exportHelp', () => {
  it('fits a terminal', () => {
    expect(
      exportHelp()
        .split('\n')
        .filter((line) => line.length > 110 || /\s$/.test(line))
    ).toEqual([]);
  });
});
