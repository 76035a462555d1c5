import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { infoSection, parseInfo } from '../parse/info';
import { parsePercent } from '../parse/number';
import { collected, recordedInfo } from '../testing/collected';
import { replyCases } from '../testing/replies';
import { clients } from './clients';
import { cpu } from './cpu';
import { keydb } from './keydb';
import { memory } from './memory';
import { modules } from './modules';
import { persistence } from './persistence';
import { replication } from './replication';
import { scripting } from './scripting';
import { server } from './server';
import { stats } from './stats';
import { tls } from './tls';

const COLLECTORS = [server, clients, memory, persistence, stats, replication, cpu, modules, tls, scripting, keydb];
const FAMILIES = COLLECTORS.flatMap((collector) => collector.families);
const BY_NAME = new Map(FAMILIES.map((family) => [family.name, family]));

interface CompatibleMetric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly source: string;
  readonly group: string;
}

const GROUPS = [
  ...['server', 'clients', 'memory', 'persistence', 'stats', 'replication', 'cpu', 'tls', 'scripting'].map(
    (section) => `info:${section}`
  ),
  'keydb',
  'modules',
];

// Safe: every entry of the file has the members named above.
const ALL = JSON.parse(
  readFileSync(join(__dirname, '../testdata/redis-exporter-metrics.json'), 'utf8')
) as readonly CompatibleMetric[];
const COMPATIBLE = ALL.filter(({ group }) => GROUPS.includes(group));

describe('metrics of redis_exporter', () => {
  it('are there in every group', () => {
    expect(new Set(COMPATIBLE.map(({ group }) => group))).toEqual(new Set(GROUPS));
  });

  it.each(COMPATIBLE)('$name', ({ name, type, labels, source }) => {
    const family = BY_NAME.get(name);
    const [, ...moreLabels] = /plus labels (\w+) and (\w+)/.exec(source) ?? [];
    expect({
      type: family?.type === 'info' ? 'gauge' : family?.type,
      labels: family?.labelNames,
    }).toEqual({ type, labels: [...labels, ...moreLabels] });
    if (labels.length > 0) return;
    const [, field] = /(?:field|^INFO Server) ((?!field)\w+)/.exec(source) ?? [];
    expect(family?.source.field).toBe(field);
  });
});

function repeated(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => words.indexOf(word) !== index);
}

describe('families', () => {
  it('have a name of their own each', () => {
    expect(repeated(FAMILIES.map(({ name }) => name))).toEqual([]);
  });

  it('have a field of their own each', () => {
    const fields = FAMILIES.flatMap(({ source }) => (source.field === undefined ? [] : [source.field]));
    // The start time is the time of the poll less the uptime.
    expect(repeated(fields)).toEqual(['uptime_in_seconds']);
  });

  it.each(FAMILIES)('$name says what it means in one sentence', ({ name, help }) => {
    expect(help).toMatch(/^[A-Z01][^\n]{10,}[^.]\.$/);
    expect(help).not.toContain(name);
  });
});

/** Numeric fields that say nothing worth a name, or belong to another collector. */
const WITHOUT_ROW = [
  ...['redis_git_sha1', 'redis_git_dirty', 'arch_bits', 'lru_clock', 'tcp_port', 'uptime_in_days'],
  ...['cluster_connections', 'master_port', 'master_replid2'],
];

describe('recorded replies', () => {
  it.each(replyCases().filter(({ info }) => info !== ''))('$version $situation: every number has a row', ({ info }) => {
    const { shape, values } = parseInfo(info);
    const known = new Set([...FAMILIES.map(({ source }) => source.field), ...WITHOUT_ROW]);
    const sections = ['Server', 'Clients', 'Memory', 'Persistence', 'Stats', 'Replication', 'CPU'];
    const missing = sections.flatMap((name) => {
      const { from, to } = infoSection(shape, name) ?? { from: 0, to: 0 };
      return shape.keys.slice(from, to).filter((field, index) => {
        const value = parsePercent(values[from + index]!);
        return value !== undefined && !known.has(field);
      });
    });
    expect(missing).toEqual([]);
  });

  it.each([
    ['memory', 'valkey-8.0', 'master', 'redis_memory_used_peak_ratio', 0.9529],
    ['memory', 'valkey-8.0', 'master', 'redis_memory_used_dataset_ratio', 0.9496],
    ['memory', 'redis-2.8', 'master', 'redis_memory_max_bytes', undefined],
    ['memory', 'redis-6.2', 'sentinel', 'redis_memory_used_bytes', undefined],
    ['stats', 'valkey-8.0', 'master', 'redis_latest_fork_seconds', 0.000307],
    ['stats', 'valkey-8.0', 'master', 'redis_expired_stale_percentage', 0.04],
    ['stats', 'valkey-8.0', 'master', 'redis_instantaneous_output_bytes_per_second', 17 * 1024],
    ['stats', 'valkey-8.0', 'sentinel', 'redis_commands_processed_total', 9],
    ['persistence', 'redis-2.8', 'master', 'redis_rdb_last_bgsave_status', 1],
    ['persistence', 'redis-7.2', 'bgsave-failed', 'redis_rdb_last_bgsave_status', 0],
    ['persistence', 'redis-7.2', 'replica-up', 'redis_aof_current_size_bytes', undefined],
    ['persistence', 'redis-7.2', 'sentinel', 'redis_loading_dump_file', undefined],
    ['clients', 'redis-7.2', 'evicting', 'redis_max_clients', 20],
    ['keydb', 'redis-7.2', 'master', 'redis_server_threads_total', undefined],
  ])('%s of %s %s: %s is %s', (name, version, situation, series, value) => {
    const collector = COLLECTORS.find((one) => one.name === name)!;
    expect(collected(collector, recordedInfo(version, situation))[series]).toBe(value);
  });
});

describe('keydb', () => {
  it('gives what only KeyDB has', () => {
    const info =
      '# Memory\r\navailable_system_memory:unavailable\r\n# CPU\r\nserver_threads:4\r\nlong_lock_waits:2\r\n';
    expect(collected(keydb, info)).toEqual({ redis_server_threads_total: 4, redis_long_lock_waits_total: 2 });
  });
});
