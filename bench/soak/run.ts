import { setTimeout as sleep } from 'node:timers/promises';
import { until as waitUntil } from '../../server/testing/wait';
import { residentMb } from '../lib/proc';
import { startRedis, type RedisServer } from '../lib/redis-server';
import { startOurs, type Side } from '../lib/side';
import { RECORDED } from '../scaling/bench';
import { startReplay, type ReplayServers } from '../scaling/replay-job';
import { ownMetric, scrapePage } from '../scaling/scrape-page';
import { configOf, isReady } from '../scaling/steady';
import type { SoakBench } from './bench';
import { OTHERS, OVERVIEW, PAGES, STREAM } from './dashboard';
import { descriptorsOf } from './descriptors';
import { Readers } from './readers';
import type { Reading } from './trend';

/** A server that is restarted cannot be reached for so long. */
const AWAY_MS = 1500;
/** A server that hangs does so for longer than a poll waits. */
const HANG_MS = 8000;
/** The last restart is so long before the end, so that all targets are there again. */
const QUIET_SECONDS = 30;
const QUERY_EVERY_MS = 1000;
const OTHERS_EVERY_MS = 3000;
/** Each target is scraped once in so many. */
const SCRAPE_SECONDS = 15;

/** Everything that was read while it ran. */
export interface Soaked {
  readonly targets: number;
  readonly residentMb: readonly Reading[];
  readonly descriptors: readonly Reading[];
  readonly sockets: readonly Reading[];
  readonly threads: readonly Reading[];
  readonly heapMb: readonly Reading[];
  /** Of each page: the 99th percentile since the one before. */
  readonly lagMs: readonly number[];
  readonly errors: ReadonlyMap<string, number>;
  readonly answers: number;
  readonly restarts: number;
  /** At the end. */
  readonly targetsUp: number;
  readonly seriesPerTarget: number;
}

/** Runs a collector with readers and with targets that come and go. */
export async function soak(bench: SoakBench): Promise<Soaked> {
  const { plan, processes, redis, watch } = bench;
  const startedAt = performance.now();
  const real = await Promise.all(Array.from({ length: plan.real }, () => startRedis(processes, redis)));
  const replayed = await startReplay(processes, { servers: plan.replayed, shape: RECORDED });
  const urls = [...replayed.urls, ...real.map(({ url }) => url)];
  const side = await startOurs(processes, { config: configOf(urls), isReady });
  const endsAt = startedAt + plan.seconds * 1000;
  const over = abortedAt(endsAt);
  const quiet = abortedAt(endsAt - QUIET_SECONDS * 1000);
  const readers = new Readers(side.url, over);
  const [read, restarts] = await watch.during(async () => {
    const [watched, ofServers] = await Promise.all([
      watchSide(bench, side, over),
      disturb(bench, replayed, real, quiet),
      readAll(bench, readers, urls.length),
    ]);
    return [watched, ofServers] as const;
  });
  const page = await (await fetch(`${side.url}/metrics`)).text();
  await Promise.all([side.stop(), replayed.stop(), ...real.map((server) => server.stop())]);
  return {
    ...read,
    targets: urls.length,
    restarts,
    errors: readers.errors,
    answers: readers.answers,
    targetsUp: page.match(/^redis_up\{.*\} 1$/gm)?.length ?? 0,
    seriesPerTarget: page.match(/^[^#].*instance="cache-0"/gm)?.length ?? 0,
  };
}

/** On the clock of `performance.now()`. */
function abortedAt(atMs: number): AbortSignal {
  return AbortSignal.timeout(Math.max(0, Math.ceil(atMs - performance.now())));
}

function readAll({ plan }: SoakBench, readers: Readers, targets: number): Promise<unknown> {
  const scrapeEveryMs = (SCRAPE_SECONDS * 1000) / targets;
  return Promise.all([
    readers.every(QUERY_EVERY_MS, () => readers.post('/api/v1/query', OVERVIEW)),
    readers.every(scrapeEveryMs, (turn) => readers.get(`/scrape?target=${readers.targetOf(turn, targets)}`)),
    readers.every(OTHERS_EVERY_MS, (turn) => readers.post(...OTHERS[turn % OTHERS.length]!)),
    readers.every(OTHERS_EVERY_MS, (turn) => readers.get(PAGES[turn % PAGES.length]!)),
    ...Array.from({ length: plan.streams }, () =>
      readers.every(0, () => readers.stream(STREAM, plan.streamSeconds * 1000))
    ),
  ]);
}

/** Restarts replayed servers in turn, and has real ones hang or end all their connections; gives how often. */
async function disturb(
  { plan }: SoakBench,
  replayed: ReplayServers,
  real: readonly RedisServer[],
  until: AbortSignal
): Promise<number> {
  let restarts = 0;
  const hanging: Promise<void>[] = [];
  const wait = (): Promise<boolean> =>
    sleep(plan.restartEverySeconds * 1000, true, { signal: until }).catch(() => false); // it is over
  while (await wait()) {
    const turn = restarts++;
    await replayed.restart(turn % replayed.urls.length, AWAY_MS);
    const server = real[turn % real.length];
    if (server === undefined) continue;
    if (turn % 2 === 0) await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    else hanging.push(hang(server));
  }
  await Promise.all(hanging);
  return restarts;
}

async function hang({ pid }: RedisServer): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await sleep(HANG_MS);
  process.kill(pid, 'SIGCONT');
}

type Watched = Pick<Soaked, 'residentMb' | 'descriptors' | 'sockets' | 'threads' | 'heapMb' | 'lagMs'>;

async function watchSide({ plan }: SoakBench, { pid, url }: Side, until: AbortSignal): Promise<Watched> {
  const read = { residentMb: new Array<Reading>(), descriptors: new Array<Reading>(), sockets: new Array<Reading>() };
  const more = { threads: new Array<Reading>(), heapMb: new Array<Reading>(), lagMs: new Array<number>() };
  let pageAtMs = performance.now();
  while (!until.aborted) {
    const atMs = performance.now();
    const { all, sockets, threads } = descriptorsOf(pid);
    read.residentMb.push({ atMs, value: residentMb(pid) });
    read.descriptors.push({ atMs, value: all });
    read.sockets.push({ atMs, value: sockets });
    more.threads.push({ atMs, value: threads });
    if (atMs >= pageAtMs) {
      const page = await waitUntil(() => scrapePage(`${url}/metrics`), 'the page of all targets');
      more.heapMb.push({ atMs, value: ownMetric(page, 'nodejs_heap_size_used_bytes') / 1e6 });
      // The first page tells of the start.
      if (more.heapMb.length > 1) more.lagMs.push(ownMetric(page, 'nodejs_eventloop_lag_p99_seconds') * 1000);
      pageAtMs += plan.pageEverySeconds * 1000;
    }
    await sleep(plan.readEverySeconds * 1000, undefined, { signal: until }).catch(() => undefined); // it is over
  }
  return { ...read, ...more };
}
