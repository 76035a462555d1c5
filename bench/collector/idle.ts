import { setTimeout as sleep } from 'node:timers/promises';
import type { Goal, Measurement } from '../lib/measurement';
import { cpuMs, residentMb } from '../lib/proc';
import { startRedis } from '../lib/redis-server';
import { mapValues } from '../lib/rounds';
import type { Section } from '../lib/section';
import { startOurs } from '../lib/side';
import type { Bench } from './bench';
import { checkPage, RIVALS, showsTarget, startExporter } from './sides';

const TEXT = `
On a Redis server of their own, while the fresh scrapes above are measured on another one. Redis Vitals polls at its
default interval of ten seconds and, where that poll is older than a second, once more for the scrape; once with
\`--no-history\`, which is what the goal is about, and once with its defaults.

Why the goal is missed: Node.js itself takes 43 MB, and some 90 MB when our code and its packages have been loaded, before the first poll.
`;

const MEMORY_GOAL: Goal = { of: 'ours', is: 'at most', value: 85 };

/** One target, polled and scraped at the usual pace, on a server of its own. */
export async function measureIdle({ processes, tools, plan }: Bench): Promise<Section> {
  const redis = await startRedis(processes, tools.redis);
  const isReady = showsTarget();
  const sides = {
    ours: await startOurs(processes, { args: [redis.url], isReady }),
    bare: await startOurs(processes, { args: ['--no-history', redis.url], isReady }),
    its: await startExporter(processes, tools.exporter, redis.url),
  };
  const cpuBefore = mapValues(sides, ({ pid }) => cpuMs(pid));
  for (let second = 0; second < plan.idleSeconds; second += plan.idleScrapeSeconds) {
    await sleep(plan.idleScrapeSeconds * 1000);
    await Promise.all(Object.values(sides).map(({ url }) => checkPage(`${url}/metrics`)));
  }
  const cpuAfter = mapValues(sides, ({ pid }) => cpuMs(pid));
  const memory = mapValues(sides, ({ pid }) => residentMb(pid));
  await Promise.all([...Object.values(sides), redis].map((one) => one.stop()));

  const rows = (what: string, side: 'ours' | 'bare', goals: readonly Goal[]): Measurement[] => [
    {
      name: `memory after ${plan.idleSeconds} s${what}`,
      unit: 'MB',
      rounds: [{ ours: memory[side], its: memory.its }],
      goals,
    },
    {
      name: `CPU in these ${plan.idleSeconds} s${what}`,
      unit: 'ms',
      rounds: [{ ours: cpuAfter[side] - cpuBefore[side], its: cpuAfter.its - cpuBefore.its }],
    },
  ];
  return {
    title: `One target, scraped every ${plan.idleScrapeSeconds} s`,
    text: TEXT,
    rivals: RIVALS,
    measurements: [...rows('', 'bare', [MEMORY_GOAL]), ...rows(', with history', 'ours', [])],
  };
}
