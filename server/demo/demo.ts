import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Listen } from '../config/listen';
import { NODE_ARGS, startCollector, urlOf } from './collector';
import { startFailovers } from './failovers';
import { LOAD_RUNS } from './load/words';
import { makePast } from './past/make-past';
import { freePorts, HOST, refuseTaken } from './ports';
import { Processes, type Running } from './processes';
import { builtFile, findRedisServer } from './project';
import { startServers, type ServerParts } from './servers';
import { DEMO_TARGETS, MASTER_NAME, namesOf, type DemoTarget, type Ports } from './topology';
import { until } from './wait';

export { DEMO_TARGETS, type DemoTarget } from './topology';

export interface DemoOptions {
  /** Where the collector serves; port 0: any free port. */
  readonly listen: Listen;
  /** So many hours before the start are made up; 0: none. */
  readonly hours: number;
  /** 0: never. */
  readonly failoverEveryMs: number;
  /** Is given each line there is to say. */
  readonly log: (line: string) => void;
  /** Path of redis-server; absent: it is searched for, and installed where that is allowed. */
  readonly redisServer?: string;
  /** A directory in which the demo's own is made; absent: that of the system for temporary files. */
  readonly temporary?: string;
  /** Ends the demo: `startDemo` rejects, or the demo that has started is closed. */
  readonly signal?: AbortSignal;
}

/** Servers, their load and a collector that run. */
export interface Demo {
  /** The collector's, without a slash at the end. */
  readonly url: string;
  readonly targets: Readonly<Record<DemoTarget, { readonly host: string; readonly port: number }>>;
  /** Resolves with what went wrong when a process of the demo has ended by itself, and everything is gone by then. */
  readonly failure: Promise<Error>;
  /** Kills that redis-server; resolves when it is gone. Nothing else ends. */
  stopServer(name: DemoTarget): Promise<void>;
  /** Ends every process and removes the directory; resolves when all are gone. */
  close(): Promise<void>;
}

/** Resolves when the collector has polled every target, and its past is made up; rejects when nothing is left. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { log, signal } = options;
  signal?.throwIfAborted();
  await refuseTaken(options.listen);
  const program = options.redisServer ?? (await findRedisServer(log));
  const directory = await mkdtemp(join(options.temporary ?? tmpdir(), 'redis-vitals-demo-'));
  const processes = new Processes(directory);
  const ending = new AbortController();
  const cleanups: (() => void)[] = [];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ending.abort(new Error('the demo was ended'));
    for (const cleanup of cleanups) cleanup();
    return (closed ??= processes.close());
  };
  const failure = processes.failure.then(async (error) => {
    ending.abort(error);
    await close();
    return error;
  });
  const abort = (): void => void close();
  signal?.addEventListener('abort', abort);
  cleanups.push(() => signal?.removeEventListener('abort', abort));
  if (signal?.aborted === true) abort();
  try {
    const [listenPort = 0, ...serverPorts] = await freePorts(1 + DEMO_TARGETS.length);
    const listen = { ...options.listen, port: options.listen.port || listenPort };
    const ports = toPorts(serverPorts);
    const servers = await startEverything(options, listen, {
      processes,
      program,
      directory,
      ports,
      signal: ending.signal,
    });
    cleanups.push(startFailovers({ ports, everyMs: options.failoverEveryMs, say: log }));
    ending.signal.throwIfAborted();
    return { url: urlOf(listen), targets: toTargets(ports), failure, close, stopServer: (name) => stop(servers, name) };
  } catch (error) {
    await close();
    throw ending.signal.aborted ? ending.signal.reason : error;
  }
}

async function startEverything(
  { hours, log }: DemoOptions,
  listen: Listen,
  parts: ServerParts
): Promise<ReadonlyMap<DemoTarget, Running>> {
  const { processes, directory, ports, signal } = parts;
  const data = join(directory, 'data');
  const beginMs = Date.now();
  log('starting three caches, a sentinel and a cluster of three nodes');
  const servers = await startServers(parts);
  log('starting their clients');
  await startLoad(parts, log);
  if (hours > 0) await makePast({ data, hours, ports, beginMs, say: log, signal });
  log('starting the collector');
  await startCollector({ processes, directory, data, listen, ports, signal });
  return servers;
}

/** Resolves when all servers are busy. */
async function startLoad({ processes, ports, signal }: ServerParts, log: (line: string) => void): Promise<void> {
  const byPort = new Map(Object.entries(ports).map(([name, port]) => [`${HOST}:${port}`, name]));
  let isRunning = false;
  const hear = (line: string): void => {
    if (line === LOAD_RUNS) isRunning = true;
    else log(line.replace(/127\.0\.0\.1:\d+/g, (address) => byPort.get(address) ?? address));
  };
  const urls = namesOf('cluster').map((name) => `redis://${HOST}:${ports[name]}`);
  const sentinel = ['--sentinel', `${HOST}:${ports['sentinel-1']}`, '--master', MASTER_NAME];
  const args = [...NODE_ARGS, builtFile('server/demo/load-main.js'), '--redis', urls.join(), ...sentinel];
  processes.start('the load', process.execPath, args, hear);
  await until(() => isRunning, 'the servers to be busy', signal, 60_000);
}

async function stop(servers: ReadonlyMap<DemoTarget, Running>, name: DemoTarget): Promise<void> {
  await servers.get(name)?.kill();
}

function toPorts(ports: readonly number[]): Ports {
  // Safe: one for each of them.
  return Object.fromEntries(DEMO_TARGETS.map((name, at) => [name, ports[at]])) as Ports;
}

function toTargets(ports: Ports): Demo['targets'] {
  // Safe: the entries are those of `ports`.
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, { host: HOST, port }])
  ) as Demo['targets'];
}
