import type { FamilyDescriptor, Unit } from '../model/family';
import { isAtLeast } from '../model/server-facts';
import type { Collector } from './collector';
import { UnexpectedReply } from './replies';

const COMMAND = 'LATENCY LATEST';

function family(name: string, unit: Unit, help: string): FamilyDescriptor {
  return { name, type: 'gauge', unit, help, labelNames: ['event_name'], source: { command: COMMAND } };
}

const last = family('redis_latency_spike_last', 'timestamp', 'Unix time of the last latency spike of this event.');
const duration = family(
  'redis_latency_spike_duration_seconds',
  'seconds',
  'Length of the last latency spike of this event.'
);
const longest = family(
  'redis_latency_spike_max_duration_seconds',
  'seconds',
  'Length of the longest latency spike of this event since the start or LATENCY RESET.'
);

/** LATENCY LATEST: `[event, unix time, last ms, longest ms]`; empty unless latency-monitor-threshold is set. */
export const latency: Collector = {
  name: 'latency',
  help: 'Spikes seen by the latency monitor (needs latency-monitor-threshold).',
  families: [last, duration, longest],
  applies: (facts) => facts.mode !== 'sentinel' && isAtLeast(facts.redisVersion, 2, 8, 13),
  commands: () => [{ args: ['LATENCY', 'LATEST'] }],
  collect(replies, sink) {
    for (const event of replies.array(COMMAND)) {
      const [name, time, lastMs, maxMs] = Array.isArray(event) ? (event as readonly unknown[]) : [];
      if (typeof name !== 'string' || typeof time !== 'number' || typeof lastMs !== 'number') {
        throw new UnexpectedReply(COMMAND, 'a list of events with name, time and duration');
      }
      sink.add(last, time, [name]);
      sink.add(duration, lastMs / 1000, [name]);
      if (typeof maxMs === 'number') sink.add(longest, maxMs / 1000, [name]);
    }
  },
};
