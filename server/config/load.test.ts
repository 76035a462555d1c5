import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../errors';
import { type Config, isOpenToAnyone } from './config';
import { fileFormat } from './file-format';
import { parseFlags } from './flags';
import { loadConfig } from './load';

type Texts = Readonly<Record<string, string>>;

interface Given {
  readonly argv?: readonly string[];
  readonly env?: Texts;
  /** Text of the configuration file. */
  readonly file?: string;
  /** Texts of other files. */
  readonly files?: Texts;
  /** Codes of the errors of directories. */
  readonly errors?: Texts;
}

const tryDirectoryOf = (errors: Texts) => (path: string) => {
  if (errors[path] !== undefined) throw Object.assign(new Error(), { code: errors[path] });
};

const FILE = '/etc/vitals/vitals.yml';

function load({ argv = [], env = {}, file, files = {}, errors = {} }: Given): Config {
  const texts = new Map(Object.entries({ ...files, ...(file !== undefined && { [FILE]: file }) }));
  return loadConfig({
    fileFormat,
    commandLine: parseFlags(file === undefined ? argv : ['--config', FILE, ...argv]),
    env,
    readFile: (path) => texts.get(path) ?? readFileSync(path, 'utf8'),
    tryDirectory: tryDirectoryOf(errors),
    knownCollectors: ['info', 'slowlog', 'latency'],
    reservedLabels: new Set(['cmd']),
  });
}

