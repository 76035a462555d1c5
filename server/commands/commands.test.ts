import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { ConfigError } from '../errors';
import { openDiskStore, STORE_FILE } from '../history/disk-store';
import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import { temporaryDirectory } from '../testing/cleanup';
import { run as runExport } from './export';
import { run as runVerify } from './verify';

const POLLS = 1000;
const INTERVAL_MS = 10_000;
const START_MS = Date.parse('2026-01-31T18:00:00Z');

const used: FamilyDescriptor = {
  name: 'redis_memory_used_bytes',
  type: 'gauge',
  unit: 'bytes',
  help: 'Memory.',
  labelNames: [],
  source: { command: 'INFO' },
};
const commands: FamilyDescriptor = { ...used, name: 'redis_commands_total', type: 'counter', labelNames: ['cmd'] };

/** A directory with two targets of three series each. */
function makeStore(): string {
  const directory = temporaryDirectory();
  const store = openDiskStore({
    directory,
    retentionMs: Number.MAX_SAFE_INTEGER,
    synchronous: 'normal',
    now: () => START_MS + POLLS * INTERVAL_MS,
  });
  const recorder = new SampleRecorder();
  for (let poll = 0; poll < POLLS; poll++) {
    for (const [at, target] of ['a', '=b'].entries()) {
      recorder.add(used, poll * 1024 + at);
      recorder.add(commands, poll, ['get']);
      recorder.add(commands, poll / 8, ['set']);
      store.append(target, START_MS + poll * INTERVAL_MS, recorder.finish());
    }
    if (poll % 10 === 0) store.flush();
  }
  store.flush();
  store.close();
  return directory;
}

interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function outcomeOf(run: typeof runExport, argv: readonly string[]): Promise<Outcome> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    streams[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  }
  const exit = await run(argv, streams);
  return { exit, ...texts };
}

