import type { FamilyDescriptor } from '../model/family';
import { FAMILIES } from '../testing/query-context';
import { DERIVED_FIELDS } from './derived-fields';
import { fieldIndex, type QueryField } from './field-index';

const unknownField: FamilyDescriptor = {
  name: 'redis_info_memory_mem_novelty',
  type: 'gauge',
  unit: 'none',
  help: 'Field mem_novelty of INFO section Memory.',
  labelNames: [],
  source: { command: 'INFO', section: 'Memory', field: 'mem_novelty' },
};
const index = fieldIndex(FAMILIES, [unknownField]);

function nameOf(field: QueryField): string {
  return field.kind === 'stored' ? field.stored.metric : field.derived.field;
}

function found(section: string | undefined, name: string): string[] {
  return index.find(section, name).map(nameOf);
}

describe('every field of the catalogue', () => {
  it('has a name of its own within its section', () => {
    const names = index.stored.map(({ section, field }) => `${section} ${field}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('is found by section and field, and by its metric alone', () => {
    expect(index.stored.map(({ section, field }) => found(section, field))).toEqual(
      index.stored.map(({ metric }) => [metric])
    );
    expect(index.stored.map(({ metric }) => found(undefined, metric))).toEqual(
      index.stored.map(({ metric }) => [metric])
    );
  });

  it('has a name that can be typed, and a title', () => {
    expect(index.stored.filter(({ field }) => !/^[\w-]+$/.test(field))).toEqual([]);
    expect(index.stored.filter(({ title }) => !/^[A-Z]/.test(title))).toEqual([]);
  });

  it('is not called like a derived field', () => {
    const derived = new Set(DERIVED_FIELDS.map(({ field }) => field));
    expect(index.stored.filter(({ names }) => [...names.keys()].some((name) => derived.has(name)))).toEqual([]);
    expect(derived.size).toBe(DERIVED_FIELDS.length);
  });
});

describe('find', () => {
  it.each<[string, string | undefined, string, string[]]>([
    ["INFO's field", 'Memory', 'used_memory', ['redis_memory_used_bytes']],
    ['a section in other letters', 'memory', 'used_memory', ['redis_memory_used_bytes']],
    ["INFO's field in any section", undefined, 'used_memory', ['redis_memory_used_bytes']],
    ["INFO's field rather than an argument", undefined, 'maxmemory', ['redis_memory_max_bytes']],
    ['the argument of a command', 'CONFIG GET', 'maxmemory', ['redis_config_maxmemory']],
    ['a word of a line of INFO', 'Commandstats', 'calls', ['redis_commands_total']],
    ['a word of a line of INFO in any section', undefined, 'keys', ['redis_db_keys']],
    ['one of two words', 'Keyspace', 'keys_with_volatile_items', ['redis_db_keys_with_expiring_items']],
    [
      'the field as the source has it',
      'Commandstats',
      'cmdstat_<command> usec',
      ['redis_commands_duration_seconds_total'],
    ],
    ['the whole source', undefined, 'INFO Keyspace db<n> expires', ['redis_db_keys_expiring']],
    ['a calculated one', 'Replication', 'connected_slave_lag_bytes', ['redis_connected_slave_lag_bytes']],
    ['the second family of one field', 'Server', 'start_time_seconds', ['redis_start_time_seconds']],
    ['the first family of one field', 'Server', 'uptime_in_seconds', ['redis_uptime_in_seconds']],
    ['a command without arguments', 'SLOWLOG LEN', 'slowlog_length', ['redis_slowlog_length']],
    ['a command with a number', 'SLOWLOG GET', 'slowlog_last_id', ['redis_slowlog_last_id']],
    ['what polls say', 'Polling', 'up', ['redis_up']],
    ['a summary', 'Latencystats', 'latency_percentiles_usec', ['redis_latency_percentiles_usec']],
    ['a line of a summary', 'Latencystats', 'latency_percentiles_usec_sum', ['redis_latency_percentiles_usec_sum']],
    [
      'a line of a histogram',
      undefined,
      'redis_commands_latencies_usec_bucket',
      ['redis_commands_latencies_usec_bucket'],
    ],
    [
      'all lines of a histogram',
      undefined,
      'redis_commands_latencies_usec',
      [
        'redis_commands_latencies_usec_bucket',
        'redis_commands_latencies_usec_sum',
        'redis_commands_latencies_usec_count',
      ],
    ],
    ['a field no collector knows', 'Memory', 'mem_novelty', ['redis_info_memory_mem_novelty']],
    ['a derived field', 'Derived', 'hit_ratio', ['hit_ratio']],
    ['a derived field in any section', undefined, 'hit_ratio', ['hit_ratio']],
    [
      'a word of two sections',
      undefined,
      'flags',
      ['redis_sentinel_master_ok_slaves', 'redis_sentinel_master_ok_sentinels'],
    ],
  ])('knows %s', (_, section, name, expected) => {
    expect(found(section, name)).toEqual(expected);
  });

  it.each<[string, string | undefined, string, string]>([
    [
      'a slip',
      'Memory',
      'usd_memory',
      'there is no field `usd_memory` in section Memory: did you mean `used_memory`, `used_memory_lua` or `used_memory_rss`?',
    ],
    [
      'the wrong section',
      'Memory',
      'keyspace_hits',
      'there is no field `keyspace_hits` in section Memory: it is in section Stats',
    ],
    ['a section that is none', 'Memry', 'used_memory', 'there is no section `Memry`: did you mean `Memory`?'],
    ['nothing like it', undefined, 'zzz', 'there is no field `zzz`'],
  ])('says what to do about %s', (_, section, name, message) => {
    expect(() => found(section, name)).toThrow(message);
  });

  it('keeps the names that were declared when a server brings new fields', () => {
    const clash = {
      ...unknownField,
      name: 'redis_info_server_hz',
      source: { command: 'INFO', section: 'Server', field: 'hz' },
    };
    const other = fieldIndex(FAMILIES, [clash]);
    expect(other.find('Server', 'hz').map(nameOf)).toEqual(['redis_hz']);
    expect(other.find('Server', 'redis_info_server_hz').map(nameOf)).toEqual(['redis_info_server_hz']);
  });
});

it('follows the families that are found, each of which counts once', () => {
  const names = (families: readonly FamilyDescriptor[]) =>
    fieldIndex(FAMILIES, families).stored.flatMap(({ metric }) => (metric.startsWith('redis_info_') ? [metric] : []));
  expect(names([unknownField, { ...unknownField }])).toEqual(['redis_info_memory_mem_novelty']);
  expect(names([])).toEqual([]);
  expect(names([unknownField])).toEqual(['redis_info_memory_mem_novelty']);
});

it('derived fields read families that exist and have the labels they keep', () => {
  const byName = new Map(FAMILIES.map((one) => [one.name, one]));
  const wrong = DERIVED_FIELDS.filter(({ inputs, labels }) => {
    return !inputs.every(
      ({ family }) => labels.every((name) => byName.get(family)?.labelNames.includes(name)) && byName.has(family)
    );
  });
  expect(wrong).toEqual([]);
});