function problemsOf(given: Given): string[] {
  try {
    load(given);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const HASH = `$2y$10$${'a'.repeat(53)}`;

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(load({})).toEqual({
      listen: { host: '127.0.0.1', port: 9121 },
      namespace: 'redis',
      singleTarget: true,
      targets: [
        {
          name: '127.0.0.1:6379',
          address: { kind: 'tcp', host: '127.0.0.1', port: 6379 },
          labels: {},
          intervalMs: 10_000,
          timeoutMs: 2_000,
          disabledCollectors: new Set(),
        },
      ],
      scrape: { maxAgeMs: 1_000, allow: [] },
      web: { allowUnauthenticated: false, basicAuthUsers: new Map(), bearerTokens: [] },
      history: {
        enabled: true,
        directory: resolve('data'),
        retentionMs: 15 * 24 * 3_600_000,
        synchronous: 'normal',
      },
      slowlog: { arguments: 'redacted' },
      log: { level: 'info' },
    });
  });

  it.each<[string, Given, Partial<Config>]>([
    ['the file', { file: 'namespace: valkey' }, { namespace: 'valkey' }],
    [
      'the environment before the file',
      { file: 'namespace: valkey', env: { REDIS_EXPORTER_NAMESPACE: 'kv' } },
      { namespace: 'kv' },
    ],
    [
      'an option before environment and file',
      {
        argv: ['--listen', '127.0.0.1:2'],
        env: { REDIS_EXPORTER_WEB_LISTEN_ADDRESS: '127.0.0.1:3' },
        file: 'listen: 127.0.0.1:1',
      },
      { listen: { host: '127.0.0.1', port: 2 } },
    ],
    [
      'an option before the file',
      { argv: ['--log-level', 'debug'], file: 'log: {level: warn}' },
      { log: { level: 'debug' } },
    ],
    ['an empty variable for none', { env: { REDIS_EXPORTER_NAMESPACE: '', REDIS_ADDR: '' } }, { namespace: 'redis' }],
    [
      'patterns with their ports',
      { file: 'scrape: {maxAge: 0s, allow: [cache-*, "10.*:*", "[fe80::*]:6379"]}' },
      { scrape: { maxAgeMs: 0, allow: ['cache-*:6379', '10.*:*', '[fe80::*]:6379'] } },
    ],
  ])('takes %s', (_, given, expected) => {
    expect(load(given)).toMatchObject(expected);
  });

  it.each<[string, Given, string[], boolean]>([
    ['one redis-url', { argv: ['cache'] }, ['cache:6379'], true],
    ['several redis-urls', { argv: ['cache', 'unix:///s', '[::1]'] }, ['cache:6379', 'unix:///s', '[::1]:6379'], false],
    ['REDIS_ADDR', { env: { REDIS_ADDR: 'cache:6380' } }, ['cache:6380'], true],
    ['a redis-url before REDIS_ADDR', { argv: ['a'], env: { REDIS_ADDR: 'b' } }, ['a:6379'], true],
    ['a redis-url beside a file without targets', { argv: ['a'], file: 'namespace: x' }, ['a:6379'], true],
    ['a file without anything', { file: '' }, ['127.0.0.1:6379'], true],
    ['a file with one target', { file: 'targets: [{url: a}]' }, ['a:6379'], false],
    ['a file with names', { file: 'targets: [{url: a, name: x}, {url: b}]' }, ['x', 'b:6379'], false],
  ])('takes targets from %s', (_, given, names, singleTarget) => {
    const config = load(given);
    expect(config.targets.map(({ name }) => name)).toEqual(names);
    expect(config.singleTarget).toBe(singleTarget);
  });

  it('keeps the credentials of the environment from the targets of a file', () => {
    const env = { REDIS_USER: 'user', REDIS_PASSWORD: 'hunter2', REDIS_PASSWORD_FILE: '/missing' };
    const [target] = load({ file: 'targets: [{url: a}]', env }).targets;
    expect(target).not.toHaveProperty('username');
    expect(target).not.toHaveProperty('password');
  });

  it('looks for the files it names from its own directory', () => {
    const file = 'targets: [{url: a, passwordFile: secrets/a}, {url: b, passwordFile: /run/b}]';
    const { targets } = load({ file, files: { '/etc/vitals/secrets/a': 'x', '/run/b': 'y' } });
    expect(targets.map(({ password }) => password)).toEqual([
      { from: 'file', path: '/etc/vitals/secrets/a' },
      { from: 'file', path: '/run/b' },
    ]);
  });

  const twice = 'gives a target, and the file has targets, too: keep one of them';
  it.each<[string, Given, string[]]>([
    [
      'targets from two sides',
      { argv: ['a', 'b'], env: { REDIS_ADDR: 'c' }, file: 'targets: [{url: d}]' },
      [`redis-url 1: ${twice}`, `REDIS_ADDR: ${twice}`],
    ],
    [
      'the same address twice',
      { argv: ['a', 'redis://A:6379/1'] },
      ['redis-url 2: is called a:6379, as redis-url 1 is: targets need names of their own'],
    ],
    [
      'several addresses in REDIS_ADDR',
      { env: { REDIS_ADDR: 'a:6379,b:6379' } },
      ['REDIS_ADDR: names several addresses: give each on its own'],
    ],
    [
      'a missing file, beside all that can be said without it',
      { argv: ['--config', '/missing.yml', '--listen', 'x'], env: { REDIS_EXPORTER_NAMESPACE: '-' } },
      [
        '--listen: has no port: write for example 127.0.0.1:9121',
        'REDIS_EXPORTER_NAMESPACE: cannot begin a metric name: use letters, digits and _, not a digit first',
        '--config: cannot be read: no such file',
      ],
    ],
    [
      'mistakes on all sides at once',
      {
        argv: ['--interval', '10'],
        env: { REDIS_EXPORTER_WEB_LISTEN_ADDRESS: '9121' },
        file: 'namespace: 1\ntargets: []',
      },
      [
        '--interval: is no duration: write numbers with units, for example 500ms, 10s or 1m30s',
        'REDIS_EXPORTER_WEB_LISTEN_ADDRESS: has a bad host: neither a name nor an IP address',
        `namespace: must be text: put it in quotes (${FILE}:1:1)`,
        `targets: lists no target: add one, or remove the key to poll redis://127.0.0.1:6379 (${FILE}:2:1)`,
      ],
    ],
  ])('refuses %s', (_, given, problems) => {
    expect(problemsOf(given)).toEqual(problems);
  });
});

