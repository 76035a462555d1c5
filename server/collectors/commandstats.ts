import type { FamilyDescriptor, Unit } from '../model/family';
import { infoCollector } from './info-fields';

function family(field: string, name: string, unit: Unit, help: string): FamilyDescriptor {
  const source = { command: 'INFO', section: 'Commandstats', field: `cmdstat_<command> ${field}` };
  return { name, type: 'counter', unit, help, labelNames: ['cmd'], source };
}

const calls = family('calls', 'redis_commands_total', 'none', 'Calls of the command that reached its execution.');
const duration = family(
  'usec',
  'redis_commands_duration_seconds_total',
  'seconds',
  'Time spent executing the command, without the time it waited.'
);
const rejected = family(
  'rejected_calls',
  'redis_commands_rejected_calls_total',
  'none',
  'Calls refused before execution, for example for a wrong number of arguments or a missing permission (Redis 6.2+).'
);
const failed = family(
  'failed_calls',
  'redis_commands_failed_calls_total',
  'none',
  'Calls that failed while executing, for example on a key of the wrong type (Redis 6.2+).'
);

/** INFO section Commandstats. */
export const commandstats = infoCollector({
  name: 'commandstats',
  help: 'Calls, time, rejections and failures of each command.',
  fields: [],
  families: [calls, duration, rejected, failed],
  collect({ commandStats }, sink) {
    for (const stat of commandStats) {
      const label = [stat.command];
      sink.add(calls, stat.calls, label);
      sink.add(duration, stat.usec / 1e6, label);
      if (stat.rejectedCalls !== undefined) sink.add(rejected, stat.rejectedCalls, label);
      if (stat.failedCalls !== undefined) sink.add(failed, stat.failedCalls, label);
    }
  },
});
