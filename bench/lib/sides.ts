import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port';
import type { Processes, Running } from './processes';
import { ROOT, START_ARGS } from './project';

const GIVE_UP_MS = 30_000;

/** One of the two that are compared, running. */
export interface Side extends Pick<Running, 'pid' | 'pause' | 'resume' | 'stop'> {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Milliseconds from its start to its first page of a target that is up. */
  readonly firstAnswerMs: number;
}

/** Both, up at once on the same servers. */
export interface Sides {
  readonly ours: Side;
  readonly its: Side;
}

/** Starts Redis Vitals as `npm start` does; resolves when its `firstPage` shows a target that is up. */
export async function startOurs(
  processes: Processes,
  config: string,
  args: readonly string[],
  firstPage = '/metrics'
): Promise<Side> {
  const directory = mkdtempSync(join(tmpdir(), 'redis-vitals-bench-'));
  const configFile = join(directory, 'config.yml');
  writeFileSync(configFile, config);
  const [flags, main] = [START_ARGS.slice(0, -1), join(ROOT, START_ARGS.at(-1)!)];
  const listen = `127.0.0.1:${await freePort()}`;
  const command = [...flags, main, '--config', configFile, '--listen', listen, ...args];
  try {
    return await start(processes, process.execPath, command, listen, firstPage);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Starts redis_exporter with its defaults; resolves when its page shows that the server is up. */
export async function startExporter(processes: Processes, program: string, redisUrl: string): Promise<Side> {
  const listen = `127.0.0.1:${await freePort()}`;
  return start(processes, program, ['-redis.addr', redisUrl, '-web.listen-address', listen], listen, '/metrics');
}

async function start(
  processes: Processes,
  command: string,
  args: readonly string[],
  listen: string,
  firstPage: string
): Promise<Side> {
  const startedAt = performance.now();
  const running = processes.start(command, args);
  const url = `http://${listen}`;
  while (countUp(await tryPage(url + firstPage)) === 0) {
    const problem = running.hasExited
      ? 'ended at once'
      : performance.now() - startedAt > GIVE_UP_MS
        ? 'shows no target that is up'
        : undefined;
    if (problem !== undefined) throw new Error(`${command} ${problem}:\n${running.output()}`);
    await sleep(2);
  }
  return { ...running, url, firstAnswerMs: performance.now() - startedAt };
}

/** Targets of a page that are up. */
function countUp(page: string): number {
  return page.match(/^redis_up(?:\{.*\})? 1$/gm)?.length ?? 0;
}

/** Throws unless the page shows that many targets, all up: a fast answer without content is worth nothing. */
export async function checkPage(url: string, targets = 1): Promise<string> {
  const response = await fetch(url);
  const page = await response.text();
  if (response.status !== 200 || countUp(page) !== targets) {
    throw new Error(`${url} answers ${response.status} and shows ${countUp(page)} of ${targets} targets as up`);
  }
  return page;
}

/** Empty while nobody listens. */
async function tryPage(url: string): Promise<string> {
  try {
    return await (await fetch(url)).text();
  } catch {
    return '';
  }
}
