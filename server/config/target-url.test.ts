import type { Address } from '../model/target';
import { parseTargetUrl } from './target-url';

const tcp = (host: string, port = 6379): Address => ({ kind: 'tcp', host, port });
const unix = (path: string): Address => ({ kind: 'unix', path });

/** What a URL was read as, with the password in the open so that it can be compared. */
function read(text: string): unknown {
  const parsed = parseTargetUrl(text);
  if ('problem' in parsed) return parsed;
  const { password, ...rest } = parsed.value;
  return password === undefined ? rest : { ...rest, password: password.reveal() };
}

describe('parseTargetUrl', () => {
  it.each<[string, Address, boolean]>([
    ['redis://cache', tcp('cache'), false],
    ['redis://cache:6380', tcp('cache', 6380), false],
    ['redis://cache:1', tcp('cache', 1), false],
    ['redis://cache:65535', tcp('cache', 65_535), false],
    ['redis://cache/', tcp('cache'), false],
    ['redis://cache/0', tcp('cache'), false],
    ['redis://cache:6380/15', tcp('cache', 6380), false],
    ['redis://127.0.0.1:6379', tcp('127.0.0.1'), false],
    ['redis://my_cache-1.example.com.', tcp('my_cache-1.example.com.'), false],
    ['redis://1cache.example', tcp('1cache.example'), false],
    ['REDIS://Cache.Example.COM', tcp('cache.example.com'), false],
    ['rediss://cache', tcp('cache'), true],
    ['valkey://cache', tcp('cache'), false],
    ['valkeys://cache:6380', tcp('cache', 6380), true],
    ['redis://[::1]', tcp('::1'), false],
    ['redis://[::1]:6380/2', tcp('::1', 6380), false],
    ['rediss://[FE80::1]:6380', tcp('fe80::1', 6380), true],
    ['redis://[::ffff:10.0.0.1]', tcp('::ffff:10.0.0.1'), false],
    ['cache', tcp('cache'), false],
    ['cache:6380', tcp('cache', 6380), false],
    ['cache:6380/1', tcp('cache', 6380), false],
    ['[::1]', tcp('::1'), false],
    ['[::1]:6380', tcp('::1', 6380), false],
    ['unix:///run/redis.sock', unix('/run/redis.sock'), false],
    ['unix:///run/a?b#c%20d', unix('/run/a?b#c%20d'), false],
    ['redis://@cache', tcp('cache'), false],
    ['redis://:@cache', tcp('cache'), false],
  ])('reads %s', (text, address, tls) => {
    expect(read(text)).toEqual({ address, tls });
  });

  it.each<[string, { username?: string; password?: string }]>([
    ['redis://user:pass@cache', { username: 'user', password: 'pass' }],
    ['redis://:pass@cache', { password: 'pass' }],
    ['redis://pass@cache', { password: 'pass' }],
    ['redis://user:@cache', { username: 'user' }],
    ['redis://user:pa:ss@cache', { username: 'user', password: 'pa:ss' }],
    ['redis://user:p@ss@cache', { username: 'user', password: 'p@ss' }],
    ['redis://us%65r:p%40%2F%3A%25%20@cache', { username: 'user', password: 'p@/:% ' }],
    ['redis://:a+b,c@cache', { password: 'a+b,c' }],
    ['redis://:p%C3%A4ss@cache', { password: 'päss' }],
    ['redis://:päss@cache', { password: 'päss' }],
    ['user:pass@cache', { username: 'user', password: 'pass' }],
  ])('reads the credentials of %s', (text, credentials) => {
    expect(read(text)).toEqual({ address: tcp('cache'), tls: false, ...credentials });
  });

  it('reads the credentials for a socket', () => {
    expect(read('unix://user:pass@/run/redis.sock')).toEqual({
      address: unix('/run/redis.sock'),
      tls: false,
      username: 'user',
      password: 'pass',
    });
  });

  it.each([
    ['', 'is empty: write for example redis://127.0.0.1:6379'],
    [' redis://cache', 'holds white space or control characters: write them percent-encoded'],
    ['redis://:hun ter2@cache', 'holds white space or control characters: write them percent-encoded'],
    ['redis://cache\n', 'holds white space or control characters: write them percent-encoded'],
    ['redis://cache\u0000', 'holds white space or control characters: write them percent-encoded'],
    ['/run/redis.sock', 'looks like a path: write unix:///path for a socket'],
    ['http://cache', 'has an unknown scheme: use redis, rediss, valkey, valkeys, unix'],
    ['redis+tls://cache', 'has an unknown scheme: use redis, rediss, valkey, valkeys, unix'],
    ['redis://', 'has no host: write for example redis://127.0.0.1:6379'],
    ['redis://:6379', 'has no host: write for example redis://127.0.0.1:6379'],
    ['redis://:hunter2@', 'has no host: write for example redis://127.0.0.1:6379'],
    ['redis:/cache', 'has a bad port: it is a number up to 65535'],
    ['redis:cache', 'has a bad port: it is a number up to 65535'],
    ['redis://cache:', 'has a bad port: it is a number up to 65535'],
    ['redis://cache:0', 'has a bad port: it is a number from 1 to 65535'],
    ['redis://cache:65536', 'has a bad port: it is a number up to 65535'],
    ['redis://cache:hunter2', 'has a bad port: it is a number up to 65535'],
    ['redis://cache:+1', 'has a bad port: it is a number up to 65535'],
    ['redis://hunter2!', 'has a bad host: neither a name nor an IP address'],
    ['redis://-cache', 'has a bad host: neither a name nor an IP address'],
    ['redis://300.1.1.1', 'has a bad host: neither a name nor an IP address'],
    ['6379', 'has a bad host: neither a name nor an IP address'],
    ['::1', 'needs brackets around an IPv6 address, as in [::1]:6379'],
    ['redis://fe80::1:6379', 'needs brackets around an IPv6 address, as in [::1]:6379'],
    ['redis://[cache]', 'has no IPv6 address between its brackets'],
    ['redis://[::1', 'has a misplaced bracket: only an IPv6 address stands in brackets'],
    ['redis://[::1]6379', 'has a misplaced bracket: only an IPv6 address stands in brackets'],
    ['cache-1:6379,cache-2:6379', 'names several addresses: give each on its own'],
    ['redis://cache-1,redis://cache-2', 'names several addresses: give each on its own'],
    ['redis://cache/first', 'has more behind the host than a database number: remove it'],
    ['redis://cache/0/1', 'has more behind the host than a database number: remove it'],
    ['redis://cache?password=hunter2', 'has more behind the host than a database number: remove it'],
    ['redis://cache#hunter2', 'has more behind the host than a database number: remove it'],
    ['redis://:hunter2/x@cache', 'has a / ? or # in its user or password: write them as %2F %3F %23'],
    ['redis://:hunter2?x@cache', 'has a / ? or # in its user or password: write them as %2F %3F %23'],
    ['redis://user:123#hunter2@cache', 'has a / ? or # in its user or password: write them as %2F %3F %23'],
    ['redis://:hunter2%@cache', 'has a stray % in its user or password: write it as %25'],
    ['redis://:hunter2%zz@cache', 'has a stray % in its user or password: write it as %25'],
    ['redis://%ff:hunter2@cache', 'has a stray % in its user or password: write it as %25'],
    ['unix://', 'needs the absolute path of a socket: unix:///path'],
    ['unix:///', 'needs the absolute path of a socket: unix:///path'],
    ['unix://run/redis.sock', 'needs the absolute path of a socket: unix:///path'],
    ['unix://:hunter2/x@/run/redis.sock', 'needs the absolute path of a socket: unix:///path'],
  ])('refuses %j without repeating it', (text, problem) => {
    expect(read(text)).toEqual({ problem });
    expect(problem).not.toContain('hunter2');
  });
});
