import { hashSync } from 'bcryptjs';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { startPrometheus, type PrometheusServer } from '../testing/prometheus';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

const NAMES = ['cache', 'orders', 'sessions'] as const;
const PASSWORD = 'correct horse: battery';
const TOKEN = 'a.token_of-letters+and/more==';

/** What Prometheus itself adds to every scrape. */
const PROMETHEUS_OWN = /^(up|scrape_\w+)$/;

let servers: readonly RedisServer[];
let collector: CollectorProcess;
let prometheus: PrometheusServer;

beforeAll(async () => {
  servers = await Promise.all(NAMES.map(() => startRedis()));
  const targets = NAMES.map((name, at) => ({ name, url: servers[at]!.url, labels: { tier: `tier-${name}` } }));
  const web = { basicAuthUsers: { prometheus: hashSync(PASSWORD, 4) }, bearerTokens: [{ token: TOKEN }] };
  collector = await startCollector({ configText: JSON.stringify({ defaults: { interval: '500ms' }, targets, web }) });
  const authorization = { type: 'Bearer', credentials: TOKEN };
  prometheus = await startPrometheus(
    JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [
        { job_name: 'each', authorization, http_sd_configs: [{ url: `${collector.url}/sd`, authorization }] },
        {
          ...{ job_name: 'all', honor_labels: true, basic_auth: { username: 'prometheus', password: PASSWORD } },
          static_configs: [{ targets: [new URL(collector.url).host] }],
        },
      ],
    })
  );
}, 60_000);

jest.setTimeout(30_000);

/** `redis_up` of a job by instance, once it is as expected. */
async function untilUp(job: string, expected: Readonly<Record<string, number>>): Promise<void> {
  const asText = (up: object) => JSON.stringify(Object.entries(up).sort());
  const up = async () => {
    const samples = await prometheus.query(`redis_up{job="${job}"}`);
    return Object.fromEntries(samples.map(({ labels, value }) => [labels['instance'] ?? '', value]));
  };
  await until(
    async () => asText(await up()) === asText(expected),
    `redis_up of job ${job}: ${asText(expected)}`,
    20_000
  );
}

async function scrapeTargets(): Promise<readonly ScrapeTarget[]> {
  return ((await prometheus.api('targets')) as { activeTargets: ScrapeTarget[] }).activeTargets;
}
interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}

describe.each(['each', 'all'])('Prometheus, job %s,', (job) => {
  it('sees every server under its name, with its labels', async () => {
    await untilUp(job, { cache: 1, orders: 1, sessions: 1 });
    const samples = await prometheus.query(`redis_uptime_in_seconds{job="${job}"}`);
    expect(samples.map(({ labels }) => labels['tier']).sort()).toEqual(NAMES.map((name) => `tier-${name}`));
  });
});

describe('Prometheus, which asks for OpenMetrics,', () => {
  it.each([
    ['each', () => NAMES.map((name) => `/scrape?target=${name}`)],
    ['all', () => ['/metrics']],
  ])('stores in job %s the names that are in the text format', async (job, paths) => {
    const texts = await Promise.all(
      paths().map(async (path) => (await collector.get(path, { authorization: `Bearer ${TOKEN}` })).text)
    );
    const exposed = texts.flatMap((text) => [...parseExposition(text).values()].flatMap(({ samples }) => samples));
    const expected = [...new Set(exposed.map(({ name }) => name))].sort();
    const stored = async () => {
      const names = (await prometheus.api(`label/__name__/values?match[]={job="${job}"}`)) as string[];
      return names.filter((name) => !PROMETHEUS_OWN.test(name)).sort();
    };
    await until(async () => (await stored()).length >= expected.length, 'all names to be stored');
    expect(await stored()).toEqual(expected);
  });

  it('was given it: counters are known without their suffix', async () => {
    const metadata = (await prometheus.api('metadata')) as Record<string, { type: string }[]>;
    expect(metadata['redis_commands_processed']?.map(({ type }) => type)).toEqual(['counter']);
    expect(metadata['redis_commands_processed_total']).toBeUndefined();
  });
});

describe('a server that stops', () => {
  it('is down under its name, and its scrape succeeds all the same', async () => {
    await servers[1]!.stop();
    for (const job of ['each', 'all']) await untilUp(job, { cache: 1, orders: 0, sessions: 1 });
    await servers[1]!.restart();
    for (const job of ['each', 'all']) await untilUp(job, { cache: 1, orders: 1, sessions: 1 });
    expect((await scrapeTargets()).map(({ labels, health, lastError }) => [labels['job'], health, lastError])).toEqual([
      ['all', 'up', ''],
      ...NAMES.map(() => ['each', 'up', '']),
    ]);
    const failed = await prometheus.query('count_over_time(up[10m]) - sum_over_time(up[10m]) > 0');
    expect(failed).toEqual([]);
  }, 60_000);

  it('leaves no warning in the log of Prometheus, and no sample it could not take', async () => {
    expect(prometheus.output()).toContain('Server is ready');
    expect(
      prometheus
        .output()
        .split('\n')
        .filter((line) => /level=(warn|error)/.test(line))
    ).toEqual([]);
    const page = parseExposition(await prometheus.text('/metrics'));
    const refused = [...page.keys()].filter((name) =>
      /^prometheus_target_scrapes_.*(sample|exemplar)_.*_total$/.test(name)
    );
    expect(refused).toContain('prometheus_target_scrapes_sample_duplicate_timestamp_total');
    for (const name of refused) expect([name, sampleValue(page, name)]).toEqual([name, 0]);
  });
});
