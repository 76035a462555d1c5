import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectors } from '../collectors/registry';
import { familyHeader } from '../exposition/naming';
import type { FamilyDescriptor } from '../model/family';
import { self } from '../poll/self-families';
import { startCollector } from '../testing/collector-process';
import { SERVER_KINDS, startServerKinds, type ServerKinds } from '../testing/server-kinds';
import { findTool } from '../testing/tool';

/** What promtool does not like, and the names of redis_exporter that have to be like this all the same. */
const FORCED: Readonly<Record<string, readonly string[]>> = {
  'counter metrics should have "_total" suffix': [
    ...['redis_dump_payload_sanitizations', 'redis_io_threaded_reads_processed', 'redis_io_threaded_writes_processed'],
    ...['redis_total_error_replies', 'redis_total_reads_processed', 'redis_total_writes_processed'],
    'redis_unexpected_error_replies',
  ],
  'non-counter metrics should not have "_total" suffix': [
    ...['redis_cluster_messages_received_total', 'redis_cluster_messages_sent_total', 'redis_memory_used_vm_total'],
    ...['redis_migrate_cached_sockets_total', 'redis_rdb_saves_total'],
  ],
  'metric names should not contain abbreviated units': [
    ...['redis_aof_current_rewrite_duration_sec', 'redis_aof_last_rewrite_duration_sec'],
    ...['redis_current_eviction_exceeded_time_ms', 'redis_eviction_exceeded_time_ms_total'],
    ...['redis_expire_cycle_cpu_time_ms_total', 'redis_instantaneous_eventloop_cycles_per_sec'],
    ...['redis_rdb_current_bgsave_duration_sec', 'redis_rdb_last_bgsave_duration_sec'],
  ],
  'use base unit "seconds" instead of "milliseconds"': [
    ...['redis_last_key_groups_scrape_duration_milliseconds', 'redis_sentinel_master_setting_down_after_milliseconds'],
  ],
};
const FORCED_COMPLAINTS = Object.entries(FORCED).flatMap(([text, names]) => names.map((name) => `${name} ${text}`));

/** Names redis_exporter gives, also by default never. */
const COMPATIBLE_NAMES = new Set(
  // Safe: every entry of the file has a name.
  (
    JSON.parse(readFileSync(join(__dirname, '../testdata/redis-exporter-metrics.json'), 'utf8')) as { name: string }[]
  ).map(({ name }) => name)
);

/** What promtool has to say of a page, one line each: `<name> <complaint>`, or what it cannot read. */
function complaintsAbout(page: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(findTool('promtool'), ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  const lines = (stdout + stderr).split('\n').filter((line) => line !== '');
  return lines.length === 0 && status !== 0 ? [`promtool ended with ${status}`] : lines;
}

describe('promtool check metrics on /metrics', () => {
  let servers: ServerKinds;
  beforeAll(async () => {
    servers = await startServerKinds();
  }, 60_000);

  it.each([
    ['one target', () => ({ args: [servers.master.url] })],
    [
      'several targets with labels',
      () => ({
        configText: JSON.stringify({
          defaults: { labels: { team: 'a "quoted" \\ one' } },
          targets: SERVER_KINDS.map((kind) => ({ name: kind, url: servers[kind].url })),
        }),
      }),
    ],
  ])('of %s complains only of what compatible names force', async (_, options) => {
    const collector = await startCollector(options());
    const { text } = await collector.get('/metrics');
    await collector.kill();
    expect(text).toContain('redis_commands_total');
    expect(complaintsAbout(text).filter((line) => !FORCED_COMPLAINTS.includes(line))).toEqual([]);
  });
});

describe('promtool check metrics', () => {
  it('is told of complaints, also of those about a page it cannot read', () => {
    expect(complaintsAbout('# HELP a_total It.\n# TYPE a_total gauge\na_total 1\n')).toEqual([
      'a_total non-counter metrics should not have "_total" suffix',
    ]);
    expect(complaintsAbout('a 1\na{ 2\n')).toEqual([expect.stringContaining('error')]);
  });

  it('complains of no name of our own, whatever the server', () => {
    const ours = [...collectors.flatMap(allFamilies), ...Object.values(self)].filter(
      ({ name }) => !COMPATIBLE_NAMES.has(name)
    );
    expect(ours.length).toBeGreaterThan(20);
    expect(complaintsAbout(ours.map(example).join(''))).toEqual([]);
  });

  it.each(Object.values(FORCED).flat())('may complain of %s, which is a name of redis_exporter', (name) => {
    expect(COMPATIBLE_NAMES).toContain(name);
  });
});

function allFamilies({ families, dynamicFamilies = [] }: (typeof collectors)[number]): readonly FamilyDescriptor[] {
  return [...families, ...dynamicFamilies];
}

/** A family as a page has it, with one series. */
function example(family: FamilyDescriptor): string {
  const name = family.name.replace(/<\w+>/g, 'x');
  const lines = {
    histogram: [`${name}_bucket{le="+Inf"} 1`, `${name}_sum 1`, `${name}_count 1`],
    summary: [`${name}{quantile="50"} 1`, `${name}_sum 1`, `${name}_count 1`],
    ...{ counter: [`${name} 1`], gauge: [`${name} 1`], info: [`${name} 1`] },
  }[family.type];
  return `${familyHeader(family, name, 'text')}${lines.join('\n')}\n`;
}
