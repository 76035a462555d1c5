import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { startProcess, type RunningProcess } from './child-process';
import { temporaryDirectory } from './cleanup';
import { freePort } from './free-port';
import { until } from './wait';

const MAIN = join(__dirname, '../../dist/server/main.js');
const HOST = '127.0.0.1';

export interface CollectorOptions {
  /** Command-line arguments behind those the helper gives. */
  readonly args?: readonly string[];
  /** Its whole environment, but for PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** Content of the file given as `--config`; absent: no file. */
  readonly configText?: string;
  /** Where its history is kept; absent: a directory of its own. */
  readonly data?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The built collector as a process of its own. */
export interface CollectorProcess extends RunningProcess {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** The file that holds `configText`, for tests that change it. */
  readonly configFile: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Posts JSON. */
  post(path: string, body: unknown): Promise<Answer>;
}

/** Starts a collector on a free port; resolves when it listens, throws with its output when it ends before. */
export async function startCollector(options: CollectorOptions = {}): Promise<CollectorProcess> {
  const port = await freePort();
  const configFile = join(temporaryDirectory(), 'config.yml');
  const data = options.data ?? join(temporaryDirectory(), 'data');
  const collector = spawnCollector(options, configFile, ['--listen', `${HOST}:${port}`, '--data', data]);
  await until(() => collector.hasExited || listens(port), 'the collector to listen');
  if (collector.hasExited) {
    await collector.exit;
    throw new Error(`the collector ended at once:\n${collector.output()}`);
  }
  const url = `http://${HOST}:${port}`;
  return Object.assign(collector, {
    url,
    configFile,
    get: (path: string, headers: Readonly<Record<string, string>> = {}) => ask(url + path, { headers }),
    post: (path: string, body: unknown) =>
      ask(url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  });
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Runs the collector to its end, for `--check-config` and other short runs. */
export async function runCollector(
  options: CollectorOptions = {}
): Promise<{ exit: number | NodeJS.Signals; output: string }> {
  const collector = spawnCollector(options, join(temporaryDirectory(), 'config.yml'), []);
  return { exit: await collector.exit, output: collector.output() };
}

function spawnCollector(options: CollectorOptions, configFile: string, ownArgs: readonly string[]): RunningProcess {
  const { args = [], env = {}, configText } = options;
  const node = ['--max-semi-space-size=2', MAIN, ...ownArgs];
  const cwd = dirname(configFile); // what it keeps by default is in no other's way
  if (configText === undefined) return startProcess(process.execPath, [...node, ...args], env, cwd);
  writeFileSync(configFile, configText);
  return startProcess(process.execPath, [...node, '--config', configFile, ...args], env, cwd);
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ host: HOST, port });
  try {
    await once(socket, 'connect');
    return true;
  } finally {
    socket.destroy();
  }
}
