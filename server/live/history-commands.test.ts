import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { startRedis } from '../testing/redis-server';
import { findTool } from '../testing/tool';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const MAIN = join(__dirname, '../../dist/server/main.js');

/** Runs the program to its end; beside a collector that goes on. */
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
  });
  return { status, stdout, stderr };
}

/** Runs a line of shell in which $VITALS is the program. */
function shell(line: string) {
  const env = { ...process.env, VITALS: `${process.execPath} ${MAIN}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', line], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('the history of a running collector', () => {
  const data = join(temporaryDirectory(), 'data');
  let collector: CollectorProcess;

  const polls = () => run('export', '--data', data, '--field', 'redis_up').stdout.split('\r\n').length - 2;

  beforeAll(async () => {
    const server = await startRedis();
    await server.command('SET', 'key', 'value');
    collector = await startCollector({ data, args: [server.url, '--interval', '100ms'] });
    await until(() => polls() > 20, 'some polls to be in the history', 30_000);
  });

  it('is exported as CSV', () => {
    const { status, stdout, stderr } = run('export', '--data', data, '--from', 'now-1h');
    expect(stdout).toMatch(/^time,target,metric,labels,value\r\n/);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.:]+,redis_commands_total,"\{""cmd"":""set""\}",1\r$/m);
    expect(stderr).toMatch(/^Exported [\d,]{5,} samples \(.*\)\.\n$/);
    expect(status).toBe(0);
  });

  it('is exported as OpenMetrics, all of which Prometheus takes in', () => {
    const { status, stdout } = run('export', '--data', data, '--format', 'openmetrics');
    expect(status).toBe(0);
    const [file, blocks] = ['export.txt', 'blocks'].map((name) => join(temporaryDirectory(), name)) as [string, string];
    writeFileSync(file, stdout);
    const promtool = (...args: string[]) =>
      spawnSync(findTool('promtool'), ['tsdb', ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 });
    expect(promtool('create-blocks-from', 'openmetrics', file, blocks)).toMatchObject({ status: 0, stderr: '' });
    mkdirSync(join(blocks, 'wal')); // dump asks for one
    const dumped = promtool('dump', blocks).stdout.trim().split('\n');
    const exported = stdout.split('\n').filter((line) => /^[^#]/.test(line));
    expect(dumped.length).toBe(exported.length);
    expect(dumped.length).toBeGreaterThan(20 * 200);
  });

  it('is exported quietly to who reads only its beginning', () => {
    const { status, stdout, stderr } = shell(`$VITALS export --data ${data} | head -n 2`);
    expect(stdout.split('\r\n')).toHaveLength(3);
    expect({ status, stderr: stderr.replace(/^Exported .*\n/, '') }).toEqual({ status: 0, stderr: '' });
  });

  it('is verified, also after the collector was killed', async () => {
    const report = /^\S+\n {2}samples {2}[\d,]+ of \d+ series of 1 target\n[^]*\n {2}No problems\.\n$/;
    expect(run('verify', data)).toEqual({ status: 0, stdout: expect.stringMatching(report) as string, stderr: '' });
    await collector.kill();
    expect(run('verify', data)).toEqual({ status: 0, stdout: expect.stringMatching(report) as string, stderr: '' });
  });
});

describe('a command', () => {
  it.each([
    [['verify'], '  ./data: holds no history'],
    [['verify', '/', '/'], '  argument 2: is one too many'],
    [['export', '--fro', 'now'], '  --fro: unknown option: did you mean --from?'],
    [['--data', '/not/there', 'export'], '  --data: holds no history'],
  ])('%j is refused, exit code 2', (args, problem) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
      encoding: 'utf8',
      cwd: temporaryDirectory(),
    });
    expect(stderr).toMatch(/^The command is refused:\n/);
    expect(stderr).toContain(problem);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it.each([
    ['export', ['--data', 'x']],
    ['verify', ['x']],
  ])('%s that cannot be done is an error, exit code 1', (command, args) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'x'));
    writeFileSync(join(directory, 'x/history.db'), 'something else');
    const { status, stderr } = spawnSync(process.execPath, [MAIN, command, ...args], {
      encoding: 'utf8',
      cwd: directory,
    });
    expect(stderr).toMatch(/^redis-vitals: .*history\.db is not a history of redis-vitals: use another directory\n$/);
    expect(status).toBe(1);
  });
});
