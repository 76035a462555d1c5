import { ENCODINGS, type Bench } from './bench';
import { loadRounds } from './load';
import { compare, type Goal, type Measurement } from '../lib/measurement';
import type { RedisServer } from '../lib/redis-server';
import type { Section } from '../lib/section';
import { RIVALS, type Sides } from './sides';

const TEXT = `
Redis Vitals with \`scrape.maxAge: 0s\`: every scrape is answered by a poll that began after the scrape had come. Scrapes
that come while a poll runs share the next one, which the polls per scrape show. \`LATENCY HISTOGRAM\`, which
redis_exporter does not ask for, is in a poll every five seconds, so that scrapes in a tight loop hardly pay for it: see
the targets scraped every ten seconds for its price.

Why the goal for CPU is missed: a page has some 100 kB, and writing it to the socket is two fifths of the time, in the kernel; with gzip,
packing it costs about as much again as the poll. Both grow with the page, which has more series and longer help than redis_exporter's.
`;

const GOALS = {
  cpu: { of: 'ratio', is: 'at most', value: 0.2 },
  redisCpu: { of: 'ratio', is: 'at most', value: 0.45 },
  perSecond: { of: 'ratio', is: 'at least', value: 3 },
  p99: { of: 'ratio', is: 'at most', value: 0.5 },
} as const satisfies Record<string, Goal>;

export async function measureFresh(bench: Bench, redis: RedisServer, sides: Sides): Promise<Section> {
  const plain = await measureEncoding(bench, redis, sides, 'plain', GOALS);
  const gzip = await measureEncoding(bench, redis, sides, 'gzip', GOALS);
  return { title: 'A fresh scrape', text: TEXT, rivals: RIVALS, measurements: [...plain, ...gzip] };
}

async function measureEncoding(
  bench: Bench,
  redis: RedisServer,
  sides: Sides,
  encoding: keyof typeof ENCODINGS,
  goals: typeof GOALS
): Promise<Measurement[]> {
  const rounds = (connections: number) => loadRounds(bench, redis, sides, connections, ENCODINGS[encoding]);
  const [one, eight, many] = [await rounds(1), await rounds(8), await rounds(32)];
  return [
    compare('CPU per scrape, 1 connection', 'µs', one, (round) => round.cpuUsPerScrape, goals.cpu),
    compare('CPU of Redis per scrape, 1 connection', 'µs', one, (round) => round.redisCpuUsPerScrape, goals.redisCpu),
    compare('scrapes per second, 32 connections', '/s', many, (round) => round.perSecond, goals.perSecond),
    compare('latency, 99th percentile, 8 connections', 'ms', eight, (round) => round.p99Ms, goals.p99),
    compare('polls per scrape, 8 connections', '', eight, (round) => round.pollsPerScrape),
    compare('polls per scrape, 32 connections', '', many, (round) => round.pollsPerScrape),
  ].map((row) => ({ ...row, name: `${row.name}, ${encoding}` }));
}
