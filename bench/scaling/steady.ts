import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs, residentMb } from '../lib/proc';
import { startOurs, type Side } from '../lib/side';
import { spreadOf } from '../lib/statistics';
import type { ScalingBench } from './bench';
import type { Shape } from './replay';
import { lateness } from './lateness';
import { startReplay } from './replay-job';
import { ownMetric, scrapePage } from './scrape-page';

const MEMORY_EVERY_MS = 1000;
/** Until a page of all targets is over and done with. */
const SETTLE_MS = 2000;

export interface Fleet {
  readonly targets: number;
  readonly shape: Shape;
  /** Names of collectors that are switched off. */
  readonly switchedOff?: readonly string[];
}

/** A collector with its defaults, history and all, that nobody asks anything. */
export interface Steady {
  readonly cpuMsPerSecond: number;
  /** The greatest. */
  readonly residentMb: number;
  /** Delay of the event loop, 99th percentile, as the collector itself measures it. */
  readonly lagMs: number;
  /** By how much the time between two polls of a server differs from the interval, 99th percentile, as the server sees it. */
  readonly lateMs: number | undefined;
  readonly seriesPerTarget: number;
  /** Of the page of all targets: until its last byte, without gzip. */
  readonly pageMs: number;
  readonly pageMb: number;
}

/** Runs a collector on replayed servers, each a target of its own. */
export async function measureSteady(bench: ScalingBench, { targets, shape, switchedOff = [] }: Fleet): Promise<Steady> {
  const { plan, processes, watch } = bench;
  const servers = await startReplay(processes, { servers: targets, shape });
  const side = await startOurs(processes, { config: configOf(servers.urls, switchedOff), isReady });
  await sleep(plan.warmUpSeconds * 1000);
  await servers.polls();
  const cpuBefore = cpuMs(side.pid);
  const startedAt = performance.now();
  const megabytes: number[] = [];
  await watch.during(async () => {
    while (performance.now() - startedAt < plan.seconds * 1000) {
      await sleep(MEMORY_EVERY_MS);
      megabytes.push(residentMb(side.pid));
    }
  });
  const cpuMsPerSecond = ((cpuMs(side.pid) - cpuBefore) / (performance.now() - startedAt)) * 1000;
  const lateMs = lateness(await servers.polls());
  const ofPages = await measurePages(side, plan.lagSeconds);
  await Promise.all([side.stop(), servers.stop()]);
  return { cpuMsPerSecond, residentMb: spreadOf(megabytes).max, lateMs, ...ofPages };
}

async function measurePages(
  side: Side,
  lagSeconds: number
): Promise<Pick<Steady, 'lagMs' | 'pageMs' | 'pageMb' | 'seriesPerTarget'>> {
  const page = await scrapePage(`${side.url}/metrics`);
  await sleep(SETTLE_MS);
  // Any page makes the collector read its own metrics, with which the measurement of the event loop begins anew.
  const one = await (await fetch(`${side.url}/scrape?target=${nameOf(0)}`)).text();
  const seriesPerTarget = one.match(/^[^#]/gm)?.length ?? 0;
  await sleep(lagSeconds * 1000);
  const lagMs = ownMetric(await scrapePage(`${side.url}/metrics`), 'nodejs_eventloop_lag_p99_seconds') * 1000;
  return { lagMs, pageMs: page.ms, pageMb: page.bytes / 1e6, seriesPerTarget };
}

/** Targets on such servers, polled as by default. */
export function configOf(urls: readonly string[], switchedOff: readonly string[] = []): string {
  return JSON.stringify({
    scrape: { maxAge: '1m' }, // a page of all targets is not to poll them all at once
    defaults: { collectors: Object.fromEntries(switchedOff.map((name) => [name, false])) },
    targets: urls.map((url, index) => ({ name: nameOf(index), url })),
  }); // is YAML
}

export function nameOf(index: number): string {
  return `cache-${index}`;
}

/** Ready is who has polled every target once. */
export async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/ready`)).ok;
}
