import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatusAnswer } from '../api/contract';
import { tokenize } from '../config/arguments';
import { OPTIONS } from '../config/options';
import { startProcess, type RunningProcess } from '../testing/child-process';
import { temporaryDirectory } from '../testing/cleanup';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { commandsIn } from '../testing/document-blocks';
import { CONFIG_FILE, documentedBlocks } from '../testing/documents';
import { freePort } from '../testing/free-port';
import { startRedis } from '../testing/redis-server';
import { StandInServers } from '../testing/stand-in-servers';
import { findTool } from '../testing/tool';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const MAIN = join(ROOT, 'dist/server/main.js');
/** Commands that are not run here, and why. */
const NOT_RUN: readonly (readonly [command: RegExp, why: string])[] = [
  [/^npm ci(\s|$)/, 'installs into the project; CI runs it in a clean clone'],
  [/^npm (test|run (e2e|bench|docs|package|build)\b)/, 'is run by CI, or writes into the project'],
  [/^(docker|kubectl) /, 'needs images of a registry, or a cluster'],
  [/^htpasswd /, 'asks for a password on a terminal, and is no tool of the tests'],
];

/** What npm runs. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

const shellBlocks = documentedBlocks().filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));

let servers: StandInServers;
/** Is asked by commands that ask a collector, and its history is read by those that read one. */
let collector: CollectorProcess;
const data = join(temporaryDirectory(), 'data');

beforeAll(async () => {
  servers = new StandInServers();
  const names = ['cache-1', 'cache-2', 'sessions'];
  const configText = await servers.configText(
    JSON.stringify({ targets: names.map((name) => ({ name, url: `redis://${name}` })) })
  );
  collector = await startCollector({ configText, data, args: ['--interval', '200ms', '--timeout', '200ms'] });
  await until(async () => (await statusOf(collector.url)).history.samplesStored > 0, 'the history to have samples');
});

async function statusOf(url: string): Promise<StatusAnswer> {
  return (await (await fetch(`${url}/api/v1/status`)).json()) as StatusAnswer; // safe: the contract's
}

/** Where the commands of a block are run, one after the other. */
interface Place {
  readonly directory: string;
  readonly configText: string;
}

interface Rule {
  readonly command: RegExp;
  /** Rejects unless the outcome is as it should be. */
  readonly run: (command: string, place: Place) => Promise<void>;
}

const PROGRAM = String.raw`(?:npm start(?: --)?|redis-vitals|node dist/server/main\.js)`;

const RULES: readonly Rule[] = [
  { command: new RegExp(`^${PROGRAM} verify`), run: (command, place) => read(command, place, /No problems\./) },
  { command: new RegExp(`^${PROGRAM} export`), run: (command, place) => read(command, place, /Exported [1-9]/) },
  { command: new RegExp(`^(?:[A-Z_]+=\\S+ +)*${PROGRAM}(?: |$)`), run: start },
  { command: /^npm run demo(?: |$)/, run: demo },
  { command: /^node dist\/server\/demo\/load-main\.js /, run: load },
  {
    command: /^curl /,
    run: (command, place) =>
      finish(command.replace('curl ', 'curl --fail-with-body ').replaceAll(HTTP_ADDRESS, collector.url), place, /\S/),
  },
  {
    command: /^promtool tsdb create-blocks-from/,
    run: (command, { directory }) =>
      finish(
        command.replace('promtool', findTool('promtool')).replace(/\S+$/, join(directory, 'blocks')),
        { directory },
        /NUM SAMPLES/
      ),
  },
  { command: /^promtool /, run: (command, place) => finish(command.replace('promtool', findTool('promtool')), place) },
];

/** Where documents say that a collector is. */
const HTTP_ADDRESS = /http:\/\/(127\.0\.0\.1|localhost|vitals|collector):9121/g;

