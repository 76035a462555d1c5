import type { Bench } from './bench';
import { compare, type Goal } from '../lib/measurement';
import { pacedRounds, pacedTogether, type PacedClient } from './paced';
import type { RedisServer } from '../lib/redis-server';
import type { Section } from '../lib/section';
import { startOurs, type Side } from '../lib/side';
import { RIVALS, showsTarget, startExporter, type Sides } from './sides';

const CPU_GOAL: Goal = { of: 'ratio', is: 'at most', value: 0.33 };
const MEMORY_GOAL: Goal = { of: 'ours', is: 'at most', value: 110 };

const everySecondText = (targets: number, servers: number, seconds: number): string => `
${targets} names for ${servers} Redis servers, as one machine does not run more. A client asks, with gzip, for a page of each target once a
second (\`/scrape?target=\`), evenly spread. Redis Vitals polls every target once a second of its own accord
(\`interval: 1s\`), and answers with a poll that is at most one second old. *On one page*: a second Redis Vitals, which is
asked for all targets at once (\`/metrics\`), beside redis_exporter's ${targets} pages. While one is asked the others are paused,
so that polls nobody asked for cost neither the machine nor Redis anything; the memory is that after ${seconds} s without
pauses, but for the one page.

Why its goals are missed: of the CPU, garbage collection and gzip take about 15 % each and the sockets 10 %; polls and pages share the
rest. Of the memory some 30 MB are in use; the rest is heap between collections, gzip's state, and what malloc keeps of the buffers that
replies are read into: with the two variables that \`deploy/Dockerfile\` sets, it is 145 to 165 MB.
`;

const EVERY_TEN_SECONDS_TEXT = `
The same at the pace of most Prometheus servers, and with the default interval of ten seconds. Here \`LATENCY HISTOGRAM\` is
in every poll. The polls per scrape show what Redis Vitals' own polls come to beside those that scrapes wait for.
`;

/** Every target polled and scraped once a second, each on a page of its own, then all on one page. */
export async function measureFleet(bench: Bench, servers: readonly RedisServer[]): Promise<Section> {
  const { targets, memorySeconds } = bench.plan;
  const fleet = await startFleet(bench, servers, 1);
  const clients = clientsOf(fleet, servers, targets, 1);
  const memory = await pacedTogether(clients, memorySeconds);
  const second = await startCollector(bench, servers, 1);
  const all = { side: second, urls: [`${second.url}/metrics`], targetsPerPage: targets, perSecond: 1 };
  const rounds = await pacedRounds(bench, servers, { ...clients, all });
  await Promise.all([fleet.ours, fleet.its, second].map((side) => side.stop()));

  const onOnePage = rounds.map((round) => ({ ours: round.all, its: round.its }));
  return {
    title: `${targets} targets, once a second`,
    text: everySecondText(targets, servers.length, memorySeconds),
    rivals: RIVALS,
    measurements: [
      compare('CPU per second', 'ms', rounds, (round) => round.cpuMsPerSecond, CPU_GOAL),
      compare('CPU of Redis per second', 'ms', rounds, (round) => round.redisCpuMsPerSecond),
      compare('polls per scrape', '', rounds, (round) => round.pollsPerScrape),
      compare('memory', 'MB', [memory], (megabytes) => megabytes, MEMORY_GOAL),
      compare('CPU per second, on one page', 'ms', onOnePage, (round) => round.cpuMsPerSecond),
      compare('memory, on one page', 'MB', onOnePage, (round) => round.residentMb),
    ],
  };
}

/** The pace of a real Prometheus, which makes every poll a full one. */
export async function measureSlowFleet(bench: Bench, servers: readonly RedisServer[]): Promise<Section> {
  const { targets } = bench.plan;
  const fleet = await startFleet(bench, servers, 10);
  const rounds = await pacedRounds(bench, servers, clientsOf(fleet, servers, targets, 10));
  await Promise.all([fleet.ours.stop(), fleet.its.stop()]);
  return {
    title: `${targets} targets, every ten seconds`,
    text: EVERY_TEN_SECONDS_TEXT,
    rivals: RIVALS,
    measurements: [
      compare('CPU per second', 'ms', rounds, (round) => round.cpuMsPerSecond),
      compare('CPU of Redis per second', 'ms', rounds, (round) => round.redisCpuMsPerSecond),
      compare('polls per scrape', '', rounds, (round) => round.pollsPerScrape),
    ],
  };
}

async function startFleet(bench: Bench, servers: readonly RedisServer[], intervalSeconds: number): Promise<Sides> {
  const ours = await startCollector(bench, servers, intervalSeconds);
  const its = await startExporter(bench.processes, bench.tools.exporter, servers[0]!.url);
  return { ours, its };
}

function startCollector(
  { processes, plan }: Bench,
  servers: readonly RedisServer[],
  intervalSeconds: number
): Promise<Side> {
  const targets = Array.from({ length: plan.targets }, (_, index) => ({
    name: nameOf(index),
    url: servers[index % servers.length]!.url,
  }));
  const config = JSON.stringify({ defaults: { interval: `${intervalSeconds}s`, timeout: '1s' }, targets }); // is YAML
  return startOurs(processes, { config, args: ['--no-history'], isReady: showsTarget(`/scrape?target=${nameOf(0)}`) });
}

/** Scrapers of each target's own page. */
function clientsOf(
  { ours, its }: Sides,
  servers: readonly RedisServer[],
  targets: number,
  everySeconds: number
): Record<keyof Sides, PacedClient> {
  const urls = (base: string, targetOf: (index: number) => string): string[] =>
    Array.from({ length: targets }, (_, index) => `${base}/scrape?target=${encodeURIComponent(targetOf(index))}`);
  const common = { targetsPerPage: 1, perSecond: targets / everySeconds };
  return {
    ours: { ...common, side: ours, urls: urls(ours.url, nameOf) },
    its: { ...common, side: its, urls: urls(its.url, (index) => servers[index % servers.length]!.url) },
  };
}

function nameOf(index: number): string {
  return `cache-${index}`;
}
