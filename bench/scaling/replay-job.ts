import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from '../../server/testing/wait';
import type { Processes } from '../lib/processes';
import type { Shape } from './replay';

/** What the process of the replay servers is told. */
export interface ReplayJob {
  readonly servers: number;
  readonly shape: Shape;
}

/** Servers that answer with what was recorded of a real one, all in one process. */
export interface ReplayServers {
  readonly pid: number;
  readonly urls: readonly string[];
  /** For each server the moments in milliseconds it was polled since this was last asked. */
  polls(): Promise<readonly (readonly number[])[]>;
  /** Ends a server's connections; nobody reaches it for so long, and then its counters begin anew. */
  restart(server: number, awayMs: number): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = join(__dirname, 'replay-server.js');
const STARTED_WITHIN_MS = 30_000;
/** Servers asked at once. */
const BATCH = 50;

export async function startReplay(processes: Processes, job: ReplayJob): Promise<ReplayServers> {
  const running = processes.start(process.execPath, [PROGRAM, JSON.stringify(job)]);
  const line = await until(
    () => running.hasExited || /^(\[.*\])$/m.exec(running.output())?.[1],
    'the replay servers to listen',
    STARTED_WITHIN_MS
  );
  if (line === true) throw new Error(`the replay servers ended at once:\n${running.output()}`);
  const ports = JSON.parse(line) as number[]; // the program's own
  return {
    pid: running.pid,
    urls: ports.map((port) => `redis://127.0.0.1:${port}`),
    async polls() {
      const all: (readonly number[])[] = [];
      for (let at = 0; at < ports.length; at += BATCH) {
        const texts = await Promise.all(ports.slice(at, at + BATCH).map((port) => debug(port, 'POLLS')));
        all.push(...texts.map((text) => JSON.parse(text) as number[])); // the program's own
      }
      return all;
    },
    async restart(server, awayMs) {
      await debug(ports[server]!, 'RESTART', `${awayMs}`);
    },
    stop: () => running.stop(),
  };
}

async function debug(port: number, ...words: readonly string[]): Promise<string> {
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    protocol: 2,
    retryStrategy: null,
    enableReadyCheck: false,
    disableClientInfo: true,
  });
  client.on('error', () => undefined); // its command rejects with it
  try {
    await client.connect();
    return String(await client.call('DEBUG', ...words));
  } finally {
    client.disconnect();
  }
}
