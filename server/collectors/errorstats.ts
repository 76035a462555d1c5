import type { FamilyDescriptor } from '../model/family';
import { infoSection } from '../parse/info';
import { parseKeyValues } from '../parse/key-values';
import { parseNumber } from '../parse/number';
import { infoCollector } from './info-fields';

const PREFIX = 'errorstat_';

const errors: FamilyDescriptor = {
  name: 'redis_errors_total',
  type: 'counter',
  unit: 'none',
  help: 'Error replies sent to clients, by the first word of the error (Redis 6.2+).',
  labelNames: ['err'],
  source: { command: 'INFO', section: 'Errorstats', field: 'errorstat_<prefix> count' },
};

/** INFO section Errorstats: `errorstat_ERR:count=2`. */
export const errorstats = infoCollector({
  name: 'errorstats',
  help: 'Error replies by kind.',
  fields: [],
  families: [errors],
  collect({ info }, sink) {
    const section = infoSection(info.shape, 'Errorstats');
    if (section === undefined) return;
    for (let at = section.from; at < section.to; at++) {
      const key = info.shape.keys[at] as string;
      const count = parseNumber(parseKeyValues(info.values[at] as string).get('count') ?? '');
      if (key.startsWith(PREFIX) && count !== undefined) sink.add(errors, count, [key.slice(PREFIX.length)]);
    }
  },
});
