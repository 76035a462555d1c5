import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Goal } from '../lib/measurement';
import type { RedisServer } from '../lib/redis-server';
import { alternate } from '../lib/rounds';
import type { Section } from '../lib/section';
import { checkPage, RIVALS, type Sides } from './sides';
import { parseServerCounters, type ServerCounters } from './server-counters';

/** Scrapes of each side, so far apart that everything asked for every five seconds is among them. */
const SCRAPES = 30;
const GAP_MS = 200;

const TEXT = `
One scrape at a time with \`scrape.maxAge: 0s\`, as Redis' own counters have it (${SCRAPES} scrapes over six seconds, all of
them judged). A round trip is a read of a client's socket that finds something. Not among them are \`CONFIG GET\`, which
Redis Vitals adds once a minute to the same round trip, and its first scrape, which connects.
`;

const GOALS = {
  roundTrips: { of: 'ours', is: 'exactly', value: 1 },
  connections: { of: 'ours', is: 'exactly', value: 0 },
  commands: { of: 'ours', is: 'at most', value: 5 },
} as const satisfies Record<string, Goal>;

export async function measureRoundTrips(redis: RedisServer, { ours, its }: Sides): Promise<Section> {
  const costOf = async (url: string): Promise<ServerCounters> => {
    await sleep(GAP_MS / 2);
    const before = parseServerCounters(await redis.client.info('all'));
    await checkPage(`${url}/metrics`);
    const after = parseServerCounters(await redis.client.info('all'));
    return {
      connections: after.connections - before.connections,
      reads: after.reads - before.reads - 1, // the last INFO
      commands: after.commands - before.commands - 1, // the first INFO
    };
  };
  const pages = [{ ours: await checkPage(`${ours.url}/metrics`), its: await checkPage(`${its.url}/metrics`) }];
  const rounds = await alternate({ ours: () => costOf(ours.url), its: () => costOf(its.url) }, SCRAPES + 1);
  return {
    title: 'What a scrape asks of Redis',
    text: TEXT,
    rivals: RIVALS,
    measurements: [
      // Of a connection that is opened and closed again, one read more finds the end.
      compare('round trips', '', rounds, ({ reads, connections }) => reads - connections, GOALS.roundTrips),
      compare('new connections', '', rounds, ({ connections }) => connections, GOALS.connections),
      compare('commands', '', rounds, ({ commands }) => commands, GOALS.commands),
      compare('on the page', 'series', pages, (page) => page.match(/^[^#]/gm)?.length ?? 0),
      compare('size of the page', 'kB', pages, (page) => Buffer.byteLength(page) / 1000),
    ],
  };
}