describe('a command that a document shows', () => {
  it('is found in every document that is meant to have some', () => {
    const documents = new Set(shellBlocks.map(({ name }) => name.split(':')[0]));
    expect([...documents]).toEqual(expect.arrayContaining(['README.md', 'src/README.md', 'docs/configuration.md']));
  });

  it.each(shellBlocks)('is good: $name', async ({ text, configText }) => {
    const place = { directory: temporaryDirectory(), configText };
    for (const command of commandsIn(text).flatMap(parts)) {
      if (NOT_RUN.some(([pattern]) => pattern.test(command))) continue;
      const rule = RULES.find((one) => one.command.test(command));
      if (rule === undefined) throw new Error(`no rule of readme.test.ts says how to run: ${command}`);
      await rule.run(command, place);
    }
  });
});

/** The commands of `one && two`. */
function parts(command: string): readonly string[] {
  return /['"]/.test(command) ? [command] : command.split(' && ');
}

/** Runs a command to its end, which must be good, and checks what it writes. */
async function finish(command: string, { directory }: Pick<Place, 'directory'>, output = /^/): Promise<void> {
  const running = startProcess('/bin/sh', ['-c', command], servers.env, directory);
  const outcome = { exit: await running.exit, output: running.output() };
  expect(outcome).toEqual({ exit: 0, output: expect.stringMatching(output) as string });
}

/** A command that reads a history: the one in its directory, or else that of our collector. */
async function read(command: string, place: Place, output: RegExp): Promise<void> {
  const link = join(place.directory, 'data');
  if (!existsSync(link)) symlinkSync(data, link);
  const program = command.replace(new RegExp(PROGRAM), `${process.execPath} ${MAIN}`);
  await finish(program.replaceAll('/var/lib/redis-vitals', link), place, output);
}

/** The collector itself: it must come up with all its targets, or answer and end well. */
async function start(command: string, place: Place): Promise<void> {
  const [, variables = '', program = '', rest = ''] =
    new RegExp(`^((?:[A-Z_]+=\\S+ +)*)(${PROGRAM})(.*)$`).exec(command) ?? [];
  const port = await freePort();
  const env = await environment(variables, port);
  const argv = wordsOf(rest);
  const { args, targets } = await argumentsOf(argv, env, place);
  const ownArgs = env['REDIS_EXPORTER_WEB_LISTEN_ADDRESS'] === undefined ? ['--listen', `127.0.0.1:${port}`] : [];
  const running = startProcess(
    process.execPath,
    [...programArgs(program), ...ownArgs, '--data', join(place.directory, 'data'), ...args],
    env,
    place.directory
  );
  if (argv.some((word) => /^--(check|print)-config$|^--(help|version)$/.test(word))) return expectPrinted(running);
  await expectUp(running, `http://127.0.0.1:${port}`, targets);
}

/** Node's arguments for a program, as npm gives them. */
function programArgs(program: string): readonly string[] {
  const script = program.startsWith('npm') ? scripts['start'] : 'node dist/server/main.js';
  return inRoot(script);
}

/** The words of `node --flag dist/x.js` behind node, with the path of the file. */
function inRoot(script = ''): readonly string[] {
  const [node, ...words] = script.split(' ');
  expect(node).toBe('node');
  return words.map((word) => (word.startsWith('dist/') ? join(ROOT, word) : word));
}

async function environment(variables: string, port: number): Promise<Record<string, string>> {
  const given = wordsOf(variables).map(
    (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const
  );
  const names = given.map(([name]) => name);
  const isSecured = names.some((name) => name.startsWith('REDIS_PASSWORD'));
  const user = given.find(([name]) => name === 'REDIS_USER')?.[1];
  const password = readFileSync(servers.passwordFile, 'utf8');
  const env: Record<string, string> = { ...servers.env };
  for (const [name, value] of given) {
    if (name === 'REDIS_ADDR') env[name] = await servers.url(value, isSecured, user);
    else if (name === 'REDIS_PASSWORD') env[name] = password;
    else if (name === 'REDIS_PASSWORD_FILE') env[name] = servers.passwordFile;
    else if (name === 'REDIS_EXPORTER_WEB_LISTEN_ADDRESS') env[name] = value.replace(/\d+$/, String(port));
    else env[name] = value;
  }
  return env;
}

/** Arguments with the servers that stand in, and how many targets there will be. */
async function argumentsOf(argv: readonly string[], env: Readonly<Record<string, string>>, place: Place) {
  const args: string[] = [];
  let targets = 0;
  const isSecured = Object.keys(env).some((name) => name.startsWith('REDIS_PASSWORD'));
  for (const token of tokenize(argv, OPTIONS)) {
    if (token.kind === 'positional') {
      args.push(await servers.url(token.value, isSecured, env['REDIS_USER']));
      targets++;
    } else if (token.kind === 'option' && token.name === 'config') {
      expect(token.value).toBe(CONFIG_FILE);
      const configText = await servers.configText(place.configText);
      writeFileSync(join(place.directory, CONFIG_FILE), configText);
      args.push('--config', CONFIG_FILE);
      targets += configText.match(/^ *- name:/gm)?.length ?? 0;
    } else if (token.kind === 'option' && token.name !== 'listen' && token.name !== 'data') {
      args.push(token.rawName + (token.value === undefined ? '' : `=${token.value}`));
    }
  }
  if (targets > 0) return { args, targets };
  // Nothing is named: what it polls then is no server of ours.
  if (env['REDIS_ADDR'] === undefined) args.push(await servers.url('redis://127.0.0.1:6379'));
  return { args, targets: 1 };
}

function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** Waits until it has ended, which must be well, and that it has said something. */
async function expectPrinted(running: RunningProcess): Promise<void> {
  const outcome = { exit: await running.exit, output: running.output() };
  expect(outcome).toEqual({ exit: 0, output: expect.stringMatching(/\S/) as string });
}

/** Waits until every target of a collector is up, then ends it, which must be well. */
async function expectUp(running: RunningProcess, url: string, targets?: number): Promise<void> {
  const upTargets = async () => {
    const { up, down, waiting } = (await statusOf(url)).targets;
    return waiting + down === 0 ? up : 0;
  };
  const outcome = await until(
    async () => (running.hasExited ? 'it has ended' : await upTargets()),
    `all targets of ${url} to be up`,
    50_000
  );
  if (outcome === 'it has ended') throw new Error(`it ended at once:\n${running.output()}`);
  if (targets !== undefined) expect(outcome).toBe(targets);
  running.signal('SIGTERM');
  expect(await running.exit).toBe(0);
}

/** The demo with servers of its own, on another port and with less of a made-up past. */
async function demo(command: string, { directory }: Place): Promise<void> {
  const port = await freePort();
  const replaced: Readonly<Record<string, string>> = {
    '--listen': `127.0.0.1:${port}`,
    '--hours': '0.1',
    '--redis-server': findTool('redis-server'),
  };
  const argv = wordsOf(command.replace(/^npm run demo(?: --)?/, ''));
  const given = withValues(argv, replaced);
  const isGiven = (option: string) => argv.includes(option);
  const missing = ['--listen', '--hours'].filter((option) => !isGiven(option));
  const args = [...inRoot(scripts['demo']), ...given, ...missing.flatMap((option) => [option, replaced[option] ?? ''])];
  const running = startProcess(process.execPath, args, {}, directory);
  if (isGiven('--help')) return expectPrinted(running);
  await expectUp(running, `http://127.0.0.1:${port}`);
}

/** What keeps servers busy: a server, and the master that a sentinel knows, must get keys. */
async function load(command: string, { directory }: Place): Promise<void> {
  const name = /--master (\S+)/.exec(command)?.[1] ?? 'mymaster';
  const [server, master] = await Promise.all([startRedis(), startRedis()]);
  const sentinel = await startRedis({ sentinel: { [name]: master } });
  const values = { '--redis': server.url, '--sentinel': `${sentinel.host}:${sentinel.port}` };
  const running = startProcess(process.execPath, withValues(inRoot(command), values), {}, directory);
  for (const busy of [server, ...(command.includes('--sentinel') ? [master] : [])]) {
    await until(async () => Number(await busy.command('DBSIZE')) > 0, 'a server to have keys');
  }
  running.signal('SIGTERM');
  expect(await running.exit).toBe(0);
}

/** The words of a command line with other values behind these options. */
function withValues(argv: readonly string[], values: Readonly<Record<string, string>>): readonly string[] {
  return argv.map((word, at) => values[argv[at - 1] ?? ''] ?? word);
}
