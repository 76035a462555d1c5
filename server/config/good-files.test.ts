import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates } from '../testing/certificates';
import type { Config } from './config';
import { fileFormat } from './file-format';
import { parseFlags } from './flags';
import { loadConfig } from './load';
import { printConfig } from './print';

const textOf = (name: string) => readFileSync(join(__dirname, 'testdata/good', name), 'utf8');

/** The files that full.yml names. */
const FILES = new Map([
  ['/run/secrets/redis-password', 'hunter2\n'],
  ['/run/secrets/scrape-token', 'abc.def\n'],
]);

beforeAll(() => {
  const { caFile, certFile, keyFile } = makeCertificates();
  for (const [path, source] of [
    ['ca.crt', caFile],
    ['clients.crt', caFile],
    ['server.crt', certFile],
    ['server.key', keyFile],
    ['client.crt', certFile],
    ['client.key', keyFile],
  ] as const) {
    FILES.set(`/etc/vitals/tls/${path}`, readFileSync(source, 'utf8'));
  }
});

function load(text: string): Config {
  return loadConfig({
    fileFormat,
    commandLine: parseFlags(['--config', '/etc/vitals/vitals.yml']),
    env: { GRAFANA_TOKEN: 'ghi', ORDERS_PASSWORD: 'x' },
    readFile: (path) => (path.endsWith('vitals.yml') ? text : (FILES.get(path) ?? readFileSync(path, 'utf8'))),
    tryDirectory: () => undefined,
    knownCollectors: ['info', 'slowlog', 'latency'],
    reservedLabels: new Set(['cmd']),
  });
}

/** The configuration with all secrets in the open, so that it can be compared. */
function revealed(config: Config): unknown {
  const { basicAuthUsers, bearerTokens } = config.web;
  return {
    ...config,
    web: {
      ...config.web,
      basicAuthUsers: [...basicAuthUsers].map(([user, hash]) => [user, hash.reveal()]),
      bearerTokens: bearerTokens.map((token) => token.reveal()),
    },
    targets: config.targets.map(({ password, ...target }) => ({
      ...target,
      password: password?.from === 'value' ? password.value.reveal() : password,
    })),
  };
}

const tls = (name: string) => `/etc/vitals/tls/${name}`;
const common = {
  username: 'vitals',
  password: { from: 'file', path: '/run/secrets/redis-password' },
  labels: { team: 'platform' },
  intervalMs: 10_000,
  timeoutMs: 2_000,
  disabledCollectors: new Set(['latency']),
};

describe('a good file', () => {
  it('may be empty', () => {
    expect(load(textOf('empty.yml'))).toMatchObject({ singleTarget: true, targets: [{ name: '127.0.0.1:6379' }] });
  });

  it('may use anchors', () => {
    const labels = { team: 'platform', zone: 'a' };
    expect(load(textOf('anchors.yml')).targets).toMatchObject([{ labels }, { labels }]);
  });

  it('may poll a server twice, under two names', () => {
    expect(load(textOf('same-address.yml')).targets).toMatchObject([{ name: 'cache' }, { name: 'cache as reader' }]);
  });

  it('may say everything', () => {
    expect(revealed(load(textOf('full.yml')))).toEqual({
      listen: { host: '0.0.0.0', port: 9121 },
      namespace: 'redis',
      singleTarget: false,
      history: {
        enabled: true,
        directory: '/var/lib/redis-vitals',
        retentionMs: 30 * 24 * 3_600_000,
        maxBytes: 10 * 1024 ** 3,
        synchronous: 'normal',
      },
      slowlog: { arguments: 'redacted' },
      log: { level: 'info' },
      scrape: { maxAgeMs: 1_000, allow: ['cache-*.example.com:6379', '10.0.3.*:*'] },
      web: {
        allowUnauthenticated: false,
        basicAuthUsers: [['prometheus', '$2y$10$qXgBUQbJkk07c2bzH82OGuoj05cfVf1CvxevZTcOtQKVDEXhDi/h6']],
        bearerTokens: ['abc.def', 'ghi'],
        tls: { certFile: tls('server.crt'), keyFile: tls('server.key'), clientCaFile: tls('clients.crt') },
      },
      targets: [
        {
          ...common,
          name: 'cache-1.example.com:6379',
          address: { kind: 'tcp', host: 'cache-1.example.com', port: 6379 },
        },
        {
          ...common,
          name: 'orders',
          address: { kind: 'tcp', host: 'orders.example.com', port: 6380 },
          password: { from: 'env', variable: 'ORDERS_PASSWORD' },
          tls: {
            caFile: tls('ca.crt'),
            certFile: tls('client.crt'),
            keyFile: tls('client.key'),
            serverName: 'redis.internal',
            insecureSkipVerify: false,
          },
          labels: { team: 'orders', tier: 'gold' },
          intervalMs: 1_000,
          timeoutMs: 500,
          disabledCollectors: new Set(['slowlog']),
        },
        {
          ...common,
          name: 'sessions',
          address: { kind: 'tcp', host: '2001:db8::7', port: 6379 },
          username: 'reader',
          password: 'p@ss',
        },
        { ...common, name: 'local', address: { kind: 'unix', path: '/run/redis/redis.sock' } },
      ],
    });
  });

  it('that says everything is the example of the documentation', () => {
    const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
    expect(page).toContain(`\`\`\`yaml\n${textOf('full.yml')}\`\`\``);
  });
});

describe('printConfig', () => {
  it('writes everything but secrets', () => {
    expect(printConfig(load(textOf('full.yml')))).toBe(textOf('../full-printed.yml'));
  });

  it('says that a single target gets an instance label in a file', () => {
    expect(printConfig(load(''))).toMatch(/^# The target came by URL, environment or default\./);
  });

  it.each(['full.yml', 'empty.yml', 'anchors.yml', 'same-address.yml'])(
    'of %s gives a file that means the same',
    (name) => {
      const config = load(textOf(name));
      const secrets = ['$2y$10$qXgBUQbJkk07c2bzH82OGuoj05cfVf1CvxevZTcOtQKVDEXhDi/h6', 'abc.def', 'ghi', 'p@ss'];
      const printed = printConfig(config).replaceAll('<secret>', () => secrets.shift() ?? 'one secret too many');
      expect(revealed(load(printed))).toEqual(revealed({ ...config, singleTarget: false }));
    }
  );
});
