import { loadHelpText, parseLoadOptions } from './load-options';

describe('parseLoadOptions', () => {
  it.each([
    [
      ['--redis', 'redis://a,b:7000'],
      ['a:6379', 'b:7000'],
    ],
    [
      ['--redis', 'a', '--redis', 'rediss://user:secret@b'],
      ['a:6379', 'b:6379'],
    ],
    [['--sentinel', 's:26379,t'], ['mymaster']],
    [
      ['--redis', 'a', '--sentinel', 's', '--master', 'cache'],
      ['a:6379', 'cache'],
    ],
  ])('finds the places of %j', (argv, names) => {
    expect(parseLoadOptions(argv).places.map(({ name }) => name)).toEqual(names);
  });

  it('gives user, password and TLS to the server alone', () => {
    const [place] = parseLoadOptions(['--redis', 'rediss://user:s%40cret@b']).places;
    expect(place).toMatchObject({ name: 'b:6379', options: { username: 'user', password: 's@cret', tls: {} } });
  });

  it('gives all sentinels', () => {
    const [place] = parseLoadOptions(['--sentinel', 's:26380,t']).places;
    const sentinels = [
      { host: 's', port: 26_380 },
      { host: 't', port: 26_379 },
    ];
    expect(place).toMatchObject({ hasReplicas: true, options: { sentinels, name: 'mymaster' } });
  });

  it.each([
    [[], '--redis: is missing: give it, or --sentinel, or both'],
    [['--redis', 'a,http://b'], '--redis: number 2 has an unknown scheme: use redis, rediss, valkey, valkeys, unix'],
    [['--sentinel', ':26379'], '--sentinel: has no host: write sentinel-1:26379'],
    [['--redis', 'a', '--master', 'm'], '--master: means nothing without --sentinel: give it, too'],
    [['--redis', 'a', 'b'], 'argument 1: is no option: write --redis in front of a URL'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseLoadOptions(argv)).toThrow(expect.objectContaining({ name: 'ConfigError', message }) as Error);
  });

  it('never repeats a URL, which may hold a secret', () => {
    expect(() => parseLoadOptions(['--redis', 'redis://:secret@a:port'])).toThrow(/^(?!.*secret)/s);
  });

  it('helps', () => {
    expect(parseLoadOptions(['--help']).help).toBe(true);
    expect(loadHelpText()).toContain('--sentinel HOST:PORT');
  });
});
