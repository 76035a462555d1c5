import { formatListen, isLoopback, parseListen } from './listen';

describe('parseListen', () => {
  it.each([
    ['127.0.0.1:9121', '127.0.0.1', 9121],
    ['0.0.0.0:80', '0.0.0.0', 80],
    [':9121', '', 9121],
    ['localhost:0', 'localhost', 0],
    ['Vitals.Example.com:65535', 'vitals.example.com', 65_535],
    ['[::1]:9121', '::1', 9121],
    ['[::]:9121', '::', 9121],
  ])('reads %s and writes it back', (text, host, port) => {
    const parsed = parseListen(text);
    expect(parsed).toEqual({ value: { host, port } });
    expect(formatListen({ host, port })).toBe(text.toLowerCase());
  });

  it.each([
    ['', 'has no port: write for example 127.0.0.1:9121'],
    ['127.0.0.1', 'has no port: write for example 127.0.0.1:9121'],
    ['9121', 'has a bad host: neither a name nor an IP address'],
    ['127.0.0.1:', 'has a bad port: it is a number up to 65535'],
    ['127.0.0.1:http', 'has a bad port: it is a number up to 65535'],
    ['127.0.0.1:65536', 'has a bad port: it is a number up to 65535'],
    ['127.0.0.1:-1', 'has a bad port: it is a number up to 65535'],
    ['::1:9121', 'needs brackets around an IPv6 address, as in [::1]:6379'],
    ['[::1:9121', 'has a misplaced bracket: only an IPv6 address stands in brackets'],
    ['[::1]9121', 'has a misplaced bracket: only an IPv6 address stands in brackets'],
    ['[localhost]:9121', 'has no IPv6 address between its brackets'],
    ['a b:9121', 'has a bad host: neither a name nor an IP address'],
    ['http://localhost:9121', 'is more than a host and a port: leave out scheme and path'],
    ['300.0.0.1:9121', 'has a bad host: neither a name nor an IP address'],
    ['127.0.0.1:9121,[::1]:9121', 'names several addresses: give each on its own'],
  ])('refuses %j', (text, problem) => {
    expect(parseListen(text)).toEqual({ problem });
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost'])('%s is', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['', '0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '::ffff:10.0.0.1', 'localhost.example.com', 'redis'])(
    '%j is not',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    }
  );
});
