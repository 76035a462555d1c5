import type { Reply } from '../model/command';
import type { FamilyDescriptor } from '../model/family';
import { isAtLeast } from '../model/server-facts';
import type { Collector } from './collector';
import { UnexpectedReply } from './replies';

const COMMAND = 'LATENCY HISTOGRAM';

/** The reply is thousands of numbers, dearer than all others together: polls closer than this share one. */
const EVERY_MS = 5000;

const latencies: FamilyDescriptor = {
  name: 'redis_commands_latencies_usec',
  type: 'histogram',
  unit: 'microseconds',
  help: 'Distribution of the time a command took, in buckets that double from a microsecond to a second (Redis 7.0+).',
  labelNames: ['cmd'],
  source: { command: COMMAND },
};

/** Upper bounds are few and come again with every command: their texts are made once. */
const bounds = new Map<number, string>();

function boundText(bound: number): string {
  let text = bounds.get(bound);
  if (text === undefined) {
    text = String(bound);
    if (bounds.size < 1000) bounds.set(bound, text);
  }
  return text;
}

/**
 * LATENCY HISTOGRAM: `[command, ["calls", n, "histogram_usec", [bound, calls up to it, ...]], ...]`. The sum is the
 * command's microseconds in INFO Commandstats.
 */
export const latencyHistogram: Collector = {
  name: 'latency-histogram',
  help: 'Latency histogram of each command.',
  families: [latencies],
  applies: (facts) => facts.mode !== 'sentinel' && isAtLeast(facts.redisVersion, 7),
  commands: () => [{ args: ['LATENCY', 'HISTOGRAM'] }],
  everyMs: EVERY_MS,
  collect(replies, sink) {
    const reply = replies.array(COMMAND);
    for (let at = 0; at + 1 < reply.length; at += 2) {
      const command = reply[at];
      const details = reply[at + 1];
      const [, calls, , buckets] = isArray(details) ? details : [];
      if (typeof command !== 'string' || typeof calls !== 'number' || !isArray(buckets)) throw unexpected();
      for (let bucket = 0; bucket + 1 < buckets.length; bucket += 2) {
        const bound = buckets[bucket];
        const callsUpToIt = buckets[bucket + 1];
        if (typeof bound !== 'number' || typeof callsUpToIt !== 'number') throw unexpected();
        sink.add(latencies, callsUpToIt, [command, boundText(bound)], '_bucket');
      }
      sink.add(latencies, calls, [command, '+Inf'], '_bucket');
      sink.add(latencies, replies.usage.get(command)?.usec ?? 0, [command], '_sum');
      sink.add(latencies, calls, [command], '_count');
    }
  },
};

function unexpected(): UnexpectedReply {
  return new UnexpectedReply(COMMAND, 'a list of commands with calls and buckets');
}

function isArray(reply: Reply | undefined): reply is readonly Reply[] {
  return Array.isArray(reply);
}
