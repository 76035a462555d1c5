import { ENCODINGS, type Bench } from './bench';
import { loadRounds } from './load';
import { compare, type Goal, type Measurement, type Round } from '../lib/measurement';
import type { RedisServer } from '../lib/redis-server';
import type { Section } from '../lib/section';
import { RIVALS, type Sides } from './sides';

const TEXT = `
Redis Vitals with its defaults: **this is a cache**. Scrapes share a poll that began at most one second before
(\`scrape.maxAge\`), and pages rendered at most 0.1 s before; \`redis_vitals_snapshot_age_seconds\` on the page tells the
age of its data. redis_exporter polls for each scrape.
`;

const GOAL: Goal = { of: 'ratio', is: 'at least', value: 15 };

/** How often the age of the data is looked at. */
const AGE_SAMPLE_MS = 250;

export async function measureShared(bench: Bench, redis: RedisServer, sides: Sides): Promise<Section> {
  const measurements: Measurement[] = [];
  for (const connections of [8, 32]) {
    const ages: Round[] = [];
    const sampler = setInterval(
      () => void readAge(sides.ours.url).then((ours) => ages.push({ ours, its: 0 })),
      AGE_SAMPLE_MS
    );
    const rounds = await loadRounds(bench, redis, sides, connections, ENCODINGS.plain);
    clearInterval(sampler);
    measurements.push(
      compare(`scrapes per second, ${connections} connections`, '/s', rounds, (round) => round.perSecond, GOAL),
      { name: `age of the data, ${connections} connections`, unit: 's', rounds: ages }
    );
  }
  return { title: 'A shared scrape', text: TEXT, rivals: RIVALS, measurements };
}

/** Seconds between the start of the oldest poll on the page and the page. */
async function readAge(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { method: 'HEAD' });
  return Number(response.headers.get('snapshot-age-seconds'));
}
