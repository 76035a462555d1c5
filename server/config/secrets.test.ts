import { inspect } from 'node:util';
import { ConfigError } from '../errors';
import { type Config } from './config';
import { fileFormat } from './file-format';
import { parseFlags } from './flags';
import { loadConfig } from './load';
import { printConfig } from './print';

const HASH = `$2y$10$${'canary'.padEnd(53, '.')}`;
const EVERYWHERE = `
listen: 0.0.0.0:9121
web:
  basicAuthUsers: {alice: ${HASH}}
  bearerTokens: [{token: canary-token}, {tokenFile: /run/token}, {tokenEnv: TOKEN}]
defaults:
  password: canary-default
targets:
  - url: redis://user:canary-url@a
  - url: redis://canary-alone@b
  - {url: redis://c, password: canary-value}
  - {url: redis://d, passwordFile: /run/password}
  - {url: redis://e, passwordEnv: PASSWORD}
  - url: redis://f
  - url: unix://user:%63anary-socket@/run/redis.sock
`;
const FILES: Readonly<Record<string, string>> = {
  '/run/token': 'canary-token-file\n',
  '/run/password': 'canary-password-file\n',
  '/run/map': '{"redis://a": "canary-map"}',
  '/run/broken-map': '{"redis://a": canary-map}',
  '/run/lines': 'canary\ncanary\n',
};

interface Given {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Text of the configuration file. */
  readonly file?: string;
}

function load({ argv = [], env = {}, file }: Given): Config {
  return loadConfig({
    fileFormat,
    commandLine: parseFlags(file === undefined ? argv : [...argv, '--config', 'vitals.yml']),
    env: { ...env, TOKEN: 'canary-token-env', PASSWORD: 'canary-password-env' },
    readFile: (path) => {
      const text = path === 'vitals.yml' ? file : FILES[path];
      if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return text;
    },
    tryDirectory: () => undefined,
    knownCollectors: ['slowlog'],
    reservedLabels: new Set(),
  });
}

/** All ways in which somebody may come to look at a value. */
function faces(value: object): string[] {
  return [
    JSON.stringify(value),
    inspect(value, { depth: null, showHidden: true }),
    inspect(value, { customInspect: false, depth: null }),
  ];
}

function refusal(given: Given): ConfigError {
  try {
    load(given);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was not refused');
}

describe('secrets', () => {
  it.each<[string, Given, number]>([
    ['every place of the file', { file: EVERYWHERE }, 9],
    ['the command line', { argv: ['redis://user:canary@a', 'canary@b'] }, 2],
    ['REDIS_ADDR', { env: { REDIS_ADDR: 'redis://:canary@a' } }, 1],
    ['REDIS_PASSWORD', { env: { REDIS_PASSWORD: 'canary' } }, 1],
    ['a password map', { argv: ['a'], env: { REDIS_PASSWORD_FILE: '/run/map' } }, 1],
  ])('of %s are in the configuration, but not to be seen', (_, given, count) => {
    const config = load(given);
    const { basicAuthUsers, bearerTokens } = config.web;
    const passwords = config.targets.flatMap(({ password }) => (password?.from === 'value' ? [password.value] : []));
    const secrets = [...basicAuthUsers.values(), ...bearerTokens, ...passwords].map((secret) => secret.reveal());
    expect(secrets.filter((secret) => secret.includes('canary'))).toHaveLength(count);

    expect([...faces(config), printConfig(config)].join('\n')).not.toContain('canary');
  });

  it('of the command line are not to be seen before it is loaded either', () => {
    expect(faces(parseFlags(['redis://user:canary@a', 'canary@b', 'redis://:canary%@c'])).join('\n')).not.toContain(
      'canary'
    );
  });

  it.each<[string, Given]>([
    ['every place of a file with a mistake', { file: `${EVERYWHERE}\ncolour: blue` }],
    ['every place of a file that is no YAML', { file: `${EVERYWHERE}\n  colour: "blue` }],
    ['a URL with a stray %', { argv: ['redis://user:canary%@a'] }],
    ['a URL with a stray /', { argv: ['redis://user:canary/@a'] }],
    ['a URL with a second port', { argv: ['redis://a:canary'] }],
    ['a URL with a query', { env: { REDIS_ADDR: 'redis://a?password=canary' } }],
    ['a URL in a list', { env: { REDIS_ADDR: 'redis://:canary@a,redis://:canary@b' } }],
    ['an unknown option', { argv: ['--redis.password=canary', '-pcanary'] }],
    [
      'a URL in place of a value',
      { argv: ['--listen', 'redis://:canary@a', '--interval', 'canary', '--log-level=canary'] },
    ],
    ['a URL in place of the file', { argv: ['--config', 'redis://:canary@a'] }],
    ['a password in place of its file', { env: { REDIS_PASSWORD_FILE: 'canary' } }],
    ['a password file with several lines', { env: { REDIS_PASSWORD_FILE: '/run/lines' } }],
    ['a password map that is no JSON', { env: { REDIS_PASSWORD_FILE: '/run/broken-map' } }],
    ['one password for several targets', { argv: ['a', 'b'], env: { REDIS_PASSWORD: 'canary' } }],
    ['a URL in place of a target', { file: 'targets: [redis://:canary@a]' }],
    ['a URL in place of a key', { file: 'targets: [{redis://:canary@a: 1}]' }],
    ['a URL in place of all', { file: 'redis://:canary@a' }],
    ['a bad URL', { file: 'targets: [{url: "redis://:canary#@a"}]' }],
    ['a password in two places', { file: 'targets: [{url: "redis://:canary@a", password: canary}]' }],
    [
      'a password in place of its file or variable',
      { file: 'targets: [{url: a, passwordFile: canary}, {url: b, passwordEnv: canary}]' },
    ],
    ['a plain password in place of a hash', { file: 'web: {basicAuthUsers: {alice: canary}}' }],
    ['a token with a space', { file: 'web: {bearerTokens: [{token: canary bird}]}' }],
    ['a password in place of a certificate', { file: 'web: {tls: {cert: /run/password, key: /run/password}}' }],
    ['a list as a password', { file: 'defaults: {password: [canary]}' }],
    ['an alias as a password', { file: 'defaults: {password: *canary}' }],
    ['a tag as a password', { file: 'defaults: {password: !canary}' }],
    ['a text behind a password', { file: 'defaults: {password: "a" canary}' }],
    ['a colon in a password', { file: 'defaults:\n  password: a: canary' }],
    ['an escape in a password', { file: 'defaults: {password: "\\canary"}' }],
    ['a mapping as a key', { file: '? {password: canary}\n: 1' }],
    ['a directive', { file: '%canary\n---\nnamespace: 1' }],
  ])('of %s are not in the error', (_, given) => {
    const error = refusal(given);
    expect([error.message, error.stack, ...faces(error)].join('\n')).not.toContain('canary');
  });
});
