import type { Bench } from './bench';
import { measureCost } from './cost';
import type { RedisServer } from '../lib/redis-server';
import { alternate } from '../lib/rounds';
import type { Side } from '../lib/side';
import { checkPage, type Sides } from './sides';
import { runWrk } from './wrk';

/** One round of scrapes as fast as they are answered. */
interface LoadRound {
  readonly cpuUsPerScrape: number;
  readonly redisCpuUsPerScrape: number;
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Below 1: scrapes shared polls. */
  readonly pollsPerScrape: number;
}

type LoadRounds = readonly Readonly<Record<keyof Sides, LoadRound>>[];

/** Alternates between the sides' `/metrics`, asked over so many connections. */
export function loadRounds(
  bench: Bench,
  redis: RedisServer,
  sides: Sides,
  connections: number,
  headers: Readonly<Record<string, string>>
): Promise<LoadRounds> {
  const round = async ({ pid, url: base }: Side): Promise<LoadRound> => {
    const url = `${base}/metrics`;
    const options = { url, connections, seconds: bench.plan.loadSeconds, headers };
    await checkPage(url);
    const { result, cpuMs, redisCpuMs, polls } = await measureCost(bench.watch, pid, [redis], () =>
      runWrk(bench.tools.wrk, options)
    );
    await checkPage(url);
    const { requests, perSecond, p99Ms } = result;
    return {
      cpuUsPerScrape: (cpuMs / requests) * 1000,
      redisCpuUsPerScrape: (redisCpuMs / requests) * 1000,
      perSecond,
      p99Ms,
      pollsPerScrape: polls / requests,
    };
  };
  return alternate({ ours: () => round(sides.ours), its: () => round(sides.its) }, bench.plan.rounds);
}
