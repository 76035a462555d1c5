import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { runCollector, startCollector } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { startHostileServer } from '../testing/hostile-server';
import { startHttpProcess } from '../testing/http-process';
import { startRedisExporter } from '../testing/redis-exporter';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(30_000);

const MAIN = join(__dirname, '../../dist/server/main.js');
const OPEN = 'everybody who can reach this address can read the metrics';

/**
 * The collector with nothing but these arguments and this environment, and without a history in the directory of the
 * tests; `env` gets the address it is to listen on.
 */
const startBare = (
  args: (address: string) => readonly string[],
  env?: (address: string) => Readonly<Record<string, string>>
) =>
  startHttpProcess({
    command: process.execPath,
    args: (address) => [MAIN, '--no-history', ...args(address)],
    ...(env && { env }),
    readyPath: '/ready',
  });

describe('an option that only prints', () => {
  it.concurrent.each([
    ['--version', /^redis-vitals \d+\.\d+\.\d+\S*\n$/],
    ['--help', /^Usage: redis-vitals \[options\] \[redis-url\.\.\.\]\n[^]*--print-config[^]*REDIS_ADDR/],
    ['-h', /^Usage: /],
    ['--check-config', /^The configuration is good: 1 target\(s\)\.\n$/],
    ['--print-config', /^# The target came by URL[^]*\ntargets:\n {2}- name: 127\.0\.0\.1:6379\n/],
  ])('%s prints it and exits with 0', async (option, output) => {
    const run = await runCollector({ args: [option] });
    expect(run).toEqual({ exit: 0, output: expect.stringMatching(output) as string });
  });

  it.concurrent('--print-config prints a configuration that is one, and the same again', async () => {
    const configText = `
listen: 127.0.0.1:9500
scrape: { maxAge: 1500ms, allow: ['cache-*:6379'] }
defaults: { interval: 30s, labels: { team: "a: b" } }
targets: [{ name: one, url: 'valkeys://[::1]:7000' }, { url: 'unix:///run/redis.sock', collectors: { slowlog: false } }]
`;
    const first = await runCollector({ configText, args: ['--print-config', '--timeout', '3s'] });
    expect(first.exit).toBe(0);
    const again = await runCollector({ configText: first.output, args: ['--print-config'] });
    expect(again).toEqual(first);
    expect(first.output).toContain('timeout: 3s');
  });
});

describe('a mistake on the command line or in the file', () => {
  const configText = 'interva: 10s\ntargets:\n  - url: redis://a\n    timeout: 11s\n  - url: redis://a:6379\n';
  const mistakes = [
    'The configuration is refused:',
    '  --intervall: unknown option: did you mean --interval?',
    expect.stringMatching(/^ {2}interva: unknown key: .*config\.yml:1:1\)$/),
    expect.stringMatching(/^ {2}targets\[0\]\.timeout: timeout 11s is longer than interval 10s: .*config\.yml:4:5\)$/),
    expect.stringMatching(/^ {2}targets\[1\]: is called a:6379, as targets\[0\] is: .*config\.yml:5:5\)$/),
    '',
  ];

  it.concurrent.each([['--check-config'], ['--print-config'], ['--interval=10s']])(
    'is listed with %s, exit code 2',
    async (arg) => {
      const { exit, output } = await runCollector({ args: [arg, '--intervall=1s'], configText });
      expect(output.split('\n')).toEqual(mistakes);
      expect(exit).toBe(2);
    }
  );
});

describe('where it listens', () => {
  it.concurrent('says what to do when the port is taken, and exits with 1', async () => {
    const { port } = await startHostileServer('hang');
    const { exit, output } = await runCollector({ args: ['--no-history', '--listen', `127.0.0.1:${port}`] });
    expect(output).toBe(
      `redis-vitals: cannot listen: 127.0.0.1:${port} is in use: stop what listens there, or choose another address with --listen\n`
    );
    expect(exit).toBe(1);
  });

  it.concurrent('refuses to listen beyond this machine without credentials', async () => {
    const { exit, output } = await runCollector({ args: ['--listen', '0.0.0.0:9121'] });
    expect(output).toMatch(/^ {2}--listen: .*web\.basicAuthUsers.*--allow-unauthenticated$/m);
    expect(exit).toBe(2);
  });

  it.concurrent('does it when asked for, and warns', async () => {
    const collector = await startBare((address) => [
      ...['--listen', address.replace('127.0.0.1', '0.0.0.0')],
      ...['--allow-unauthenticated', `127.0.0.1:1`],
    ]);
    await until(() => new RegExp(`"level":"warn".*${OPEN}`).test(collector.output()), 'the warning');
  });

  it.concurrent('does not warn on loopback', async () => {
    const collector = await startCollector({ args: ['127.0.0.1:1'] });
    await until(() => collector.output().includes('target is down'), 'what it logs after the warnings');
    expect(collector.output()).not.toContain(OPEN);
  });
});

describe('the history', () => {
  it.concurrent('is kept where --data says, which is made', async () => {
    const data = join(temporaryDirectory(), 'a/b');
    await startCollector({ args: ['127.0.0.1:1'], data });
    expect(readdirSync(data)).toContain('history.db');
  });

  it.concurrent('is not kept with --no-history', async () => {
    const data = join(temporaryDirectory(), 'data');
    await startCollector({ args: ['127.0.0.1:1', '--no-history'], data });
    expect(existsSync(data)).toBe(false);
  });

  it.concurrent('is refused in a place that is no directory', async () => {
    const { exit, output } = await runCollector({ args: ['--data', MAIN] });
    expect(output).toBe('The configuration is refused:\n  --data: is a file, or within one: name a directory\n');
    expect(exit).toBe(2);
  });
});

describe('the environment of redis_exporter', () => {
  let server: RedisServer;
  let environment: (address: string) => Readonly<Record<string, string>>;
  beforeAll(async () => {
    server = await startRedis({ password: 'p@ss word' });
    environment = (address) => ({
      REDIS_ADDR: `redis://127.0.0.1:${server.port}`,
      REDIS_PASSWORD: 'p@ss word',
      REDIS_EXPORTER_NAMESPACE: 'cache',
      REDIS_EXPORTER_WEB_LISTEN_ADDRESS: address,
    });
  });

  it('is all it takes to stand in its place', async () => {
    const theirs = parseExposition(await (await startRedisExporter([], environment)).text('/metrics'));
    const ours = parseExposition(await (await startBare(() => [], environment)).text('/metrics'));
    for (const page of [theirs, ours]) expect(sampleValue(page, 'cache_up')).toBe(1);
    const missing = [...theirs.keys()].filter((name) => !ours.has(name));
    expect(missing.filter((name) => !name.startsWith('go_'))).toEqual([]);
    const labelled = [...ours.values()].flatMap(({ samples }) => samples).filter(({ labels }) => 'instance' in labels);
    expect(labelled).toEqual([]);
  });

  it('gives way to the command line', async () => {
    const collector = await startCollector({
      args: [`redis://:wrong@127.0.0.1:${server.port}`],
      env: environment('127.0.0.1:1'),
    });
    const page = parseExposition((await collector.get('/metrics')).text);
    expect(sampleValue(page, 'cache_up')).toBe(0);
    expect(sampleValue(page, 'cache_exporter_last_scrape_error', { err: 'auth' })).toBe(1);
  });

  it('allows any address to listen on, and warns', async () => {
    const collector = await startBare(
      () => [],
      (address) => environment(address.replace('127.0.0.1', ''))
    );
    await until(() => collector.output().includes(OPEN), 'the warning');
  });
});
