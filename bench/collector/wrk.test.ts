import { parseWrk } from './wrk';

function output(p99: string, errors = ''): string {
  return `Running 4s test @ http://127.0.0.1:9121/metrics
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     5.77ms    3.21ms  99.00ms   71.43%
    Req/Sec     1.39k   123.99     1.62k    67.50%
  Latency Distribution
     50%    5.02ms
     75%    7.01ms
     90%    9.99ms
     99%${p99}
  5541 requests in 4.00s, 120.55MB read
${errors}Requests/sec:   1384.61
Transfer/sec:     30.12MB
`;
}

describe('parseWrk', () => {
  it.each([
    ['   16.02ms', 16.02],
    ['  850.00us', 0.85],
    ['    1.50s', 1500],
    ['    2.00m', 120_000],
  ])('reads requests, rate and the percentile%s', (text, p99Ms) => {
    expect(parseWrk(output(text))).toEqual({ requests: 5541, perSecond: 1384.61, p50Ms: 5.02, p99Ms });
  });

  it.each([
    ['  Socket errors: connect 0, read 3, write 0, timeout 1\n', 'wrk: Socket errors: connect 0, read 3'],
    ['  Non-2xx or 3xx responses: 7\n', 'wrk: Non-2xx or 3xx responses: 7'],
  ])('refuses a run with failures: %s', (errors, message) => {
    expect(() => parseWrk(output('   1.00ms', errors))).toThrow(message);
  });

  it('refuses what it cannot read', () => {
    expect(() => parseWrk('unable to connect')).toThrow('wrk: an output that cannot be read\nunable to connect');
  });
});
