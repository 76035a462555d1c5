import type { FamilyDescriptor } from '../model/family';
import { eachNumber } from '../parse/key-values';
import { fieldsLike, infoCollector } from './info-fields';

const lines = fieldsLike('Latencystats', /^latency_percentiles_usec_(.+)$/);

const percentiles: FamilyDescriptor = {
  name: 'redis_latency_percentiles_usec',
  type: 'summary',
  unit: 'microseconds',
  help: 'Percentiles of the time a command took since the start or the last reset; quantile is in percent, 50 is the median (Redis 7.0+).',
  labelNames: ['cmd'],
  source: { command: 'INFO', section: 'Latencystats', field: 'latency_percentiles_usec_<command>' },
};

/**
 * INFO section Latencystats: `latency_percentiles_usec_get:p50=1.003,p99=2.007,p99.9=8.031`. The summary's count and
 * sum are calls and usec of the command in Commandstats.
 */
export const latencystats = infoCollector({
  name: 'latencystats',
  help: 'Latency percentiles of each command.',
  fields: [],
  families: [percentiles],
  collect({ info, usage }, sink) {
    for (const { at, part: command } of lines(info.shape)) {
      eachNumber(info.values[at] as string, (percentile, value) => {
        sink.add(percentiles, value, [command, percentile.slice(1)]);
      });
      const { calls = 0, usec = 0 } = usage.get(command) ?? {};
      sink.add(percentiles, usec, [command], '_sum');
      sink.add(percentiles, calls, [command], '_count');
    }
  },
});
