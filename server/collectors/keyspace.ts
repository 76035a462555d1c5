import type { FamilyDescriptor, Unit } from '../model/family';
import { infoSection } from '../parse/info';
import { parseKeyValues } from '../parse/key-values';
import { parseNumber } from '../parse/number';
import { settings } from './config-values';
import { infoCollector } from './info-fields';
import type { Replies } from './replies';

const DEFAULT_DATABASES = 16;
/** Beyond this many configured databases only those with keys are given: each empty one costs two series. */
const MOST_DATABASES_FILLED = 1024;

const DATABASE = /^db\d+$/;

function family(field: string, name: string, unit: Unit, help: string): FamilyDescriptor {
  const source = { command: 'INFO', section: 'Keyspace', field: `db<n> ${field}` };
  return { name, type: 'gauge', unit, help, labelNames: ['db'], source };
}

const keys = family('keys', 'redis_db_keys', 'none', 'Keys in the database; 0 for a configured database without any.');
const expiring = family('expires', 'redis_db_keys_expiring', 'none', 'Keys in the database that have a time to live.');

/** Fields of a database's line that are given only where the server prints them. */
const OPTIONAL: readonly {
  readonly field: readonly string[];
  readonly family: FamilyDescriptor;
  readonly divisor: number;
}[] = [
  {
    field: ['avg_ttl'],
    family: family(
      'avg_ttl',
      'redis_db_avg_ttl_seconds',
      'seconds',
      'Average remaining time to live of the expiring keys, as the server estimates it; 0 without any.'
    ),
    divisor: 1000,
  },
  {
    field: ['cached_keys'],
    family: family(
      'cached_keys',
      'redis_db_keys_cached',
      'none',
      'Keys of the database held in memory (KeyDB with storage on disk).'
    ),
    divisor: 1,
  },
  {
    field: ['subexpiry', 'keys_with_volatile_items'],
    family: family(
      'subexpiry, keys_with_volatile_items',
      'redis_db_keys_with_expiring_items',
      'none',
      'Keys whose fields have a time to live of their own (Redis 7.4+, Valkey 9.0+).'
    ),
    divisor: 1,
  },
];

/** INFO section Keyspace, read by name: `db0:keys=2,expires=1,avg_ttl=498149,subexpiry=1`. */
export const keyspace = infoCollector({
  name: 'keyspace',
  help: 'Keys of each database; empty databases are filled in up to the configured number (16 where CONFIG tells none).',
  fields: [],
  families: [keys, expiring, ...OPTIONAL.map((row) => row.family)],
  collect(replies, sink) {
    const { info } = replies;
    const section = infoSection(info.shape, 'Keyspace');
    const seen = new Set<string>();
    for (let at = section?.from ?? 0; at < (section?.to ?? 0); at++) {
      const db = info.shape.keys[at] as string;
      if (!DATABASE.test(db)) continue;
      const label = [db];
      const pairs = parseKeyValues(info.values[at] as string);
      const number = (field: string): number | undefined => parseNumber(pairs.get(field) ?? '');
      seen.add(db);
      sink.add(keys, number('keys') ?? 0, label);
      sink.add(expiring, number('expires') ?? 0, label);
      for (const row of OPTIONAL) {
        const value = row.field.map(number).find((one) => one !== undefined);
        if (value !== undefined) sink.add(row.family, value / row.divisor, label);
      }
    }
    for (let index = 0; index < Math.min(countConfigured(replies), MOST_DATABASES_FILLED); index++) {
      if (seen.has(`db${index}`)) continue;
      sink.add(keys, 0, [`db${index}`]);
      sink.add(expiring, 0, [`db${index}`]);
    }
  },
});

/** Dragonfly answers `tbd`. */
function countConfigured(replies: Replies): number {
  if (replies.facts.mode === 'cluster') return 1;
  return parseNumber(settings(replies).get('databases') ?? '') ?? DEFAULT_DATABASES;
}
