import { Secret } from '../model/secret';
import type { Target } from '../model/target';
import type { Settings } from './settings';
import { type Common, completeTarget } from './targets';
import { parseTargetUrl } from './target-url';

/** The effective target, and what was reported. */
function complete(url: string, own: Settings = {}, defaults: Settings = {}, flags: Common['flags'] = {}) {
  const parsed = parseTargetUrl(url);
  if ('problem' in parsed) throw new Error(parsed.problem);
  const problems: string[] = [];
  const draft = { path: ['targets', 0], name: 'cache', url: parsed.value, own };
  const target = completeTarget(draft, { flags, defaults }, (path, message) =>
    problems.push(`${path.join('.')}: ${message}`)
  );
  return { target, problems };
}

const value = (text: string) => ({ from: 'value', value: new Secret(text) }) as const;
const file = { from: 'file', path: '/run/password' } as const;
const env = { from: 'env', variable: 'PASSWORD' } as const;

describe('completeTarget', () => {
  it.each<[string, ReturnType<typeof complete>, Partial<Target>]>([
    ['nothing', complete('cache'), { labels: {}, disabledCollectors: new Set(), intervalMs: 10_000, timeoutMs: 2_000 }],
    [
      'interval and timeout of defaults',
      complete('cache', {}, { intervalMs: 20_000, timeoutMs: 5_000 }),
      { intervalMs: 20_000, timeoutMs: 5_000 },
    ],
    [
      'its own before defaults',
      complete('cache', { intervalMs: 30_000 }, { intervalMs: 20_000, timeoutMs: 5_000 }),
      { intervalMs: 30_000, timeoutMs: 5_000 },
    ],
    [
      'options before its own',
      complete('cache', { intervalMs: 30_000, timeoutMs: 1_000 }, {}, { intervalMs: 40_000, timeoutMs: 3_000 }),
      { intervalMs: 40_000, timeoutMs: 3_000 },
    ],
    ['a short interval, which shortens the timeout', complete('cache', { intervalMs: 500 }), { timeoutMs: 500 }],
    [
      'user and password of defaults',
      complete('cache', {}, { username: 'u', password: file }),
      { username: 'u', password: file },
    ],
    [
      'its own password with the user of defaults',
      complete('cache', { password: env }, { username: 'u', password: file }),
      { username: 'u', password: env },
    ],
    [
      'the user of the URL with its own password',
      complete('u:@cache', { password: env }),
      { username: 'u', password: env },
    ],
    [
      'labels of both, its own first',
      complete('cache', { labels: { tier: 'gold', team: 'a' } }, { labels: { team: 'b', zone: 'z' } }),
      { labels: { team: 'a', tier: 'gold', zone: 'z' } },
    ],
    [
      'collectors of both, its own first',
      complete(
        'cache',
        { collectors: { latency: true, slowlog: false } },
        { collectors: { latency: false, info: false } }
      ),
      { disabledCollectors: new Set(['info', 'slowlog']) },
    ],
    ['TLS from the scheme', complete('rediss://cache'), { tls: { insecureSkipVerify: false } }],
    ['TLS from an empty tls', complete('redis://cache', { tls: {} }), { tls: { insecureSkipVerify: false } }],
    [
      'TLS of both, its own first',
      complete(
        'cache',
        { tls: { serverName: 'a' } },
        { tls: { serverName: 'b', caFile: '/ca', insecureSkipVerify: true } }
      ),
      { tls: { serverName: 'a', caFile: '/ca', insecureSkipVerify: true } },
    ],
  ])('takes %s', (_, { target, problems }, expected) => {
    expect(target).toMatchObject(expected);
    expect(problems).toEqual([]);
  });

  it('takes the password of the URL before all others', () => {
    const { target } = complete('cache', { password: value('own') }, { password: file });
    expect(target.password).toEqual(value('own'));
    const { password } = complete(':url@cache', { password: value('own') }).target;
    expect(password?.from === 'value' && password.value.reveal()).toBe('url');
  });

  it.each([
    ['plain text', complete('redis://cache')],
    ['a socket, although defaults have TLS', complete('unix:///run/redis.sock', {}, { tls: { caFile: '/ca' } })],
  ])('has no TLS for %s', (_, { target }) => {
    expect(target).not.toHaveProperty('tls');
  });

  it.each<[string, ReturnType<typeof complete>, string]>([
    [
      'its timeout',
      complete('cache', { timeoutMs: 11_000 }),
      'targets.0.timeout: timeout 11s is longer than interval 10s',
    ],
    [
      'its interval',
      complete('cache', { intervalMs: 1_000 }, { timeoutMs: 3_000 }),
      'targets.0.interval: timeout 3s is longer than interval 1s',
    ],
    [
      'defaults',
      complete('cache', {}, { timeoutMs: 11_000 }),
      'defaults.timeout: timeout 11s is longer than interval 10s',
    ],
    [
      '--timeout',
      complete('cache', { timeoutMs: 1_000 }, {}, { timeoutMs: 11_000 }),
      '--timeout: timeout 11s is longer than interval 10s',
    ],
    [
      'its timeout, under --interval',
      complete('cache', { intervalMs: 5_000, timeoutMs: 4_000 }, {}, { intervalMs: 1_000 }),
      'targets.0.timeout: timeout 4s is longer than interval 1s',
    ],
    [
      'its interval, under --timeout',
      complete('cache', { intervalMs: 1_000, timeoutMs: 500 }, {}, { timeoutMs: 3_000 }),
      'targets.0.interval: timeout 3s is longer than interval 1s',
    ],
  ])('reports a timeout longer than the interval at %s', (_, { problems }, expected) => {
    expect(problems).toEqual([`${expected}: change one of them`]);
  });
});
