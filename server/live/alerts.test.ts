import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRules } from '../../alerts/source/rules';
import { collectors } from '../collectors/registry';
import { self } from '../poll/self-families';
import { ownFamilies } from '../telemetry/own-families';
import {
  impatient,
  matchersOf,
  metricsOf,
  missingCases,
  readAlertCases,
  type CaseSeries,
} from '../testing/alert-cases';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { startPrometheus, type PrometheusServer } from '../testing/prometheus';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { findTool } from '../testing/tool';
import { until } from '../testing/wait';

const ROOT = join(__dirname, '../..');
const RULES_FILE = 'alerts/redis.rules.yml';
const TEST_FILE = 'alerts/redis.test.yml';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const rules = readRules(text(RULES_FILE)).flatMap((group) => group.rules);
const { cases, series } = readAlertCases(text(TEST_FILE));
const document = text('docs/alerts.md').split('\n');

/** Labels that do not come from a family: those of the scrape, those of targets with a meaning to rules, and one of a case. */
const OTHER_LABELS = ['job', 'instance', 'workload', 'persistence', 'env'];

/** Label names by metric: what Redis Vitals exports, and `up`, which Prometheus adds to every scrape. */
const catalogue = new Map<string, readonly string[]>([
  ...collectors.flatMap(({ families }) => families).map(({ name, labelNames }) => [name, labelNames] as const),
  ...Object.values(self).map(({ name, labelNames }) => [name, labelNames] as const),
  ...ownFamilies().map(({ name, labelNames }) => [name, labelNames] as const),
  ['up', []],
]);

function canBe({ metric, labelNames }: CaseSeries): boolean {
  const known = catalogue.get(metric);
  return known !== undefined && labelNames.every((name) => known.includes(name) || OTHER_LABELS.includes(name));
}

describe('promtool', () => {
  it.each([
    ['check', RULES_FILE, 'rules found'],
    ['test', TEST_FILE, 'SUCCESS'],
  ])(
    '%s rules accepts %s',
    (command, file, words) => {
      const { status, stdout, stderr } = spawnSync(findTool('promtool'), [command, 'rules', file], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect(stdout + stderr).toContain(words);
      expect(status).toBe(0);
    },
    60_000
  );
});

describe('alerts/redis.test.yml', () => {
  it('has for every alert a case in which it fires and one in which it must not', () => {
    expect(missingCases(rules, cases)).toEqual([]);
  });

  it('tests no alert that is not there', () => {
    const names = rules.map(({ alert }) => alert);
    expect(cases.filter(({ alert }) => !names.includes(alert))).toEqual([]);
  });

  it('has only series that there can be', () => {
    expect(series.length).toBeGreaterThan(cases.length);
    expect(series.filter((one) => !canBe(one))).toEqual([]);
  });
});

describe('missingCases', () => {
  const rule = { alert: 'A', expr: 'redis_up == 0' };
  const firing = { name: 'down', alert: 'A', fires: true, metrics: ['redis_up'] };
  const quiet = { name: 'up', alert: 'A', fires: false, metrics: ['redis_up'] };

  it.each([
    ['one that fires', [quiet], ['A fires in no case']],
    ['one that is quiet', [firing], ['A is quiet in no case of its own with series it looks at']],
    [
      'one that is quiet, where another moment of the firing one is',
      [firing, { ...quiet, name: 'down' }],
      ['A is quiet in no case of its own with series it looks at'],
    ],
    [
      'one that is quiet, where nothing of interest is in it',
      [firing, { ...quiet, metrics: ['redis_hz'] }],
      ['A is quiet in no case of its own with series it looks at'],
    ],
    ['none', [firing, quiet], []],
  ])('misses %s', (_, own, missing) => {
    expect(missingCases([rule], own)).toEqual(missing);
  });
});

describe('metricsOf', () => {
  it.each([
    ['redis_up == 0', ['redis_up']],
    [
      'rate(redis_a_total{cmd="redis_b"}[5m]) > 1e3 unless on (job, redis_c) redis_d offset 1h',
      ['redis_a_total', 'redis_d'],
    ],
    ['count without (instance) (a == 0) and on (job) group_right () b', ['a', 'b']],
  ])('finds in %s those that are metrics', (expression, names) => {
    expect(metricsOf(expression)).toEqual(names);
  });
});

describe('alerts/redis.rules.yml', () => {
  it.each(rules)('asks in $alert for metrics that are exported, by labels they have', ({ expr }) => {
    const names = metricsOf(expr);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !catalogue.has(name))).toEqual([]);
    expect(matchersOf(expr).filter((one) => !canBe(one))).toEqual([]);
  });

  it('has the alerts that are in the file for Grafana', () => {
    // Safe: written by grafanaRules, whose tests look at the shape.
    const file = parse(text('provisioning/alerting/redis-vitals.yml')) as { groups: { rules: { title: string }[] }[] };
    const titles = file.groups.flatMap((group) => group.rules.map(({ title }) => title));
    expect(titles).toEqual(rules.map(({ alert }) => alert));
  });

  it.each(rules)('names in $alert the part of the document that is about it', ({ alert, annotations }) => {
    expect(annotations['runbook']).toBe(`docs/alerts.md#${alert.toLowerCase()}`);
    expect(document).toContain(`### ${alert}`);
  });
});

