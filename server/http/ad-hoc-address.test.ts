import { isAllowed, parseAdHocAddress } from './ad-hoc-address';

describe('parseAdHocAddress', () => {
  it.each([
    ['cache', { host: 'cache', port: 6379, tls: false }],
    ['Cache.Example.com:7000', { host: 'cache.example.com', port: 7000, tls: false }],
    ['10.0.0.5', { host: '10.0.0.5', port: 6379, tls: false }],
    ['[::1]', { host: '::1', port: 6379, tls: false }],
    ['[FE80::1]:1', { host: 'fe80::1', port: 1, tls: false }],
    ['redis://cache/', { host: 'cache', port: 6379, tls: false }],
    ['rediss://cache:65535', { host: 'cache', port: 65535, tls: true }],
    ['VALKEY://cache', { host: 'cache', port: 6379, tls: false }],
    ['valkeys://cache', { host: 'cache', port: 6379, tls: true }],
  ])('reads %s', (text, address) => {
    expect(parseAdHocAddress(text)).toEqual(address);
  });

  it.each([
    ['nothing', ''],
    ['credentials', 'redis://user:password@cache'],
    ['a database', 'redis://cache/1'],
    ['options', 'redis://cache?tls=no'],
    ['a socket', 'unix:///run/redis.sock'],
    ['another scheme', 'http://cache'],
    ['port 0', 'cache:0'],
    ['a port beyond all', 'cache:65536'],
    ['IPv6 without brackets', '::1'],
    ['brackets around something else', '[1:2]'],
    ['an IPv4 address in one number', '2130706433'],
    ['an IPv4 address in two parts', '127.1'],
    ['a hexadecimal IPv4 address', '0x7f000001'],
    ['a blank', 'cache :6379'],
    ['a second line', 'cache\nother'],
  ])('does not read %s', (_, text) => {
    expect(parseAdHocAddress(text)).toBeUndefined();
  });
});

describe('isAllowed', () => {
  it.each([
    ['cache:6379', 'cache', true],
    ['cache:6379', 'cache:6380', false],
    ['CACHE:6379', 'cache', true],
    ['cache:*', 'cache:6380', true],
    ['cache:63*', 'cache:6380', true],
    ['cache-*.example.com:6379', 'cache-12.example.com', true],
    ['cache-*.example.com:6379', 'cache-12.example.com.evil.org', false],
    ['cache.example.com:6379', 'cachexexample.com', false],
    ['*:6379', 'anything.at.all', true],
    ['*:6379', '[::1]', true],
    ['*:*', '10.0.0.1:1', true],
    ['[fd00::*]:6379', '[fd00::7]', true],
    ['[fd00::*]:6379', '[fe80::7]', false],
    ['10.0.0.*:6379', '10.0.0.7', true],
    ['10.0.0.*:6379', '10.0.0.example.com', false],
    ['10.0.0.*:6379', '10.0.1.7', false],
    ['a*b*c:6379', 'a-b-b-c', true],
    ['a*b*c:6379', 'abc', true],
    ['a*b*c:6379', 'a-c-b', false],
    ['a*b*b:6379', 'ab', false],
    ['a*a:6379', 'a', false],
    ['**:6379', 'cache', true],
    ['a**b:6379', 'ab', true],
  ])('%s and %s: %s', (pattern, text, allowed) => {
    expect(isAllowed(parseAdHocAddress(text)!, [pattern])).toBe(allowed);
  });

  it('does not try all ways to share a name among stars', () => {
    const address = parseAdHocAddress(`${'.'.repeat(500)}x`)!;
    expect(isAllowed(address, ['*.*.*.*.*.*.*.*.*.*.example.com:6379'])).toBe(false);
  });

  it('takes one matching pattern of several, and allows nothing without patterns', () => {
    const address = parseAdHocAddress('cache')!;
    expect(isAllowed(address, ['other:6379', 'cache:6379'])).toBe(true);
    expect(isAllowed(address, [])).toBe(false);
  });
});
