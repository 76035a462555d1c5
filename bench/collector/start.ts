import type { Bench } from './bench';
import { compare } from '../lib/measurement';
import type { RedisServer } from '../lib/redis-server';
import { alternate } from '../lib/rounds';
import type { Section } from '../lib/section';
import { startOurs, type Side } from '../lib/side';
import { RIVALS, showsTarget, startExporter } from './sides';

const TEXT = `
From the start of the process until a client that keeps asking has got a page with the server's numbers.
`;

export async function measureStart({ processes, tools, plan }: Bench, redis: RedisServer): Promise<Section> {
  const timed = async (started: Promise<Side>): Promise<number> => {
    const side = await started;
    await side.stop();
    return side.readyMs;
  };
  const rounds = await alternate(
    {
      ours: () => timed(startOurs(processes, { args: [redis.url], isReady: showsTarget() })),
      its: () => timed(startExporter(processes, tools.exporter, redis.url)),
    },
    plan.rounds
  );
  return {
    title: 'Start',
    text: TEXT,
    rivals: RIVALS,
    measurements: [compare('time to the first page', 'ms', rounds, (ms) => ms)],
  };
}