async function problemsOf(run: typeof runExport, argv: readonly string[]): Promise<string[]> {
  const error: unknown = await outcomeOf(run, argv).catch((error: unknown) => error);
  if (!(error instanceof ConfigError)) throw new Error('it was not refused', { cause: error });
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

const NO_HISTORY = 'holds no history: name its directory, or with --config the file that says where history is kept';
let directory: string;

beforeAll(() => {
  directory = makeStore();
});

describe('redis-vitals export', () => {
  it('writes every sample as it was', async () => {
    const { exit, stdout, stderr } = await outcomeOf(runExport, ['--data', directory]);
    expect(exit).toBe(0);
    const [head, ...lines] = stdout.trimEnd().split('\r\n');
    expect(head).toBe('time,target,metric,labels,value');
    expect(lines).toHaveLength(2 * 3 * POLLS);
    const time = (poll: number) => new Date(START_MS + poll * INTERVAL_MS).toISOString();
    const polls = Array.from({ length: POLLS }, (_, poll) => poll);
    const ofA = (text: string) => lines.filter((line) => line.includes(text));
    expect(ofA(',a,redis_memory')).toEqual(polls.map((i) => `${time(i)},a,redis_memory_used_bytes,{},${i * 1024}`));
    expect(ofA(',\'=b,redis_commands_total,"{""cmd"":""set')).toEqual(
      polls.map((i) => `${time(i)},'=b,redis_commands_total,"{""cmd"":""set""}",${i / 8}`)
    );
    expect(stderr).toMatch(/^Exported 6,000 samples \(\d+ kB\)\.\n$/);
  });

  it('writes a part of it to a file', async () => {
    const file = join(temporaryDirectory(), 'part.txt');
    const selection = ['--from', '2026-01-31T18:10:00Z', '--to', '2026-01-31T18:10:10Z', '--target', 'a'];
    const argv = [
      '--data',
      directory,
      '--format=openmetrics',
      '--output',
      file,
      ...selection,
      '--field',
      commands.name,
    ];
    expect(await outcomeOf(runExport, argv)).toMatchObject({ exit: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe(
      [
        '# HELP redis_commands Memory.',
        '# TYPE redis_commands counter',
        'redis_commands_total{cmd="get",instance="a"} 60 1769883000.000',
        'redis_commands_total{cmd="get",instance="a"} 61 1769883010.000',
        'redis_commands_total{cmd="set",instance="a"} 7.5 1769883000.000',
        'redis_commands_total{cmd="set",instance="a"} 7.625 1769883010.000',
        '# EOF\n',
      ].join('\n')
    );
  });

  it('finds the history by the configuration file, and changes nothing', async () => {
    const config = join(temporaryDirectory(), 'vitals.yml');
    writeFileSync(config, `history: {directory: ${directory}}\ndefaults: {passwordFile: /not/there}\n`);
    const before = readdirSync(directory).sort();
    const { stdout } = await outcomeOf(runExport, ['--config', config, '--from', 'now']);
    expect(stdout).toBe('time,target,metric,labels,value\r\n');
    expect(readdirSync(directory).sort()).toEqual(before);
  });

  it('reads what another process is still writing', async () => {
    const busy = temporaryDirectory();
    const writer = openDiskStore({
      directory: busy,
      retentionMs: Number.MAX_SAFE_INTEGER,
      synchronous: 'normal',
      now: () => START_MS,
    });
    const recorder = new SampleRecorder();
    recorder.add(used, 5);
    writer.append('a', START_MS, recorder.finish());
    writer.flush();
    const { stdout } = await outcomeOf(runExport, ['--data', busy]);
    writer.close();
    expect(stdout).toContain('2026-01-31T18:00:00.000Z,a,redis_memory_used_bytes,{},5');
  });

  it.each<[string, () => string[], string[]]>([
    ['a directory without a history', () => ['--data', temporaryDirectory()], [`--data: ${NO_HISTORY}`]],
    ['no directory', () => ['--data', '/not/there'], [`--data: ${NO_HISTORY}`]],
    [
      'unknown names, each of them',
      () => ['--data', directory, '--target', 'A', '--target=cache', '--field', 'redis_comands_total'],
      [
        '--target: there is no history of "A": there is a, =b',
        '--target: there is no history of "cache": there is a, =b',
        '--field: there is no history of "redis_comands_total": did you mean redis_commands_total?',
      ],
    ],
    [
      'mistakes of options and file at once',
      () => ['--config', '/not/there.yml', '--from', 'soon', '--format', 'xml'],
      [
        '--from: is no time: write for example now-6h, 2026-01-31T18:00:00Z or Unix milliseconds',
        '--format: must be csv or openmetrics',
        '--config: cannot be read: no such file',
      ],
    ],
  ])('refuses %s', async (_, argv, problems) => {
    expect(await problemsOf(runExport, argv())).toEqual(problems);
  });

  it('says what it can', async () => {
    expect((await outcomeOf(runExport, ['--help'])).stdout).toMatch(/^Usage: redis-vitals export [^]*--from TIME {2}/);
  });
});

describe('a damaged history', () => {
  let damaged: string;
  beforeAll(() => {
    damaged = makeStore();
    const db = new DatabaseSync(join(damaged, STORE_FILE));
    db.exec('UPDATE block SET data = zeroblob(100) WHERE id = (SELECT min(id) FROM block)');
    db.close();
  });

  it('is told by verify, exit code 1', async () => {
    const { exit, stdout } = await outcomeOf(runVerify, [damaged]);
    expect(stdout).toMatch(/\n {2}1 problem:\n {4}block \d+: .*\n$/);
    expect(exit).toBe(1);
  });

  it('is exported as far as it can be read, and that is an error', async () => {
    const file = join(temporaryDirectory(), 'part.csv');
    const exported = outcomeOf(runExport, ['--data', damaged, '--output', file]);
    await expect(exported).rejects.toThrow(/^the export is not complete: .*"redis-vitals verify"$/);
    expect(readFileSync(file, 'utf8').split('\r\n').length).toBeGreaterThan(3 * POLLS);
  });

  it('that is none at all is an error of verify', async () => {
    const other = temporaryDirectory();
    writeFileSync(join(other, STORE_FILE), 'something else');
    await expect(outcomeOf(runVerify, [other])).rejects.toThrow('is not a history of redis-vitals');
  });
});

describe('redis-vitals verify', () => {
  it('says what is there', async () => {
    const { exit, stdout, stderr } = await outcomeOf(runVerify, [directory]);
    expect(stdout.split('\n')).toEqual([
      directory,
      '  samples  6,000 of 6 series of 2 targets',
      expect.stringMatching(/^ {2}stored {3}\d+ blocks, \d+ journal rows?$/),
      '  time     2026-01-31T18:00:00Z to 2026-01-31T20:46:30Z (2h46m30s)',
      '  No problems.',
      '',
    ]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  });

  it.each([
    ['a directory without a history', ['/'], [`DIR: ${NO_HISTORY}`]],
    [
      'several directories',
      ['/', '/x', '/y'],
      [
        'argument 2: is one too many: verify one directory at a time',
        'argument 3: is one too many: verify one directory at a time',
      ],
    ],
    ['unknown options', ['--data', 'x'], ['--data: unknown option: see --help']],
  ])('refuses %s', async (_, argv, problems) => {
    expect(await problemsOf(runVerify, argv)).toEqual(problems);
  });

  it('says what it can', async () => {
    expect((await outcomeOf(runVerify, ['--help'])).stdout).toMatch(
      /^Usage: redis-vitals verify [^]*--config FILE {2}/
    );
  });
});
