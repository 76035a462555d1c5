import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port';
import type { Processes, Running } from './processes';
import { ROOT, START_ARGS } from './project';
import { removeDirectory, temporaryDirectory } from './scratch';

const GIVE_UP_MS = 30_000;

/** One of the programs that are compared, running. */
export interface Side extends Pick<Running, 'pid' | 'pause' | 'resume' | 'end' | 'stop'> {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Milliseconds from its start until it was ready. */
  readonly readyMs: number;
}

/** Whether what listens at this URL can be asked by now; may reject as long as it cannot. */
export type IsReady = (url: string) => Promise<boolean>;

interface OursOptions {
  readonly config?: string;
  readonly args?: readonly string[];
  /** Where its history is; absent: a new directory, removed when it ends. */
  readonly data?: string;
  readonly isReady: IsReady;
}

/** Starts Redis Vitals as `npm start` does. */
export async function startOurs(processes: Processes, options: OursOptions): Promise<Side> {
  const directory = temporaryDirectory();
  const { config = '', args = [], data = join(directory, 'data'), isReady } = options;
  const configFile = join(directory, 'config.yml');
  writeFileSync(configFile, config);
  const [flags, main] = [START_ARGS.slice(0, -1), join(ROOT, START_ARGS.at(-1)!)];
  const listen = `127.0.0.1:${await freePort()}`;
  const command = [...flags, main, '--config', configFile, '--listen', listen, '--data', data, ...args];
  const side = await startSide(processes, process.execPath, command, listen, isReady);
  const andRemove = (end: () => Promise<void>) => async (): Promise<void> => {
    await end();
    removeDirectory(directory);
  };
  return { ...side, end: andRemove(side.end), stop: andRemove(side.stop) };
}

/** Starts a program that will listen there; resolves when it is ready, throws with its output when it ends before. */
export async function startSide(
  processes: Processes,
  command: string,
  args: readonly string[],
  listen: string,
  isReady: IsReady
): Promise<Side> {
  const startedAt = performance.now();
  const running = processes.start(command, args);
  const url = `http://${listen}`;
  while (!(await isReady(url).catch(() => false))) {
    const problem = running.hasExited
      ? 'ended at once'
      : performance.now() - startedAt > GIVE_UP_MS
        ? 'is not ready'
        : undefined;
    if (problem !== undefined) throw new Error(`${command} ${problem}:\n${running.output()}`);
    await sleep(2);
  }
  return { ...running, url, readyMs: performance.now() - startedAt };
}
