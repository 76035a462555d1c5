import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { Bench, Plan, Tools } from './lib/bench';
import { LoadWatch } from './lib/load-watch';
import { describeSetup } from './lib/machine';
import { evaluate } from './lib/measurement';
import { Processes } from './lib/processes';
import { findTool, ROOT } from './lib/project';
import { startRedis, startReplicated } from './lib/redis-server';
import { renderReport } from './lib/report';
import type { Section } from './lib/section';
import { startExporter, startOurs } from './lib/sides';
import { measureFleet, measureSlowFleet } from './scenarios/fleet';
import { measureFresh } from './scenarios/fresh';
import { measureIdle } from './scenarios/idle';
import { measureRoundTrips } from './scenarios/round-trips';
import { measureShared } from './scenarios/shared';
import { measureStart } from './scenarios/start';

const DOCUMENT = join(ROOT, 'docs/benchmarks.md');
const FLEET_SERVERS = 8;

const FULL: Plan = { rounds: 5, seconds: 4, targets: 200, memorySeconds: 15, idleSeconds: 60, idleScrapeSeconds: 10 };
const QUICK: Plan = { rounds: 2, seconds: 1, targets: 20, memorySeconds: 2, idleSeconds: 3, idleScrapeSeconds: 1 };

/** One server: its tables, in the order of the document. */
async function measureOneServer(bench: Bench): Promise<Section[]> {
  const { processes, tools } = bench;
  const redis = await startReplicated(processes, tools.redis);
  const its = await startExporter(processes, tools.exporter, redis.url);

  // Its timed polls are an hour apart: all polls are those of scrapes.
  const fresh = await startOurs(processes, 'scrape: { maxAge: 0s }', ['--interval', '1h', redis.url]);
  const roundTrips = await step('what a scrape asks of Redis', () => measureRoundTrips(redis, { ours: fresh, its }));
  const [freshSection, idle] = await Promise.all([
    step('fresh scrapes', () => measureFresh(bench, redis, { ours: fresh, its })),
    step('memory with one target, meanwhile', () => measureIdle(bench)),
  ]);
  await fresh.stop();

  const shared = await startOurs(processes, '', [redis.url]);
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

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  process.stderr.write(`${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return result;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, quick: { type: 'boolean' } } });
  const plan = values.quick === true ? QUICK : FULL;
  const tools: Tools = {
    redis: findTool('redis-server'),
    exporter: findTool('prometheus-redis-exporter'),
    wrk: findTool('wrk'),
  };
  const processes = new Processes();
  const watch = new LoadWatch(processes);
  const bench: Bench = { plan, tools, processes, watch };
  const sections = [...(await measureOneServer(bench)), ...(await measureManyTargets(bench))];
  await processes.stopAll();

  const { otherShares } = watch;
  const date = new Date().toISOString().slice(0, 10);
  const report = renderReport({ date, setup: describeSetup(tools), otherShares, ...plan, sections });
  const document = await format(report, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
  if (values.quick === true || values.check === true) process.stdout.write(document);
  else writeFileSync(DOCUMENT, document);

  const missed = sections.flatMap(({ title, measurements }) =>
    measurements.filter((row) => evaluate(row).isMet === false).map(({ name }) => `${title}: ${name}`)
  );
  for (const goal of missed) process.stderr.write(`goal missed: ${goal}\n`);
  process.exit(values.check === true && missed.length > 0 ? 1 : 0);
}

void main();
