import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_TARGETS, startDemo, type Demo } from '../demo/demo';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import { startPrometheus, type PrometheusServer, type QueriedSample } from '../testing/prometheus';
import { startRedisExporter } from '../testing/redis-exporter';
import { until } from '../testing/wait';
import { chooseAll, fillIn, labelValues, WILD_SOURCES, type Variables } from '../testing/wild-queries';

const SCRAPE_SECONDS = 1;
/** What Grafana takes for an hour on a panel of 720 points; the rate's is four scrapes at least. */
const INTERVALS: Variables = { __interval: '5s', __rate_interval: `${4 * SCRAPE_SECONDS}s` };

/** Queries that have no data here, nor with redis_exporter as it comes. */
const NO_DATA: readonly { query: RegExp; why: string }[] = [
  { query: /^redis_config_(key_)?value\{/, why: 'needs -include-config-metrics, which is off by default' },
  {
    query: /^redis_master_repl_offset\{.*\} - redis_slave_repl_offset\{/,
    why: 'subtracts a series with labels master_host and master_port from one without',
  },
];

/** The labels that sources ask for, put on each series when it is scraped, the last one from its instance. */
const ADDED_LABELS = [
  { target_label: 'namespace', replacement: 'shop' },
  { target_label: 'service', replacement: 'redis' },
  { source_labels: ['instance'], target_label: 'service_name' },
];

const WAYS = ['/metrics with honor_labels', '/scrape by /sd'] as const;
type Way = (typeof WAYS)[number];
const ADDITIONS = ['nothing added', 'labels added'] as const;
type Addition = (typeof ADDITIONS)[number];

/** A dashboard that selects by an added label, and works without. */
const WORKS_WITHOUT_LABELS = ['Grafana dashboard 763'];
const runs = WAYS.flatMap((way) =>
  ADDITIONS.flatMap((addition) =>
    WILD_SOURCES.filter(
      ({ source, labels }) =>
        labels.length > 0 === (addition === 'labels added') || WORKS_WITHOUT_LABELS.includes(source)
    ).map((source) => ({ way, addition, ...source }))
  )
);

const ruleSources = WILD_SOURCES.filter(({ kind }) => kind !== 'dashboard');

let demo: Demo;
let ours: Readonly<Record<Way, Readonly<Record<Addition, PrometheusServer>>>>;
let theirs: Readonly<Record<Addition, PrometheusServer>>;

beforeAll(async () => {
  demo = await startDemo({
    listen: { host: '127.0.0.1', port: 0 },
    hours: 0,
    failoverEveryMs: 0,
    log: () => undefined,
  });
  atEnd(() => demo.close());
  const host = new URL(demo.url).host;
  const exporter = await startRedisExporter(['-include-system-metrics']);
  const [metrics, scrape, exporters] = await Promise.all([
    startBoth({ honor_labels: true, static_configs: [{ targets: [host] }] }),
    startBoth({ http_sd_configs: [{ url: `${demo.url}/sd` }] }),
    startBoth(scrapeOf(exporter.url)),
  ]);
  ours = { '/metrics with honor_labels': metrics, '/scrape by /sd': scrape };
  theirs = exporters;
  await Promise.all([metrics, scrape, exporters].flatMap((both) => Object.values(both).map(untilScraped)));
}, 120_000);

/** redis_exporter asked for each server under the name it has with us. */
function scrapeOf(exporter: string): object {
  return {
    metrics_path: '/scrape',
    static_configs: Object.entries(demo.targets).map(([instance, { host, port }]) => ({
      targets: [new URL(exporter).host],
      labels: { instance, __param_target: `redis://${host}:${port}` },
    })),
  };
}

async function startBoth(scrape: object): Promise<Record<Addition, PrometheusServer>> {
  const start = (relabel: readonly object[]) =>
    startPrometheus(
      JSON.stringify({
        global: { scrape_interval: `${SCRAPE_SECONDS}s`, scrape_timeout: '1s', evaluation_interval: '1s' },
        rule_files: [writeRules()],
        scrape_configs: [{ job_name: 'redis', metric_relabel_configs: relabel, ...scrape }],
      })
    );
  const [plain, labelled] = await Promise.all([start([]), start(ADDED_LABELS)]);
  return { 'nothing added': plain, 'labels added': labelled };
}

/** Every alert and recording rule, without the time for which a condition has to hold. */
function writeRules(): string {
  const path = join(temporaryDirectory(), 'rules.yml');
  const groups = ruleSources.map(({ source, kind, queries }) => ({
    name: source,
    rules: queries.map(({ title, expr }) => ({ [kind === 'alerts' ? 'alert' : 'record']: title, expr })),
  }));
  writeFileSync(path, JSON.stringify({ groups }));
  return path;
}

async function untilScraped(prometheus: PrometheusServer): Promise<void> {
  const scraped = async () => (await prometheus.query('count_over_time(redis_uptime_in_seconds[1m]) >= 3')).length;
  await until(async () => (await scraped()) === DEMO_TARGETS.length, 'every server to be scraped a few times', 30_000);
}

const hasData = (samples: readonly QueriedSample[]) => samples.some(({ value }) => !Number.isNaN(value));

jest.setTimeout(30_000);

describe.each(runs)('$source, $way, $addition', ({ way, addition, labels, variables, queries }) => {
  let prometheus: PrometheusServer;
  let chosen: Variables;

  beforeAll(async () => {
    prometheus = ours[way][addition];
    chosen = await chooseAll(prometheus, variables, INTERVALS);
  });

  if (variables.length > 0) {
    it.each(variables)('has values for $name', async ({ name, query }) => {
      const values = await labelValues(prometheus, query, chosen);
      const added = labels.includes(name);
      if (added && addition === 'nothing added') expect(values).toEqual([]);
      else if (name === 'instance' || name === 'service_name') expect(values).toEqual([...DEMO_TARGETS].sort());
      else expect(values).toHaveLength(1);
    });
  }

  it.each(queries)('$title: $expr', async ({ expr, vector = expr }) => {
    const query = fillIn(vector, chosen);
    const unavailable = NO_DATA.some((none) => none.query.test(vector));
    if (unavailable) expect(await prometheus.query(query)).toEqual([]);
    else await until(async () => hasData(await prometheus.query(query)), `data of ${query}`, 15_000);
  });

  it('has every series that it has with redis_exporter', async () => {
    const missing = async () => {
      const differences = await Promise.all(queries.map(({ expr, vector = expr }) => missingSeries(vector)));
      return differences.flat();
    };
    const missingSeries = async (expression: string) => {
      const query = fillIn(everySeriesOf(expression), chosen);
      const [here, there] = await Promise.all([prometheus.query(query), theirs[addition].query(query)]);
      return there.filter((series) => !here.some((other) => has(other, series))).map(({ labels }) => [query, labels]);
    };
    const isComplete = async () => {
      expect(await missing()).toEqual([]);
      return true;
    };
    await until(isComplete, 'nothing to be missing');
  });
});

/** Without what leaves some out by their values of this second. */
function everySeriesOf(expression: string): string {
  return expression.replace(/^topk\(\d+, (.*)\)$/, '$1').replace(/ != 0$/, '');
}

/** One series has all the labels of another, but for the job. */
function has({ labels }: QueriedSample, expected: QueriedSample): boolean {
  return Object.entries(expected.labels).every(([name, value]) => labels[name] === value);
}

describe.each(WAYS)('the rules, %s', (way) => {
  it('are all evaluated', async () => {
    const { groups } = (await ours[way]['nothing added'].api('rules')) as {
      groups: { rules: { name: string; health: string; lastError?: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const titles = ruleSources.flatMap(({ queries }) => queries.map(({ title }) => title));
    expect(rules.map(({ name }) => name).sort()).toEqual(titles.sort());
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });
});

describe('servers that stop', () => {
  const firing = async (prometheus: PrometheusServer, name: string) => {
    const { alerts } = (await prometheus.api('alerts')) as {
      alerts: { state: string; labels: { alertname: string; instance?: string } }[];
    };
    const wanted = alerts.filter(({ state, labels }) => state === 'firing' && labels.alertname === name);
    return [...new Set(wanted.map(({ labels }) => labels.instance))];
  };

  beforeAll(async () => {
    for (const way of WAYS) {
      expect(await firing(ours[way]['nothing added'], 'RedisDown')).toEqual([]);
      expect(await firing(ours[way]['nothing added'], 'RedisClusterStateNotOk')).toEqual([]);
    }
    await demo.stopServer('cache-3');
    await demo.stopServer('cluster-3');
    const failed = async () =>
      (await firing(ours['/metrics with honor_labels']['nothing added'], 'RedisClusterSlotFail')).length;
    await until(failed, 'the cluster to see that a node has failed', 30_000);
    // Without the majority of masters nobody says that it has failed: it only does not answer.
    await demo.stopServer('cluster-2');
  }, 60_000);

  describe.each(WAYS)('%s', (way) => {
    it.each([
      ['RedisReplicationBroken', 'cache-1'],
      ['RedisDown', 'cache-3'],
      ['RedisDown', 'cluster-2'],
      ['RedisClusterSlotFail', 'cluster-1'],
      ['RedisClusterSlotPfail', 'cluster-1'],
      ['RedisClusterStateNotOk', 'cluster-1'],
    ])('make %s fire for %s', async (name, instance) => {
      const prometheus = ours[way]['nothing added'];
      const fires = async () => (await firing(prometheus, name)).includes(instance);
      await until(fires, `${name} to fire for ${instance}`, 20_000);
      expect(await firing(prometheus, name)).toContain(instance);
    });
  });
});
