import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Goal, Measurement, Unit } from '../lib/measurement';
import { cpuMs, residentMb } from '../lib/proc';
import { Progress } from '../lib/progress';
import type { RedisServer } from '../lib/redis-server';
import { removeDirectory, temporaryDirectory } from '../lib/scratch';
import type { Section } from '../lib/section';
import { startOurs, type Side } from '../lib/side';
import { ask } from './ask';
import type { HistoryBench } from './bench';
import { HOUR_MS, POLL_EVERY_MS, targetNames } from './dataset';
import { ASKED } from './mix';
import { ours } from './query';
import { recordedMix, withoutCollectors, type Recording } from './recorded';
import { fill } from './sink';
import { StoreSink } from './store-sink';

/** What they give would make it many more than the three hundred series that are meant. */
const SWITCHED_OFF = ['latencystats', 'latency-histogram'];

const QUERY_EVERY_MS = 2_000;
/** Until a page of all targets, asked for to begin a new measurement of the event loop, is over and done with. */
const SETTLE_MS = 2_000;

const GOALS = {
  cpu: { of: 'ours', is: 'at most', value: 10 },
  memory: { of: 'ours', is: 'at most', value: 300 },
  lag: { of: 'ours', is: 'at most', value: 10 },
} as const satisfies Record<string, Goal>;

interface Run {
  /** Percent of one core. */
  readonly cpu: number;
  /** Every two seconds. */
  readonly residentMb: readonly number[];
  /** 99th percentile, as the collector itself measures it. */
  readonly lagMs: number;
  readonly queryMs: readonly number[];
  readonly seriesPerTarget: number;
}

/** Many targets polled for real, stored and asked about; beside it the same without history. */
export async function measureLive(
  bench: HistoryBench,
  servers: readonly RedisServer[],
  recording: Recording
): Promise<Section> {
  const { targets, hours, seconds } = bench.plan.live;
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const toMs = Math.floor(Date.now() / POLL_EVERY_MS) * POLL_EVERY_MS;
  const before = {
    mix: recordedMix(withoutCollectors(recording, SWITCHED_OFF)),
    targets: targetNames(targets),
    fromMs: toMs - hours * HOUR_MS,
    toMs,
  };
  await fill(before, [new StoreSink(before, data)], new Progress('storing what comes before'));
  const withHistory = await run(bench, servers, data);
  const without = await run(bench, servers, undefined);
  removeDirectory(directory);

  const row = (name: string, unit: Unit, values: readonly number[], ...goals: Goal[]): Measurement => ({
    name,
    unit,
    rounds: values.map((value) => ({ ours: value })),
    goals,
  });
  return {
    title: `${targets} targets, live`,
    text: `
${targets} names for ${servers.length} Redis servers, polled every ten seconds without the
collectors ${SWITCHED_OFF.map((name) => `\`${name}\``).join(' and ')}, and ${hours} h of their recorded past stored before. For ${seconds} s, after a
warm-up: every two seconds a query for one field of all targets over the last hour, at the finest step. The same without
history and without queries shows what the polls themselves cost. The delay of the event loop is the collector's own metric,
\`nodejs_eventloop_lag_p99_seconds\`; memory is looked at every two seconds, and its greatest value judged. What is above the goal are points kept for the next question.
`,
    rivals: [],
    measurements: [
      row('CPU, of one core', '%', [withHistory.cpu], GOALS.cpu),
      row('CPU, `--no-history` and no queries', '%', [without.cpu]),
      row('CPU of the history and the queries', '%', [withHistory.cpu - without.cpu]),
      row('memory', 'MB', withHistory.residentMb, GOALS.memory),
      row('memory, `--no-history` and no queries', 'MB', without.residentMb),
      row('delay of the event loop, 99th percentile', 'ms', [withHistory.lagMs], GOALS.lag),
      row('delay of the event loop, `--no-history` and no queries', 'ms', [without.lagMs]),
      row('time of a query', 'ms', withHistory.queryMs),
      row('of each target', 'series', [withHistory.seriesPerTarget]),
    ],
  };
}

/** `data`: where the history is; undefined: there is none, and nothing is asked. */
async function run(bench: HistoryBench, servers: readonly RedisServer[], data: string | undefined): Promise<Run> {
  const { targets, warmUpSeconds, seconds } = bench.plan.live;
  const side = await startFleet(bench, servers, data);
  await sleep(warmUpSeconds * 1000);
  await fetch(`${side.url}/metrics`).then((response) => response.text());
  await sleep(SETTLE_MS);

  const memory: number[] = [];
  const queryMs: number[] = [];
  const cpuBefore = cpuMs(side.pid);
  const startedAt = performance.now();
  await bench.watch.during(async () => {
    for (let atMs = 0; atMs < seconds * 1000; atMs += QUERY_EVERY_MS) {
      if (data !== undefined) queryMs.push(await askForAll(side, targets));
      memory.push(residentMb(side.pid));
      await sleep(Math.max(0, startedAt + atMs + QUERY_EVERY_MS - performance.now()));
    }
  });
  const cpu = ((cpuMs(side.pid) - cpuBefore) / (performance.now() - startedAt)) * 100;
  const page = await (await fetch(`${side.url}/metrics`)).text();
  await side.stop();
  const lag = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(page)?.[1];
  if (lag === undefined) throw new Error(`${side.url}/metrics has no delay of the event loop`);
  const seriesPerTarget = page.match(/^[^#].*instance="cache-0"/gm)?.length ?? 0;
  return { cpu, residentMb: memory, lagMs: Number(lag) * 1000, queryMs, seriesPerTarget };
}

function startFleet(
  { processes, plan }: HistoryBench,
  servers: readonly RedisServer[],
  data: string | undefined
): Promise<Side> {
  const targets = targetNames(plan.live.targets);
  const config = JSON.stringify({
    scrape: { maxAge: '1m' }, // a page of all targets is not to poll them all at once
    defaults: { collectors: Object.fromEntries(SWITCHED_OFF.map((name) => [name, false])) },
    targets: targets.map((name, index) => ({ name, url: servers[index % servers.length]!.url })),
  }); // is YAML
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/ready`)).ok;
  return startOurs(processes, { config, isReady, ...(data === undefined ? { args: ['--no-history'] } : { data }) });
}

/** Milliseconds of a query; throws unless all targets are in the answer. */
async function askForAll({ url }: Side, targets: number): Promise<number> {
  const queries = [{ refId: 'A', fields: [ASKED.gauge] }];
  const body = JSON.stringify({ from: 'now-1h', to: 'now', queries });
  const { ms, text } = await ask(url, { path: '/api/v1/query', body });
  const { series } = ours.parse(text);
  if (series.size !== targets) throw new Error(`a query gives ${series.size} of ${targets} targets`);
  return ms;
}
