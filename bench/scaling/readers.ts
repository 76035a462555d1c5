import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { runWrk, type WrkOptions } from '../collector/wrk';
import { HOUR_MS, POLL_EVERY_MS, targetNames } from '../history/dataset';
import { ASKED } from '../history/mix';
import { fill } from '../history/sink';
import { StoreSink } from '../history/store-sink';
import { syntheticMix } from '../history/synthetic';
import type { CurvePoint } from '../lib/curve';
import { cpuMs } from '../lib/proc';
import { Progress } from '../lib/progress';
import { removeDirectory, temporaryDirectory } from '../lib/scratch';
import type { Section } from '../lib/section';
import { startOurs, type Side } from '../lib/side';
import { step } from '../lib/step';
import { RECORDED, type ScalingBench } from './bench';
import { startReplay } from './replay-job';
import { configOf, isReady, nameOf } from './steady';

/** Between the start and the first reader. */
const SETTLE_MS = 5000;
/** Targets whose pages a scraper asks for in turn, each request of `wrk` the same: one is enough. */
const SCRAPED = `/scrape?target=${nameOf(0)}`;

const COLUMNS = [
  { name: 'per second', unit: '/s' },
  { name: 'median', unit: 'ms' },
  { name: '99th percentile', unit: 'ms' },
  { name: 'CPU per answer', unit: 'µs' },
] as const;

interface Asked extends Pick<Section, 'title' | 'text'> {
  readonly picture: string;
  readonly request: Omit<WrkOptions, 'url' | 'connections' | 'seconds'> & { readonly path: string };
}

/** More and more clients, each of which asks again as soon as it has its answer. */
export async function measureReaders(bench: ScalingBench): Promise<Section[]> {
  const { targets, series, hours } = bench.plan.readers;
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const toMs = Math.floor(Date.now() / POLL_EVERY_MS) * POLL_EVERY_MS;
  const before = { mix: syntheticMix(series), targets: targetNames(targets), fromMs: toMs - hours * HOUR_MS, toMs };
  await fill(before, [new StoreSink(before, data)], new Progress('storing what readers ask for'));
  const servers = await startReplay(bench.processes, { servers: targets, shape: RECORDED });
  const side = await startOurs(bench.processes, { config: configOf(servers.urls), data, isReady });
  await sleep(SETTLE_MS);
  const sections: Section[] = [];
  for (const asked of askedOf(targets, hours)) {
    sections.push(await step(asked.title.toLowerCase(), () => measureAsked(bench, side, asked)));
  }
  await Promise.all([side.stop(), servers.stop()]);
  removeDirectory(directory);
  return sections;
}

async function measureAsked(bench: ScalingBench, side: Side, { request, picture, ...said }: Asked): Promise<Section> {
  const { connections, seconds } = bench.plan.readers;
  const { path, ...options } = request;
  const points: CurvePoint[] = [];
  for (const at of connections) {
    const cpuBefore = cpuMs(side.pid);
    const { requests, perSecond, p50Ms, p99Ms } = await bench.watch.during(() =>
      runWrk(bench.wrk, { ...options, url: side.url + path, connections: at, seconds })
    );
    points.push({ at, values: [perSecond, p50Ms, p99Ms, ((cpuMs(side.pid) - cpuBefore) / requests) * 1000] });
  }
  const curve = { by: 'readers at once', picture, drawn: [0, 2], columns: COLUMNS, points };
  return { ...said, rivals: [], measurements: [], curve };
}

function askedOf(targets: number, hours: number): readonly Asked[] {
  const body = JSON.stringify({
    from: `now-${hours * 60}m`,
    to: 'now',
    maxDataPoints: 60,
    queries: [{ refId: 'A', fields: [ASKED.gauge] }],
  });
  return [
    {
      title: 'Readers of the query API',
      text: `
Each asks for one field of all ${targets} targets over the last ${hours} h in sixty buckets, as a panel of a dashboard does, and again as soon
as it has the answer. Meanwhile ${targets} targets are polled.
`,
      picture: 'scaling-queries',
      request: { path: '/api/v1/query', headers: { 'Content-Type': 'application/json' }, body },
    },
    {
      title: 'Readers of metrics',
      text: `
Each scrapes the page of one target with gzip (\`/scrape?target=\`), again as soon as it has it. They share polls and pages, as several
Prometheus servers do.
`,
      picture: 'scaling-scrapes',
      request: { path: SCRAPED, headers: { 'Accept-Encoding': 'gzip' } },
    },
  ];
}
