import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard, VariableModel } from '@grafana/schema';
import { allPanels } from '../../dashboards/source/lint';
import { MAY_BE_EMPTY } from '../../dashboards/source/may-be-empty';
import { startDemo, type Demo } from '../demo/demo';
import { impatient } from '../testing/alert-cases';
import { startPrometheus, type PrometheusServer } from '../testing/prometheus';
import { until } from '../testing/wait';

/** A real Prometheus that scrapes the collector of a demo: it is asked every query of every dashboard for it, and alerts. */

const ROOT = join(__dirname, '../..');
const DASHBOARDS = join(ROOT, 'dashboards/prometheus');

const RULES = readFileSync(join(ROOT, 'alerts/redis.rules.yml'), 'utf8');

/** What Grafana puts in for a graph with a point each second. */
const VARIABLES: Readonly<Record<string, string>> = {
  $instance: '.*',
  $command: '.*',
  $__rate_interval: '10s',
  $__interval: '1s',
  $__range: '60s',
};

const dashboards = readdirSync(DASHBOARDS)
  .filter((name) => name.endsWith('.json'))
  // Safe: files.test.ts beside the definitions holds them to their shape.
  .map((name) => ({ name, dashboard: JSON.parse(readFileSync(join(DASHBOARDS, name), 'utf8')) as Dashboard }));

let demo: Demo;
let prometheus: PrometheusServer;

beforeAll(async () => {
  demo = await startDemo({
    listen: { host: '127.0.0.1', port: 0 },
    hours: 0,
    failoverEveryMs: 0,
    log: () => undefined,
  });
  prometheus = await startPrometheus(
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['redis.rules.yml'],
      scrape_configs: [
        { job_name: 'redis', honor_labels: true, static_configs: [{ targets: [new URL(demo.url).host] }] },
      ],
    }),
    { 'redis.rules.yml': impatient(RULES) }
  );
  const enough = async () => (await prometheus.query('count_over_time(redis_up[1m]) >= 15')).length > 0;
  await until(enough, 'fifteen scrapes', 60_000);
}, 120_000);

afterAll(() => demo.close(), 30_000);

function filledIn(expression: string): string {
  return Object.entries(VARIABLES).reduce((text, [name, value]) => text.replaceAll(name, value), expression);
}

/** Whether the expression had a value at any moment of the last minute. */
async function hasData(expression: string): Promise<boolean> {
  const end = Date.now() / 1000;
  const parameters = { query: filledIn(expression), start: String(end - 60), end: String(end), step: '1' };
  // Safe: the shape that the HTTP API is documented to have.
  const data = (await prometheus.api(`query_range?${new URLSearchParams(parameters).toString()}`)) as {
    result: { values: [number, string][] }[];
  };
  return data.result.some(({ values }) => values.some(([, value]) => value !== 'NaN'));
}

/** Values of a variable's `label_values(metric{...}, label)`. */
async function valuesOf({ query }: VariableModel): Promise<readonly string[]> {
  const [, series = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec((query as { query: string }).query) ?? [];
  const found = await prometheus.query(filledIn(series));
  return found.map(({ labels }) => labels[label] ?? '');
}

describe.each(dashboards)('$name', ({ name, dashboard }) => {
  // Safe: Grafana's type says nothing of what a query has.
  const panels = allPanels(dashboard).map(({ title = '', targets = [] }) => ({
    title,
    targets: targets as { refId: string; expr: string }[],
  }));

  it.each(panels)('$title has data', async ({ title, targets }) => {
    const found = await Promise.all(
      targets.map(async ({ refId, expr }) => ({ refId, expr, isEmpty: !(await hasData(expr)) }))
    );
    const empty = found.filter(
      ({ refId, isEmpty }) => isEmpty && MAY_BE_EMPTY[`${name} ${title} ${refId}`] === undefined
    );
    expect(empty).toEqual([]);
  });

  const variables = (dashboard.templating?.list ?? []).filter(({ type }) => type === 'query');
  it.each(variables)('its variable $name has values', async (variable) => {
    const values = await valuesOf(variable);
    expect(values).not.toEqual([]);
    expect(values).not.toContain('');
  });
});

it('excuses only queries that there are', () => {
  const asked = dashboards.flatMap(({ name, dashboard }) =>
    allPanels(dashboard).flatMap(({ title, targets = [] }) =>
      targets.map(({ refId }) => `${name} ${title ?? ''} ${String(refId)}`)
    )
  );
  expect(Object.keys(MAY_BE_EMPTY).filter((one) => !asked.includes(one))).toEqual([]);
});

describe('when the master is killed', () => {
  /** `RedisDown cache-1` of each alert that fires. */
  async function firing(): Promise<readonly string[]> {
    const found = await prometheus.query('ALERTS{alertstate="firing"}');
    return found.map(({ labels }) => `${labels['alertname'] ?? ''} ${labels['instance'] ?? '-'}`);
  }

  it('alerts say so, of it and of its replicas, and of nobody else', async () => {
    await demo.stopServer('cache-1');
    await until(async () => (await firing()).includes('RedisDown cache-1'), 'RedisDown', 30_000);
    const seen = new Set<string>();
    const isOver = async (): Promise<boolean> => {
      for (const alert of await firing()) seen.add(alert);
      return (await prometheus.query('redis_instance_info{role="master", instance=~"cache-.*"}')).length === 1;
    };
    await until(isOver, 'a replica to be the master', 60_000);
    expect([...seen].filter((alert) => alert.startsWith('RedisDown '))).toEqual(['RedisDown cache-1']);
    expect([...seen].filter((alert) => /cluster/i.test(alert))).toEqual([]);
  }, 100_000);
});
