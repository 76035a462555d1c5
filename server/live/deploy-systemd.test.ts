import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startProcess } from '../testing/child-process';
import { temporaryDirectory } from '../testing/cleanup';
import { readStages } from '../testing/compose';
import { environmentOf } from '../testing/dockerfile';
import { projectText, ROOT } from '../testing/project-files';
import { until } from '../testing/wait';

const UNIT = 'deploy/systemd/redis-vitals.service';

/** Values by `Section.Key`; a key that is given several times has several. */
function parseUnit(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  let section = '';
  for (const line of text.split('\n').filter((one) => !/^\s*([#;]|$)/.test(one))) {
    const header = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (header !== undefined) section = header;
    else if (key === undefined || value === undefined) throw new Error(`neither section nor setting: ${line}`);
    else values.set(`${section}.${key}`, [...(values.get(`${section}.${key}`) ?? []), value]);
  }
  return values;
}

const unit = parseUnit(projectText(UNIT));
const value = (key: string) => unit.get(`Service.${key}`)?.join(' ');
const root = temporaryDirectory();

/** The unit's command line with its specifiers and paths replaced by those of this machine. */
function commandLine(configuration: string): readonly string[] {
  const file = join(root, 'etc/redis-vitals/vitals.yml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, configuration);
  return value('ExecStart')!
    .split(' ')
    .map((word) =>
      word
        .replace(/^\/usr\/bin\/node$/, process.execPath)
        .replace(/^\/opt\/redis-vitals\//, `${ROOT}/`)
        .replace(/^%E\//, join(root, 'etc/'))
        .replace(/^%S\//, join(root, 'state/'))
    );
}

function start(configuration: string, ...more: string[]) {
  const [command = '', ...args] = commandLine(configuration);
  return startProcess(command, [...args, ...more]);
}

/** The example, with the credential where the test can put it. */
const credential = join(root, 'redis-password');
const example = projectText('deploy/systemd/vitals.yml').replace(
  '/run/credentials/redis-vitals.service/redis-password',
  credential
);

jest.setTimeout(30_000);

describe('the unit', () => {
  it('is one that systemd has no complaint about, where there is one to ask', () => {
    expect(parseUnit(projectText(UNIT)).size).toBeGreaterThan(30);
    const file = join(temporaryDirectory(), 'redis-vitals.service');
    writeFileSync(file, projectText(UNIT).replace('/usr/bin/node', process.execPath));
    const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    const isLacking = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
    expect(isLacking || [status, stderr]).toEqual(isLacking || [0, '']);
  });

  it('sets for malloc what the image sets', () => {
    const ofImage = Object.entries(environmentOf(readStages().get('collector')!)).map(([name, to]) => `${name}=${to}`);
    const ofUnit = value('Environment')!.split(' ');
    expect(ofUnit.filter((pair) => pair.startsWith('MALLOC_'))).toHaveLength(2);
    expect(ofImage).toEqual(expect.arrayContaining(ofUnit));
  });

  it('starts the collector as `npm start` does', () => {
    const { scripts } = JSON.parse(projectText('package.json')) as { scripts: Record<string, string> };
    const line = value('ExecStart')!.replace('/usr/bin/', '').replace('/opt/redis-vitals/', '');
    expect(line.startsWith(`${scripts['start']} `)).toBe(true);
  });

  it.each([
    ['DynamicUser', 'yes'],
    ['ProtectSystem', 'strict'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['StateDirectory', 'redis-vitals'],
    ['ConfigurationDirectory', 'redis-vitals'],
    ['Restart', 'on-failure'],
    ['ExecReload', '/bin/kill -HUP $MAINPID'],
  ])('says %s=%s', (key, expected) => {
    expect(value(key)).toBe(expected);
  });

  it('is not started again by a bad configuration', async () => {
    const bad = start('targets: 5\n');
    expect(`${await bad.exit}`).toBe(value('RestartPreventExitStatus'));
    expect(bad.output()).toContain('targets');
  });
});

describe('the example configuration', () => {
  it('is good with the credential that the unit loads, and refused without', async () => {
    const without = start(example, '--check-config');
    expect([await without.exit, without.output()]).toEqual([2, expect.stringContaining('passwordFile')]);
    writeFileSync(credential, 'secret\n');
    const good = start(example, '--check-config');
    expect([await good.exit, good.output()]).toEqual([0, expect.stringContaining('1 target(s)')]);
    expect(value('LoadCredential')).toMatch(/^redis-password:/);
  });

  it('starts, reloads on the signal of ExecReload and stops', async () => {
    writeFileSync(credential, 'secret\n');
    const running = start(`${example}\n`, '--listen', '127.0.0.1:0');
    await until(() => running.output().includes('Redis Vitals is at'), 'the collector to listen');
    running.signal('SIGHUP');
    await until(() => running.output().includes('the configuration was reloaded'), 'it to reload');
    running.signal('SIGTERM');
    expect([await running.exit, running.output()]).toEqual([0, expect.not.stringContaining('secret')]);
  });
});
