import { setTimeout as sleep } from 'node:timers/promises';
import { ENCODINGS, type Bench } from './bench';
import { measureCost } from './cost';
import { Pacer } from './pacer';
import { residentMb } from '../lib/proc';
import type { RedisServer } from '../lib/redis-server';
import { alternate, mapValues } from '../lib/rounds';
import type { Side } from '../lib/side';
import { checkPage } from './sides';

/** What Prometheus sends. */
const HEADERS = ENCODINGS.gzip;

/** Time in which a process that was paused gets back to its pace. */
const SETTLE_MS = 500;

/** How one side is asked. */
export interface PacedClient {
  readonly side: Side;
  /** Asked for in turn. */
  readonly urls: readonly string[];
  readonly targetsPerPage: number;
  readonly perSecond: number;
}

interface PacedRound {
  readonly cpuMsPerSecond: number;
  /** Of all servers together. */
  readonly redisCpuMsPerSecond: number;
  /** Above 1: it polled of its own accord as well. */
  readonly pollsPerScrape: number;
  readonly residentMb: number;
}

/** Has all clients ask at the same time, for so long; gives the memory of each side at the end. */
export async function pacedTogether<K extends string>(
  clients: Readonly<Record<K, PacedClient>>,
  seconds: number
): Promise<Record<K, number>> {
  await Promise.all(
    Object.values<PacedClient>(clients).map(({ urls, perSecond }) => new Pacer(urls, HEADERS).run(perSecond, seconds))
  );
  return mapValues(clients, ({ side }) => residentMb(side.pid));
}

/**
 * Alternates between the clients. While one side is asked the others are paused: what polls of its own accord would
 * cost the machine and Redis time that is not this side's.
 */
export function pacedRounds<K extends string>(
  bench: Bench,
  servers: readonly RedisServer[],
  clients: Readonly<Record<K, PacedClient>>
): Promise<Record<K, PacedRound>[]> {
  const sides = Object.values<PacedClient>(clients).map(({ side }) => side);
  const rounds = mapValues(clients, (client) => {
    const pacer = new Pacer(client.urls, HEADERS);
    const others = sides.filter((side) => side !== client.side);
    return async () => {
      for (const other of others) other.pause();
      const round = await pacedRound(bench, servers, client, pacer);
      for (const other of others) other.resume();
      await sleep(SETTLE_MS);
      return round;
    };
  });
  return alternate(rounds, bench.plan.rounds);
}

async function pacedRound(
  { watch, plan }: Bench,
  servers: readonly RedisServer[],
  { side, urls, targetsPerPage, perSecond }: PacedClient,
  pacer: Pacer
): Promise<PacedRound> {
  await checkPage(urls[0]!, targetsPerPage);
  const { cpuMs, redisCpuMs, polls } = await measureCost(watch, side.pid, servers, () =>
    pacer.run(perSecond, plan.pacedSeconds)
  );
  return {
    cpuMsPerSecond: cpuMs / plan.pacedSeconds,
    redisCpuMsPerSecond: redisCpuMs / plan.pacedSeconds,
    pollsPerScrape: polls / (perSecond * targetsPerPage * plan.pacedSeconds),
    residentMb: residentMb(side.pid),
  };
}