describe('serving beyond this machine', () => {
  const everywhere = { REDIS_EXPORTER_WEB_LISTEN_ADDRESS: ':9121' };
  const users = `web: {basicAuthUsers: {alice: ${HASH}}}`;

  it.each<[string, Given, boolean]>([
    ['loopback', { argv: ['--listen', '127.0.0.2:1'] }, false],
    ['--allow-unauthenticated', { argv: ['--listen', ':1', '--allow-unauthenticated'] }, true],
    ['allowUnauthenticated', { file: 'listen: 0.0.0.0:1\nweb: {allowUnauthenticated: true}' }, true],
    ["redis_exporter's variable", { env: everywhere }, true],
    ['users', { argv: ['--listen', ':1'], file: users }, false],
    ['tokens', { argv: ['--listen', ':1'], file: 'web: {bearerTokens: [{token: abc}]}' }, false],
    ["redis_exporter's variable and users", { env: everywhere, file: users }, false],
  ])('is allowed by %s', (_, given, isOpen) => {
    expect(isOpenToAnyone(load(given))).toBe(isOpen);
  });

  it.each<[string, Given, string]>([
    ['--listen', { argv: ['--listen', '0.0.0.0:1'] }, '--listen'],
    ['--listen, whatever the variable says', { argv: ['--listen', ':1'], env: everywhere }, '--listen'],
    ['the file', { file: 'listen: "[::]:1"' }, 'listen'],
    [
      'an express false',
      { env: everywhere, file: 'web: {allowUnauthenticated: false}' },
      'REDIS_EXPORTER_WEB_LISTEN_ADDRESS',
    ],
  ])('is refused for %s', (_, given, path) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(`^${path}: other machines could read the metrics`)]);
  });
});

describe('the directory of the history', () => {
  const inFile = 'history: {directory: store}';

  it.each<[string, Given, string]>([
    ['is data in the working directory', {}, resolve('data')],
    ['is data in the working directory, wherever the file is', { file: 'history: {retention: 1d}' }, resolve('data')],
    ["starts at the file's directory", { file: inFile }, '/etc/vitals/store'],
    ['may be absolute', { file: 'history: {directory: /srv/store/}' }, '/srv/store'],
    [
      'is that of the command line, relative to the working directory',
      { argv: ['--data', 'other'], file: inFile },
      resolve('other'),
    ],
  ])('%s', (_, given, directory) => {
    expect(load(given).history).toMatchObject({ enabled: true, directory });
  });

  it.each<[string, Given]>([
    ['--no-history', { argv: ['--no-history'] }],
    ['--no-history, whatever the file says', { argv: ['--no-history'], file: 'history: {enabled: true}' }],
    ['the file', { file: 'history: {enabled: false}' }],
    ['the file, also with --data', { argv: ['--data', 'x'], file: 'history: {enabled: false}' }],
  ])('is not used with %s', (_, given) => {
    expect(load(given).history.enabled).toBe(false);
  });

  const errors = { '/store': 'EACCES', '/file/in': 'ENOTDIR', '/disk': 'EROFS', [resolve('data')]: 'EACCES' };
  it.each<[string, Given]>([
    ['by default and forbidden: nobody asked for it', {}],
    ['on a disk that is read-only: it may recover', { argv: ['--data', '/disk'] }],
    ['forbidden, but not used', { argv: ['--data', '/store', '--no-history'] }],
  ])('is accepted %s', (_, given) => {
    expect(problemsOf({ ...given, errors })).toEqual([]);
  });

  it.each<[string, Given, string]>([
    ['--data', { argv: ['--data', '/store'] }, '--data: cannot be written in: permission denied'],
    ['--data', { argv: ['--data', '/file/in'] }, '--data: is a file, or within one: name a directory'],
    ['the file', { file: 'history: {directory: /store}' }, 'history.directory: cannot be written in'],
  ])('is refused for %s', (_, given, problem) => {
    expect(problemsOf({ ...given, errors })).toEqual([expect.stringContaining(problem)]);
  });
});

describe('history.maxSize', () => {
  it.each([
    ['64MB', 64 * 1024 ** 2],
    ['10GB', 10 * 1024 ** 3],
    ['2TiB', 2 * 1024 ** 4],
  ])('%s', (size, bytes) => {
    expect(load({ file: `history: {maxSize: ${size}}` }).history.maxBytes).toBe(bytes);
  });
});
