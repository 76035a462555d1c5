import type { Context } from './context';
import { readEnvironment } from './environment';
import { environmentCredentials } from './environment-credentials';
import { parseTargetUrl } from './target-url';

const MAP = JSON.stringify({
  'redis://cache:6379': 'of nobody',
  'redis://exporter@cache': 'of exporter',
  'rediss://cache': 'over TLS',
  'queue:6380': 'of queue',
  'unix:///run/redis.sock': 'of socket',
  'redis://empty': '',
});
const FILES: Readonly<Record<string, string>> = {
  '/map': MAP,
  '/plain': 'one line\n',
  '/lines': 'one\ntwo\n',
  '/empty': '',
  '/no-json': '{"redis://cache": hunter2}',
  '/no-text': '{"redis://cache": 12}',
  '/no-address': '{"redis://cache": "a", "redis://:hunter2/@cache": "b"}',
};

/** `user:password` or `user:from file` for each URL, and what was reported. */
function credentials(env: Readonly<Record<string, string>>, urls: readonly string[]) {
  const problems: string[] = [];
  const context: Context = {
    env,
    configFile: '',
    tryDirectory: () => undefined,
    knownCollectors: [],
    reservedLabels: new Set(),
    report: (path, message) => problems.push(`${path.join('.')}: ${message}`),
    readFile: (path) => {
      const text = FILES[path];
      if (text === undefined) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
      return text;
    },
  };
  const credentialsOf = environmentCredentials(readEnvironment(env), urls.length > 1, context);
  const found = urls.map((text) => {
    const url = parseTargetUrl(text);
    if ('problem' in url) throw new Error(url.problem);
    const { username = '', password } = credentialsOf(url.value);
    return `${username}:${password?.from === 'value' ? password.value.reveal() : (password?.from ?? '')}`;
  });
  return { found, problems };
}

describe('environmentCredentials', () => {
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['nothing', {}, 'cache', ':'],
    ['user and password', { REDIS_USER: 'u', REDIS_PASSWORD: 'p' }, 'cache', 'u:p'],
    ['a password alone', { REDIS_PASSWORD: 'p' }, 'cache', ':p'],
    ['a file that is the password', { REDIS_PASSWORD_FILE: '/plain' }, 'cache', ':file'],
    ['the password before the file', { REDIS_PASSWORD: 'p', REDIS_PASSWORD_FILE: '/missing' }, 'cache', ':p'],
    ['the entry of the address', { REDIS_PASSWORD_FILE: '/map' }, 'redis://cache', ':of nobody'],
    ['the entry written without a scheme', { REDIS_PASSWORD_FILE: '/map' }, 'valkey://queue:6380/1', ':of queue'],
    ['the entry of a socket', { REDIS_PASSWORD_FILE: '/map' }, 'unix:///run/redis.sock', ':of socket'],
    ['the entry for TLS', { REDIS_PASSWORD_FILE: '/map' }, 'valkeys://cache', ':over TLS'],
    [
      'the entry of REDIS_USER',
      { REDIS_USER: 'exporter', REDIS_PASSWORD_FILE: '/map' },
      'cache',
      'exporter:of exporter',
    ],
    ['the entry of the user in the URL', { REDIS_PASSWORD_FILE: '/map' }, 'exporter:@cache', ':of exporter'],
    ['no entry of another user', { REDIS_USER: 'other', REDIS_PASSWORD_FILE: '/map' }, 'cache', 'other:'],
    ['no entry of another port', { REDIS_PASSWORD_FILE: '/map' }, 'cache:6380', ':'],
    ['no entry of another host', { REDIS_PASSWORD_FILE: '/map' }, 'cache2', ':'],
    ['no TLS entry for plain text', { REDIS_PASSWORD_FILE: '/map' }, 'redis://empty', ':'],
  ])('gives %s', (_, env, url, expected) => {
    expect(credentials(env, [url])).toEqual({ found: [expected], problems: [] });
  });

  it('gives each of several targets its own entry', () => {
    expect(credentials({ REDIS_PASSWORD_FILE: '/map' }, ['cache', 'queue:6380', 'other'])).toEqual({
      found: [':of nobody', ':of queue', ':'],
      problems: [],
    });
  });

  const forOne = 'is for one target, but there are several: put user and password into each redis-url';
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['REDIS_USER', { REDIS_USER: 'u' }, [`REDIS_USER: ${forOne}`]],
    [
      'user and password',
      { REDIS_USER: 'u', REDIS_PASSWORD: 'hunter2' },
      [`REDIS_USER: ${forOne}`, `REDIS_PASSWORD: ${forOne}`],
    ],
    ['one password in a file', { REDIS_PASSWORD_FILE: '/plain' }, [`REDIS_PASSWORD_FILE: ${forOne}`]],
  ])('refuses %s for several targets', (_, env, problems) => {
    expect(credentials(env, ['cache', 'queue']).problems).toEqual(problems);
  });

  it.each([
    ['/missing', 'cannot be read: no such file'],
    ['/empty', 'is an empty file: it must hold the secret'],
    ['/lines', 'has several lines: it must hold the secret and nothing else'],
    ['/no-json', 'is no JSON map of addresses to passwords, both in double quotes'],
    ['/no-text', 'is no JSON map of addresses to passwords, both in double quotes'],
    ['/no-address', 'has an entry without a good address: write addresses like redis://cache:6379'],
  ])('refuses the file %s', (path, problem) => {
    const env = { REDIS_PASSWORD_FILE: path };
    expect(credentials(env, ['cache']).problems).toEqual([`REDIS_PASSWORD_FILE: ${problem}`]);
  });
});