describe('the rules in a Prometheus, for a real master, its replica and another server,', () => {
  let master: RedisServer;
  let replica: RedisServer;
  let collector: CollectorProcess;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    master = await startRedis();
    const [replicaOf, other] = await Promise.all([startRedis({ replicaOf: master }), startRedis()]);
    replica = replicaOf;
    await until(async () => String(await replica.command('INFO')).includes('master_link_status:up'), 'the replica');
    const targets = Object.entries({ master, replica, other }).map(([name, { url }]) => ({ name, url }));
    collector = await startCollector({ configText: JSON.stringify({ defaults: { interval: '500ms' }, targets }) });
    prometheus = await startPrometheus(
      JSON.stringify({
        global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '500ms' },
        rule_files: ['redis.rules.yml'],
        scrape_configs: [
          { job_name: 'each', http_sd_configs: [{ url: `${collector.url}/sd` }] },
          { job_name: 'all', honor_labels: true, static_configs: [{ targets: [new URL(collector.url).host] }] },
        ],
      }),
      { 'redis.rules.yml': impatient(text(RULES_FILE)) }
    );
  }, 30_000);

  /** Alerts that are pending or firing, in either state alike: `RedisDown all/master`. */
  async function alerts(): Promise<readonly string[]> {
    // Safe: the shape that the HTTP API is documented to have.
    const answer = (await prometheus.api('alerts')) as { alerts: ActiveAlert[] };
    return answer.alerts
      .map(({ labels, state }) => {
        const { alertname = '', job = '-', instance = labels['master_port'] ?? '-' } = labels;
        return `${state} ${alertname} ${job}/${instance}`;
      })
      .sort();
  }
  interface ActiveAlert {
    readonly labels: Readonly<Record<string, string>>;
    readonly state: string;
  }

  /** Waits until exactly these are firing and none is pending; `RedisDown master` means in both jobs. */
  async function untilFiring(...expected: readonly string[]): Promise<void> {
    const wanted = expected.map((line) => line.split(' ') as [string, string]);
    const lines = wanted.flatMap(([name, subject]) => ['all', 'each'].map((job) => `firing ${name} ${job}/${subject}`));
    await untilAlerts(lines);
  }

  async function untilAlerts(lines: readonly string[]): Promise<void> {
    const wanted = [...lines].sort();
    let seen: readonly string[] = [];
    try {
      await until(async () => (seen = await alerts()).join('\n') === wanted.join('\n'), 'the alerts', 15_000);
    } catch {
      expect(seen).toEqual(wanted);
    }
  }

  it('are quiet while all is well', async () => {
    await until(async () => (await prometheus.query('redis_uptime_in_seconds >= 2')).length === 6, 'a past', 15_000);
    await untilAlerts([]);
  }, 20_000);

  it('fire for a master that is killed: it is down, the replica has no link, the two no master', async () => {
    await master.stop();
    await untilFiring('RedisDown master', 'RedisReplicationLinkDown replica', `RedisNoMaster ${master.port}`);
  }, 20_000);

  it('fire for no more than the old master once the replica is promoted', async () => {
    await replica.command('REPLICAOF', 'NO', 'ONE');
    await untilFiring('RedisDown master');
  }, 20_000);

  it('fire for two masters, one of which has lost its replica, when the old one comes back as it was', async () => {
    await master.restart();
    await untilFiring(
      ...['RedisRestarted master', 'RedisReplicasLost master'],
      ...['RedisTwoMasters master', 'RedisTwoMasters replica']
    );
  }, 20_000);

  it('fire no more for them when it follows the new one', async () => {
    await master.command('REPLICAOF', replica.host, `${replica.port}`);
    await untilFiring('RedisRestarted master');
  }, 20_000);

  it('fire for a collector that is gone', async () => {
    await collector.kill();
    const scrapes = ['master', 'replica', 'other'].map((name) => `firing RedisVitalsScrapeFailing each/${name}`);
    const page = `firing RedisVitalsScrapeFailing all/${new URL(collector.url).host}`;
    const restarted = ['all', 'each'].map((job) => `firing RedisRestarted ${job}/master`);
    await untilAlerts([...restarted, ...scrapes, page, 'firing RedisVitalsAbsent -/-']);
  }, 20_000);

  it('have never fired for anything else', async () => {
    const fired = await prometheus.query('group by (alertname) (last_over_time(ALERTS{alertstate="firing"}[5m]))');
    expect(fired.map(({ labels }) => labels['alertname']).sort()).toEqual([
      'RedisDown',
      'RedisNoMaster',
      'RedisReplicasLost',
      'RedisReplicationLinkDown',
      'RedisRestarted',
      'RedisTwoMasters',
      'RedisVitalsAbsent',
      'RedisVitalsScrapeFailing',
    ]);
  });
});
