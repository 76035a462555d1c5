import { parseFlags } from './flags';
import { findCommand } from './command';
import { COMMANDS, helpText, OPTIONS } from './options';
import { VARIABLES } from './environment';

const problemsOf = (argv: string[]) => parseFlags(argv).problems.map(({ path, message }) => `${path}: ${message}`);

describe('parseFlags', () => {
  it('reads nothing', () => {
    expect(parseFlags([])).toEqual({
      action: 'run',
      noHistory: false,
      allowUnauthenticated: false,
      urls: [],
      problems: [],
    });
  });

  it('reads every option and several URLs', () => {
    const argv = [
      'cache',
      '--config',
      'a.yml',
      '--listen=:80',
      '--interval',
      '1m',
      '--timeout',
      '5s',
      '--log-level',
      'warn',
      '--data=/srv/store',
      '--no-history',
    ];
    const { urls, ...rest } = parseFlags([...argv, '--allow-unauthenticated', 'rediss://queue:1']);
    expect(rest).toEqual({
      action: 'run',
      configFile: 'a.yml',
      listen: { host: '', port: 80 },
      intervalMs: 60_000,
      timeoutMs: 5_000,
      dataDirectory: '/srv/store',
      noHistory: true,
      logLevel: 'warn',
      allowUnauthenticated: true,
      problems: [],
    });
    expect(urls).toEqual([
      { address: { kind: 'tcp', host: 'cache', port: 6379 }, tls: false },
      { address: { kind: 'tcp', host: 'queue', port: 1 }, tls: true },
    ]);
  });

  it.each([
    [['--help'], 'help'],
    [['-h'], 'help'],
    [['--version'], 'version'],
    [['--check-config'], 'check-config'],
    [['--print-config'], 'print-config'],
    [['--print-config', '--check-config'], 'check-config'],
    [['--version', '--nonsense', '-h'], 'help'],
    [['cache'], 'run'],
  ])('is asked by %j to %s', (argv, action) => {
    expect(parseFlags(argv).action).toBe(action);
  });

  it('takes what follows -- for URLs', () => {
    expect(problemsOf(['--', '--listen'])).toEqual(['redis-url 1: has a bad host: neither a name nor an IP address']);
  });

  it.each([
    [
      ['--lisen', ':80'],
      [
        '--lisen: unknown option: did you mean --listen?',
        'redis-url 1: has no host: write for example redis://127.0.0.1:6379',
      ],
    ],
    [['--redis.password=hunter2'], ['--redis.password: unknown option: see --help']],
    [['-c', 'a.yml'], ['-c: unknown option: see --help']],
    [['-phunter2'], ['-p: unknown option: see --help']],
    [['--listen'], ['--listen: needs a value: --listen HOST:PORT']],
    [['--listen='], ['--listen: needs a value: --listen HOST:PORT']],
    [['--listen', '--check-config'], ['--listen: needs a value: --listen HOST:PORT']],
    [['--config', '--interval', '10s'], ['--config: needs a value: --config FILE']],
    [['--data', '--no-history'], ['--data: needs a value: --data DIR']],
    [['--no-history=yes'], ['--no-history: takes no value']],
    [['--check-config=yes'], ['--check-config: takes no value']],
    [['--config', 'a.yml', '--config', 'b.yml'], ['--config: is given twice: keep one of them']],
    [['--interval', '10'], ['--interval: is no duration: write numbers with units, for example 500ms, 10s or 1m30s']],
    [['--interval=0s'], ['--interval: is too short: it must be 100ms or more']],
    [
      ['--timeout', 'redis://:hunter2@cache'],
      ['--timeout: is no duration: write numbers with units, for example 500ms, 10s or 1m30s'],
    ],
    [['--log-level', 'all'], ['--log-level: must be one of fatal, error, warn, info, debug, trace, silent']],
    [['--listen', 'localhost'], ['--listen: has no port: write for example 127.0.0.1:9121']],
    [
      ['cache', 'redis://:hunter2@a b', '--timeout=1ms'],
      [
        '--timeout: is too short: it must be 10ms or more',
        'redis-url 2: holds white space or control characters: write them percent-encoded',
      ],
    ],
  ])('refuses %j', (argv, problems) => {
    expect(problemsOf(argv)).toEqual(problems);
  });
});

describe('helpText', () => {
  it.each([...OPTIONS.map(({ name }) => `--${name}`), ...VARIABLES.map(({ name }) => name)])('names %s', (name) => {
    expect(helpText()).toMatch(new RegExp(`^ +(?:-\\w, )?${name}(?: [A-Z:]+)? {2,}\\S`, 'm'));
  });

  it.each(COMMANDS.map(({ name }) => name))('names the command %s', (name) => {
    expect(helpText()).toMatch(new RegExp(`^  ${name} .*  \\S`, 'm'));
  });

  it('is laid out in columns and fits a terminal', () => {
    const lines = helpText().split('\n');
    expect(lines.filter((line) => line.length > 110 || /\s$/.test(line))).toEqual([]);
  });
});

describe('findCommand', () => {
  it.each<[readonly string[], string, readonly string[]]>([
    [['verify'], 'verify', []],
    [['verify', '/srv/data'], 'verify', ['/srv/data']],
    [['export', '--from', 'now-1h', 'export'], 'export', ['--from', 'now-1h', 'export']],
    [['--config', 'a.yml', 'export', '--data=x'], 'export', ['--config', 'a.yml', '--data=x']],
    [['--config', 'verify', 'export'], 'export', ['--config', 'verify']],
  ])('finds in %j %s with %j', (argv, name, rest) => {
    expect(findCommand(argv)).toEqual({ name, argv: rest });
  });

  it.each([
    [[]],
    [['verify:6379']],
    [['redis://export']],
    [['cache', 'verify']],
    [['--', 'verify']],
    [['--listen', 'verify']],
    [['Verify']],
  ])('finds none in %j', (argv) => {
    expect(findCommand(argv)).toBeUndefined();
  });
});
