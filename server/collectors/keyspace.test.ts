import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { keyspace } from './keyspace';

function of(lines: readonly string[], databases?: Reply | ErrorReply, ...server: readonly string[]) {
  const info = ['# Server', 'redis_version:6.2.0', ...server, '# Keyspace', ...lines, ''].join('\r\n');
  return collected(keyspace, info, databases === undefined ? {} : { 'CONFIG GET databases': databases });
}

function databasesIn(series: Record<string, number>): number {
  return Object.keys(series).filter((name) => name.startsWith('redis_db_keys{')).length;
}

describe('keyspace', () => {
  it.each([
    [
      'what a line says (Redis 6.2)',
      'db0:keys=369,expires=61,avg_ttl=3541697',
      {
        'redis_db_keys{db="db0"}': 369,
        'redis_db_keys_expiring{db="db0"}': 61,
        'redis_db_avg_ttl_seconds{db="db0"}': 3541.697,
      },
    ],
    [
      'pairs by name, in whatever order (Redis 7.4)',
      'db0:subexpiry=1,avg_ttl=0,expires=2,keys=3',
      {
        'redis_db_keys{db="db0"}': 3,
        'redis_db_keys_expiring{db="db0"}': 2,
        'redis_db_avg_ttl_seconds{db="db0"}': 0,
        'redis_db_keys_with_expiring_items{db="db0"}': 1,
      },
    ],
    [
      'keys with expiring fields (Valkey 9.0)',
      'db0:keys=3,expires=2,avg_ttl=0,keys_with_volatile_items=1',
      {
        'redis_db_keys{db="db0"}': 3,
        'redis_db_keys_expiring{db="db0"}': 2,
        'redis_db_avg_ttl_seconds{db="db0"}': 0,
        'redis_db_keys_with_expiring_items{db="db0"}': 1,
      },
    ],
    [
      'keys in memory (KeyDB)',
      'db0:keys=3,expires=2,avg_ttl=0,cached_keys=1',
      {
        'redis_db_keys{db="db0"}': 3,
        'redis_db_keys_expiring{db="db0"}': 2,
        'redis_db_avg_ttl_seconds{db="db0"}': 0,
        'redis_db_keys_cached{db="db0"}': 1,
      },
    ],
    [
      'no average where there is none (Redis 2.6)',
      'db0:keys=3,expires=2',
      { 'redis_db_keys{db="db0"}': 3, 'redis_db_keys_expiring{db="db0"}': 2 },
    ],
    [
      'nothing of a line that is no database',
      'total:keys=9',
      { 'redis_db_keys{db="db0"}': 0, 'redis_db_keys_expiring{db="db0"}': 0 },
    ],
  ])('gives %s', (_, line, expected) => {
    expect(of([line], ['databases', '1'])).toEqual(expected);
  });

  it('fills in the configured databases that are empty', () => {
    expect(of(['db1:keys=3,expires=0'], ['databases', '3'])).toEqual({
      'redis_db_keys{db="db0"}': 0,
      'redis_db_keys_expiring{db="db0"}': 0,
      'redis_db_keys{db="db1"}': 3,
      'redis_db_keys_expiring{db="db1"}': 0,
      'redis_db_keys{db="db2"}': 0,
      'redis_db_keys_expiring{db="db2"}': 0,
    });
  });

  it.each([
    ['CONFIG was not asked', undefined, 16],
    ['CONFIG is refused', new ErrorReply('NOPERM'), 16],
    ['CONFIG is hidden', [], 16],
    ['CONFIG does not know yet (Dragonfly)', ['databases', 'tbd'], 16],
    ['there are many', ['databases', '100'], 100],
    ['there are too many', ['databases', '1000000'], 1024],
  ])('fills in a sensible number where %s', (_, databases, count) => {
    expect(databasesIn(of([], databases))).toBe(count);
  });

  it.each([
    ['cluster_enabled:1', [], 1],
    ['cluster_enabled:1', ['db3:keys=1,expires=0'], 2], // Valkey 9.0 knows databases in a cluster
    ['cluster_enabled:0', [], 16],
  ])('fills in one database of a cluster node: %s', (line, lines, count) => {
    expect(databasesIn(of(lines, ['databases', '16'], line))).toBe(count);
  });
});
