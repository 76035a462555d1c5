import type { MakePart } from '../lib/part';
import { findTool, versionOf } from '../lib/project';
import { startRedis, startReplicated } from '../lib/redis-server';
import type { Section } from '../lib/section';
import { startOurs } from '../lib/side';
import { step } from '../lib/step';
import type { Bench, Plan, Tools } from './bench';
import { measureFleet, measureSlowFleet } from './fleet';
import { measureFresh } from './fresh';
import { measureIdle } from './idle';
import { measureRoundTrips } from './round-trips';
import { measureShared } from './shared';
import { showsTarget, startExporter } from './sides';
import { measureStart } from './start';

const FLEET_SERVERS = 8;

const FULL: Plan = {
  rounds: 5,
  loadSeconds: 2,
  pacedSeconds: 4,
  targets: 200,
  memorySeconds: 15,
  idleSeconds: 60,
  idleScrapeSeconds: 10,
};
const QUICK: Plan = {
  rounds: 2,
  loadSeconds: 1,
  pacedSeconds: 1,
  targets: 20,
  memorySeconds: 2,
  idleSeconds: 3,
  idleScrapeSeconds: 1,
};

const INTRO = `
Redis Vitals beside Debian's redis_exporter, both with their defaults except where it is said; and the goals of all benchmarks.
redis_exporter keeps no history; nor does Redis Vitals on this page (\`--no-history\`) but where its memory and its start are measured.
`;

const method = ({ rounds, loadSeconds, pacedSeconds }: Plan): string[] => [
  `Real servers on one machine: Redis with traffic behind it (four databases, sixty commands used, slow log, latency events,
  errors; a replica where there is one target), both exporters up at once on it, and the client.`,
  `The sides take turns, A B A B, ${rounds} rounds of ${loadSeconds} s each, and of ${pacedSeconds} s where requests are paced; the first is left out. A *ratio* is that of one round,
  ours divided by its; tables give the median of the ratios and, as spread, the least and the greatest. Numbers of one side
  are medians, with the least and the greatest where all of them are judged.`,
  `CPU time is that of all threads of the measured process alone, from the scheduler's own counts
  (\`/proc/<pid>/task/*/schedstat\`); the client's is not in it.`,
  `Load comes from \`wrk\`, and where requests are paced from a Node.js client. *gzip*: with \`Accept-Encoding: gzip\`, as
  Prometheus asks.`,
];

/** The collector beside redis_exporter. */
export const collectorPart: MakePart = (workbench, { isQuick }) => {
  const tools: Tools = {
    redis: findTool('redis-server'),
    exporter: findTool('prometheus-redis-exporter'),
    wrk: findTool('wrk'),
  };
  const plan = isQuick ? QUICK : FULL;
  const bench: Bench = { ...workbench, plan, tools };
  return {
    title: 'Benchmarks',
    intro: INTRO,
    method: method(plan),
    tools: [
      ['redis_exporter', versionOf(tools.exporter, ['-version'], /Exporter (\S+)/)],
      ['Redis', versionOf(tools.redis, ['--version'], /v=(\S+)/)],
      ['wrk', versionOf(tools.wrk, ['-v'], /^wrk (\S+)/)],
    ],
    measure: async () => [...(await measureOneServer(bench)), ...(await measureManyTargets(bench))],
  };
};

/** One server: its tables, in the order of the document. */
async function measureOneServer(bench: Bench): Promise<Section[]> {
  const { processes, tools } = bench;
  const redis = await startReplicated(processes, tools.redis);
  const its = await startExporter(processes, tools.exporter, redis.url);

  // Its timed polls are an hour apart: all polls are those of scrapes.
  const fresh = await startOurs(processes, {
    config: 'scrape: { maxAge: 0s }',
    args: ['--no-history', '--interval', '1h', redis.url],
    isReady: showsTarget(),
  });
  const roundTrips = await step('what a scrape asks of Redis', () => measureRoundTrips(redis, { ours: fresh, its }));
  const [freshSection, idle] = await Promise.all([
    step('fresh scrapes', () => measureFresh(bench, redis, { ours: fresh, its })),
    step('memory with one target, meanwhile', () => measureIdle(bench)),
  ]);
  await fresh.stop();

  const shared = await startOurs(processes, { args: ['--no-history', redis.url], isReady: showsTarget() });
  const sharedSection = await step('shared scrapes', () => measureShared(bench, redis, { ours: shared, its }));
  await Promise.all([shared.stop(), its.stop()]);
  const start = await step('start', () => measureStart(bench, redis));
  await redis.stop();
  return [roundTrips, freshSection, sharedSection, idle, start];
}

async function measureManyTargets(bench: Bench): Promise<Section[]> {
  const { processes, tools } = bench;
  const servers = await Promise.all(Array.from({ length: FLEET_SERVERS }, () => startRedis(processes, tools.redis)));
  return [
    await step('many targets once a second', () => measureFleet(bench, servers)),
    await step('many targets every ten seconds', () => measureSlowFleet(bench, servers)),
  ];
}
