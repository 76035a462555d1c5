import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue, type ExposedFamily } from '../testing/exposition';
import { freePort } from '../testing/free-port';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const GOOD = Array.from({ length: 50 }, (_, at) => `good-${at}`);
const SERVERS = 10;
const INTERVALS = 8;

let servers: readonly RedisServer[];
let hung: RedisServer;
let refusedPort: number;

beforeAll(async () => {
  servers = await Promise.all(Array.from({ length: SERVERS }, () => startRedis()));
  hung = await startRedis();
  refusedPort = await freePort();
});

function targets(hungSettings: object): object[] {
  return [
    ...GOOD.map((name, at) => ({ name, url: servers[at % SERVERS]!.url })),
    { name: 'hung', url: hung.url, ...hungSettings },
    { name: 'refused', url: `127.0.0.1:${refusedPort}` },
  ];
}

type Page = ReadonlyMap<string, ExposedFamily>;

async function readMetrics(collector: CollectorProcess): Promise<Page> {
  const { status, text } = await collector.get('/metrics');
  expect(status).toBe(200);
  return parseExposition(text);
}

function byInstance(page: Page, family: string): Readonly<Record<string, number>> {
  const samples = page.get(family)?.samples ?? [];
  return Object.fromEntries(samples.map(({ labels, value }) => [labels['instance'] ?? '', value]));
}

async function valueOf(collector: CollectorProcess, target: string, family: string): Promise<number | undefined> {
  return sampleValue(parseExposition((await collector.get(`/scrape?target=${target}`)).text), family);
}

function upOf(page: Page): { up: readonly string[]; down: readonly string[] } {
  const entries = Object.entries(byInstance(page, 'redis_up'));
  const named = (value: number) => entries.filter(([, up]) => up === value).map(([name]) => name);
  return { up: named(1).sort(), down: named(0).sort() };
}
const EXPECTED = { up: [...GOOD].sort(), down: ['hung', 'refused'] };

describe('one hung and one refused target beside 50 good ones', () => {
  afterEach(() => hung.resume());

  it('do not keep the good ones from being polled in every interval', async () => {
    const collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '500ms' },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: targets({ interval: '2s', timeout: '2s' }),
      }),
    });
    await until(async () => upOf(await readMetrics(collector)).up.length === GOOD.length + 1, 'the targets to be up');
    const before = await readMetrics(collector);
    hung.pause();
    await until(async () => (await valueOf(collector, 'hung', 'redis_up')) === 0, 'the hung target to be down');
    const polls = (page: Page) => byInstance(page, 'redis_vitals_polls_total');
    await until(
      async () =>
        (await valueOf(collector, GOOD[0]!, 'redis_vitals_polls_total'))! >= polls(before)[GOOD[0]!]! + INTERVALS,
      `${INTERVALS} intervals to pass`
    );

    const after = await readMetrics(collector);
    expect(upOf(after)).toEqual(EXPECTED);
    const increases = (family: string) => {
      const [was, is] = [byInstance(before, family), byInstance(after, family)];
      return GOOD.map((name) => is[name]! - was[name]!);
    };
    // Their moments within an interval differ: one of them may be ahead of another by one poll.
    const counts = increases('redis_vitals_polls_total');
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    for (const family of ['redis_vitals_polls_skipped_total', 'redis_vitals_poll_failures_total']) {
      expect([family, increases(family)]).toEqual([family, GOOD.map(() => 0)]);
    }
    await collector.kill();
  });

  it('do not keep /metrics from being answered within the timeout of the scrape', async () => {
    const collector = await startCollector({
      // Every scrape waits for a new poll; that of the hung target would take longer than the scrape may.
      configText: JSON.stringify({ scrape: { maxAge: '0s' }, targets: targets({ interval: '30s', timeout: '30s' }) }),
    });
    await until(async () => upOf(await readMetrics(collector)).up.length === GOOD.length + 1, 'the targets to be up');
    hung.pause();
    const timeoutMs = 3_000;
    const response = await fetch(`${collector.url}/metrics`, {
      headers: { 'X-Prometheus-Scrape-Timeout-Seconds': String(timeoutMs / 1000) },
      signal: AbortSignal.timeout(timeoutMs), // as Prometheus does
    });
    const page = parseExposition(await response.text());
    expect(upOf(page)).toEqual(EXPECTED);
    expect(byInstance(page, 'redis_uptime_in_seconds')).not.toHaveProperty('hung');
    await collector.kill();
  });
});
