import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../lib/bench';
import type { Goal, Measurement } from '../lib/measurement';
import { cpuMs, residentMb } from '../lib/proc';
import { startRedis } from '../lib/redis-server';
import { mapValues } from '../lib/rounds';
import type { Section } from '../lib/section';
import { checkPage, startExporter, startOurs } from '../lib/sides';

const TEXT = `
On a Redis server of their own, while the fresh scrapes above are measured on another one. Redis Vitals polls at its
default interval of ten seconds and, where that poll is older than a second, once more for the scrape.
`;

const MEMORY_GOAL: Goal = { of: 'ours', is: 'at most', value: 85 };

/** One target, polled and scraped at the usual pace, on a server of its own. */
export async function measureIdle({ processes, tools, plan }: Bench): Promise<Section> {
  const redis = await startRedis(processes, tools.redis);
  const sides = {
    ours: await startOurs(processes, '', [redis.url]),
    its: await startExporter(processes, tools.exporter, redis.url),
  };
  const cpuBefore = mapValues(sides, ({ pid }) => cpuMs(pid));
  for (let second = 0; second < plan.idleSeconds; second += plan.idleScrapeSeconds) {
    await sleep(plan.idleScrapeSeconds * 1000);
    await Promise.all([checkPage(`${sides.ours.url}/metrics`), checkPage(`${sides.its.url}/metrics`)]);
  }
  const cpuAfter = mapValues(sides, ({ pid }) => cpuMs(pid));
  const memory = mapValues(sides, ({ pid }) => residentMb(pid));
  await Promise.all([sides.ours.stop(), sides.its.stop(), redis.stop()]);
  const cpu = { ours: cpuAfter.ours - cpuBefore.ours, its: cpuAfter.its - cpuBefore.its };
  const measurements: Measurement[] = [
    { name: `memory after ${plan.idleSeconds} s`, unit: 'MB', rounds: [memory], goal: MEMORY_GOAL },
    { name: `CPU in these ${plan.idleSeconds} s`, unit: 'ms', rounds: [cpu] },
  ];
  return { title: `One target, scraped every ${plan.idleScrapeSeconds} s`, text: TEXT, measurements };
}
