import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatListen, isLoopback, type Listen } from '../config/listen';
import { formatDuration } from '../util/duration';
import { HOST } from './ports';
import type { Processes } from './processes';
import { builtFile } from './project';
import { DEMO_TARGETS, labelsOf, type Ports } from './topology';
import { until } from './wait';

/** How often the demo's servers are polled. */
export const INTERVAL_MS = 2_000;

/** What `npm start` gives Node. */
export const NODE_ARGS = ['--max-semi-space-size=2', '--v8-pool-size=1'];

export interface CollectorParts {
  readonly processes: Processes;
  /** Of the demo; the configuration file is written there. */
  readonly directory: string;
  /** Where its history is. */
  readonly data: string;
  readonly listen: Listen;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** Starts the collector as users do, with a configuration file; resolves when it has polled every target. */
export async function startCollector({
  processes,
  directory,
  data,
  listen,
  ports,
  signal,
}: CollectorParts): Promise<void> {
  const file = join(directory, 'redis-vitals.yml');
  // JSON is YAML, too.
  await writeFile(file, JSON.stringify(configuration(listen, data, ports), undefined, 2));
  processes.start('the collector', process.execPath, [...NODE_ARGS, builtFile('server/main.js'), '--config', file]);
  const url = urlOf(listen);
  const isReady = async (): Promise<boolean> => (await fetch(`${url}/ready`, { signal })).ok;
  await until(isReady, 'the collector to have polled every server', signal);
}

function configuration(listen: Listen, directory: string, ports: Ports): object {
  return {
    listen: formatListen(listen),
    // There are no secrets in a demo.
    web: { allowUnauthenticated: !isLoopback(listen.host) },
    history: { directory },
    defaults: { interval: formatDuration(INTERVAL_MS) },
    targets: DEMO_TARGETS.map((name) => ({ name, url: `redis://${HOST}:${ports[name]}`, labels: labelsOf(name) })),
  };
}

/** Where a browser of this machine finds it, without a slash at the end. */
export function urlOf({ host, port }: Listen): string {
  const isAny = host === '' || host === '0.0.0.0' || host === '::';
  return `http://${formatListen({ host: isAny ? HOST : host, port })}`;
}
