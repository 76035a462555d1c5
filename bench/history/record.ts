import { setTimeout as sleep } from 'node:timers/promises';
import { collectors } from '../../server/collectors/registry';
import type { SampleSet } from '../../server/model/samples';
import { TargetSet } from '../../server/poll/target-set';
import { Connection } from '../../server/redis/connection';
import { randomInteger, randomNumbers } from '../../server/testing/random';
import { systemClock } from '../../server/util/clock';
import type { RedisServer } from '../lib/redis-server';
import { sendRound, TRAFFIC } from '../lib/traffic';
import { toRecording, type Recording } from './recorded';

/** How often the server is polled; the benchmark takes polls to be ten seconds apart. */
const EVERY_MS = 500;
/** Until everything is there that a poll may find. */
const LEFT_OUT = 2;
/** Rounds of traffic between two looks at the clock, at most. */
const MOST_ROUNDS = 20;
/** Beyond those the server has seen already: keys are new, and memory grows. */
const FIRST_ROUND = 10_000;

/** Polls a server as the collector does, while it is asked now more and now less. */
export async function record(redis: RedisServer, polls: number): Promise<Recording> {
  const recorded: SampleSet[] = [];
  const targets = new TargetSet({
    connect: (target, signal) => Connection.open(target, signal),
    collectors,
    clock: systemClock,
    random: Math.random,
    publish: ({ failure, samples }) => {
      if (failure === undefined) recorded.push(samples);
    },
  });
  const target = {
    name: 'recorded',
    address: { kind: 'tcp', host: '127.0.0.1', port: redis.port } as const,
    labels: {},
    intervalMs: EVERY_MS,
    timeoutMs: EVERY_MS,
    disabledCollectors: new Set<string>(),
  };
  targets.replace([target], () => true);
  const random = randomNumbers(3);
  for (let round = FIRST_ROUND; recorded.length < polls + LEFT_OUT;) {
    for (let left = randomInteger(random, MOST_ROUNDS); left > 0; left--) {
      await sendRound(redis.client, TRAFFIC.few, round++);
    }
    await sleep(randomInteger(random, EVERY_MS));
  }
  targets.close();
  return toRecording(recorded.slice(LEFT_OUT, LEFT_OUT + polls));
}
