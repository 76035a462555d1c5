import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FamilyDescriptor } from '../model/family';
import { self } from '../poll/self-families';
import { Telemetry } from '../telemetry/telemetry';
import { collected } from '../testing/collected';
import { parseExposition, type ExposedFamily } from '../testing/exposition';
import { cluster } from './cluster';
import { collectors } from './registry';

interface CompatibleMetric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  /** `CLUSTER INFO field cluster_stats_messages_sent`, in words. */
  readonly source: string;
  readonly group: string;
  readonly default: boolean;
}

// Safe: every entry of the file has the members named above.
const METRICS = (
  JSON.parse(
    readFileSync(join(__dirname, '../testdata/redis-exporter-metrics.json'), 'utf8')
  ) as readonly CompatibleMetric[]
).filter((metric) => metric.default);

const FAMILIES: ReadonlyMap<string, FamilyDescriptor> = new Map(
  [...collectors.flatMap((collector) => collector.families), ...Object.values(self)].map((family) => [
    family.name,
    family,
  ])
);

/** What the process says of itself, not of a target. */
const isOfProcess = ({ name }: CompatibleMetric): boolean =>
  /^(process|redis_exporter|redis_target)_/.test(name) && !FAMILIES.has(name);
const isMadeUp = ({ group, name }: CompatibleMetric): boolean => group === 'cluster' && !FAMILIES.has(name);

describe('of the metrics redis_exporter gives by default, by name, type and labels,', () => {
  const ofTargets = METRICS.filter((metric) => !isOfProcess(metric) && !isMadeUp(metric));

  it.each(ofTargets)('$name is there', ({ name, type, labels, source }) => {
    const family = FAMILIES.get(name);
    const [, ...moreLabels] = /plus labels (\w+) and (\w+)/.exec(source) ?? [];
    expect({ type: family?.type === 'info' ? 'gauge' : family?.type, labels: family?.labelNames }).toEqual({
      type,
      labels: [...labels, ...moreLabels],
    });
  });

  const NODE = '# Server\r\nredis_mode:cluster\r\n';
  const fields = METRICS.filter(isMadeUp).filter(({ name }) => !name.includes('<'));
  it.each(fields)('$name is there when CLUSTER INFO has it', ({ name, type, labels, source }) => {
    const [, field = ''] = /^CLUSTER INFO (\S+)$/.exec(source) ?? [];
    expect(collected(cluster, NODE, { 'CLUSTER INFO': `${field}:7\r\n` })).toEqual({ [name]: 7 });
    expect([type, labels, cluster.dynamicFamilies?.map((family) => family.type)]).toEqual(['gauge', [], ['gauge']]);
  });

  let ofProcess: ReadonlyMap<string, ExposedFamily>;
  beforeAll(async () => {
    const telemetry = new Telemetry({ namespace: 'redis', version: '1.2.3', countTargets: () => 1 });
    ofProcess = parseExposition(await telemetry.text('text', 'process'));
  });

  it.each(METRICS.filter(isOfProcess))('$name is there, said of the process', ({ name, type, labels }) => {
    const family = ofProcess.get(name);
    expect({ type: family?.type, labels: Object.keys(family?.samples[0]?.labels ?? {}) }).toEqual({ type, labels });
  });
});

describe('what dashboards and rules in the wild need', () => {
  it.each([
    ...['redis_up', 'redis_uptime_in_seconds', 'redis_connected_clients', 'redis_blocked_clients'],
    ...[
      'redis_memory_used_bytes',
      'redis_memory_max_bytes',
      'redis_memory_used_rss_bytes',
      'redis_commands_total{cmd}',
    ],
    ...['redis_commands_duration_seconds_total{cmd}', 'redis_keyspace_hits_total', 'redis_keyspace_misses_total'],
    ...[
      'redis_net_input_bytes_total',
      'redis_net_output_bytes_total',
      'redis_db_keys{db}',
      'redis_db_keys_expiring{db}',
    ],
    ...['redis_expired_keys_total', 'redis_evicted_keys_total', 'redis_connected_slaves'],
    ...['redis_master_last_io_seconds_ago', 'redis_cluster_state', 'redis_cluster_slots_fail'],
    ...['redis_cluster_slots_pfail', 'redis_instance_info{role}', 'redis_rdb_last_save_timestamp_seconds'],
    ...['redis_total_system_memory_bytes', 'redis_rejected_connections_total', 'redis_exporter_last_scrape_error{err}'],
    ...['redis_exporter_last_scrape_duration_seconds'],
  ])('%s', (series) => {
    const [, name = '', label] = /^(\w+)(?:\{(\w+)\})?$/.exec(series) ?? [];
    expect([...FAMILIES.keys()]).toContain(name);
    if (label !== undefined) expect(FAMILIES.get(name)?.labelNames).toContain(label);
  });
});
