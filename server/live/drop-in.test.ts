import { startCollector } from '../testing/collector-process';
import { parseExposition } from '../testing/exposition';
import { differences, type Leniency, type Page } from '../testing/page-differences';
import { startRedisExporter } from '../testing/redis-exporter';
import { SERVER_KINDS, startServerKinds, type ServerKinds } from '../testing/server-kinds';

/** What the readers send, and what replicas and sentinels send all the time. */
const BACKGROUND =
  'client\\|setname|cluster\\|info|config\\|get|info|latency\\|\\w+|ping|publish|replconf|slowlog\\|\\w+';
const ANYTHING = () => Infinity;

const LENIENCIES: readonly Leniency[] = [
  { series: /^redis_expired_time_cap_reached_total$/, type: 'counter', why: 'newer versions made it a counter' },
  { series: /^redis_instance_info\{/, labels: 'more', why: 'newer versions added master_replid' },
  { series: /^redis_exporter_build_info\{/, labels: 'other values', why: 'says which program it is' },
  { series: /^process_/, slack: ANYTHING, why: 'is of the process' },
  { series: /^redis_exporter_(last_)?scrape/, slack: ANYTHING, why: 'is of its own scrapes' },
  { series: /^redis_start_time_seconds$/, slack: () => 1, why: 'jitters: whole seconds subtracted from a clock' },
  { series: /^redis_(connected_slave_lag|master_last_io)_seconds/, slack: () => 2, why: 'starts anew each second' },
  {
    series:
      /^redis_(mem_clients_normal|(allocator_\w+|mem_fragmentation|memory_used(_dataset|_overhead|_rss)?)_bytes)$/,
    slack: () => 2 ** 18,
    why: "goes up and down: each reader's connection takes some memory and gives it back",
  },
  {
    series: /^redis_client_recent_max_(input|output)_buffer_bytes$/,
    slack: () => 2 ** 18,
    why: 'is the largest of the last seconds, and each reader has buffers of its own',
  },
  { series: /^redis_(allocator|mem)_\w+_ratio$/, slack: (ratio) => ratio / 2, why: 'is made of the bytes above' },
  {
    series: new RegExp(`^redis_latency_percentiles_usec\\{cmd="(${BACKGROUND})",quantile`),
    slack: ANYTHING,
    why: 'goes up and down: the commands are being sent meanwhile',
  },
];

let servers: ServerKinds;

beforeAll(async () => {
  servers = await startServerKinds();
}, 60_000);

describe.each(SERVER_KINDS)('everything redis_exporter gives of a %s', (kind) => {
  let pages: Readonly<Record<'before' | 'ours' | 'after', { metrics: Page; scrape: Page }>>;

  beforeAll(async () => {
    const { url } = servers[kind];
    const exporter = await startRedisExporter(['-redis.addr', url, '-include-system-metrics']);
    const read = async (text: (path: string) => Promise<string>) => ({
      metrics: parseExposition(await text('/metrics')),
      scrape: parseExposition(await text(`/scrape?target=${url}`)),
    });
    await read(exporter.text); // now the server has counters for the commands it sends
    const before = await read(exporter.text);
    // Started in between, so that none of its values, some of which it keeps for a while, is older.
    const collector = await startCollector({ args: [url], configText: 'scrape: { maxAge: 0s }' });
    const ours = await read(async (path) => (await collector.get(path)).text);
    pages = { before, ours, after: await read(exporter.text) };
    await Promise.all([exporter.kill(), collector.kill()]);
  }, 30_000);

  it.each(['metrics', 'scrape'] as const)('on /%s is in ours: name, type, labels, value', (path) => {
    const [before, ours, after] = [pages.before[path], pages.ours[path], pages.after[path]];
    const theirs = new Map([...before].filter(([name]) => !name.startsWith('go_')));
    expect(theirs.size).toBeGreaterThan(50);
    expect(differences(theirs, ours, after, LENIENCIES)).toEqual([]);
  });
});
