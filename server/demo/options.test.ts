import { helpText, parseOptions } from './options';

describe('parseOptions', () => {
  it('has a default for all', () => {
    expect(parseOptions([])).toEqual({
      help: false,
      listen: { host: '127.0.0.1', port: 9121 },
      hours: 6,
      failoverEveryMs: 180_000,
      redisServer: undefined,
    });
  });

  it('takes what is given', () => {
    const program = process.execPath;
    const argv = ['--listen', ':0', '--hours=0.5', '--failover-every', '0s', '--redis-server', program];
    expect(parseOptions(argv)).toEqual({
      help: false,
      listen: { host: '', port: 0 },
      hours: 0.5,
      failoverEveryMs: 0,
      redisServer: program,
    });
  });

  it.each([
    [['--listen', '9121'], '--listen: "9121" has a bad host: neither a name nor an IP address'],
    [['--listen', 'localhost'], '--listen: "localhost" has no port: write for example 127.0.0.1:9121'],
    [['--hours', 'six'], '--hours: "six" is no number of hours: write for example 6'],
    [['--hours', '49'], '--hours: "49" is too much: it must be 48 or less'],
    [['--hours='], '--hours: needs a value: --hours N'],
    [
      ['--failover-every', '3'],
      '--failover-every: "3" is no duration: write numbers with units, for example 500ms, 10s or 1m30s',
    ],
    [['--failover-every', '10s'], '--failover-every: "10s" is too short: it must be 15s or more, or 0s for never'],
    [['--failover-every', '2d'], '--failover-every: "2d" is too long: it must be 1d or less'],
    [
      ['--redis-server', '/nowhere/redis-server'],
      '--redis-server: "/nowhere/redis-server" is no program that can be run: give the path of redis-server or valkey-server',
    ],
    [['--redis-server', '/'], '--redis-server: "/" is a directory: name the program in it'],
    [['--hour=1'], '--hour: unknown option: did you mean --hours?'],
    [['redis://a'], '"redis://a": is no option: the demo brings its own servers, see --help'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(expect.objectContaining({ name: 'ConfigError', message }) as Error);
  });

  it('lists all that is wrong at once', () => {
    expect(() => parseOptions(['--hours', 'x', '--failover-every', 'y'])).toThrow(/^--hours.*\n--failover-every/);
  });

  it('helps whatever else there is', () => {
    expect(parseOptions(['--help', '--hours', 'x']).help).toBe(true);
    for (const name of ['listen', 'hours', 'failover-every', 'redis-server']) expect(helpText()).toContain(`--${name}`);
  });
});
