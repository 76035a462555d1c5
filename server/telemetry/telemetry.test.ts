import { parseExposition, sampleValue } from '../testing/exposition';
import { Telemetry, type TelemetryOptions } from './telemetry';

function start(options: Partial<TelemetryOptions> = {}) {
  const clock = { nowMs: 1_700_000_000_000 };
  const now = () => clock.nowMs;
  const telemetry = new Telemetry({ namespace: 'redis', version: '1.2.3', countTargets: () => 0, now, ...options });
  const read = async () => parseExposition(await telemetry.text('text', 'process'));
  return { telemetry, clock, read };
}

describe('Telemetry', () => {
  it('says what is running, as redis_exporter does and in our own words', async () => {
    const families = await start({ commitSha: 'abc', buildDate: '2025-03-01' }).read();
    expect(families.get('redis_exporter_build_info')?.samples).toEqual([
      {
        name: 'redis_exporter_build_info',
        labels: {
          version: '1.2.3',
          commit_sha: 'abc',
          build_date: '2025-03-01',
          golang_version: `node${process.versions.node}`,
        },
        value: 1,
      },
    ]);
    expect(sampleValue(families, 'redis_vitals_build_info', { version: '1.2.3' })).toBe(1);
  });

  it('leaves empty what the build does not know', async () => {
    const [info] = (await start().read()).get('redis_exporter_build_info')!.samples;
    expect(info!.labels).toMatchObject({ commit_sha: '', build_date: '' });
  });

  it('counts scrapes, their time, bad requests, and requests by route and status', async () => {
    const { telemetry, read } = start();
    telemetry.observeScrape(250);
    telemetry.observeScrape(500);
    telemetry.countBadScrapeRequest();
    for (const status of [200, 200, 404]) telemetry.countRequest('/scrape', status);
    const families = await read();
    expect({
      scrapes: sampleValue(families, 'redis_exporter_scrapes_total'),
      seconds: sampleValue(families, 'redis_exporter_scrape_duration_seconds_sum'),
      durations: sampleValue(families, 'redis_exporter_scrape_duration_seconds_count'),
      bad: sampleValue(families, 'redis_target_scrape_request_errors_total'),
      ok: sampleValue(families, 'redis_vitals_http_requests_total', { route: '/scrape', code: '200' }),
      missing: sampleValue(families, 'redis_vitals_http_requests_total', { route: '/scrape', code: '404' }),
    }).toEqual({ scrapes: 2, seconds: 0.75, durations: 2, bad: 1, ok: 2, missing: 1 });
    expect(families.get('redis_exporter_scrape_duration_seconds')).toMatchObject({ type: 'summary' });
    expect(families.get('redis_exporter_scrape_duration_seconds')?.samples).toHaveLength(2);
  });

  it('counts the targets there are now', async () => {
    let count = 3;
    const { clock, read } = start({ countTargets: () => count });
    expect(sampleValue(await read(), 'redis_vitals_targets')).toBe(3);
    count = 5;
    clock.nowMs += 1000;
    expect(sampleValue(await read(), 'redis_vitals_targets')).toBe(5);
  });

  it('tells how the last load of the configuration went', async () => {
    const { telemetry, clock, read } = start();
    const loaded = async () => {
      const families = await read();
      return [
        sampleValue(families, 'redis_vitals_config_last_reload_successful'),
        sampleValue(families, 'redis_vitals_config_last_reload_success_timestamp_seconds'),
      ];
    };
    expect(await loaded()).toEqual([1, 1_700_000_000]);
    clock.nowMs += 5000;
    telemetry.recordReload(false);
    expect(await loaded()).toEqual([0, 1_700_000_000]);
    clock.nowMs += 5000;
    telemetry.recordReload(true);
    expect(await loaded()).toEqual([1, 1_700_000_010]);
  });

  it('puts the namespace where redis_exporter puts it, and leaves our own names', async () => {
    const names = [...(await start({ namespace: 'cache' }).read()).keys()];
    expect(names.filter((name) => !/^(process|nodejs)_/.test(name))).toEqual([
      'cache_exporter_build_info',
      'cache_exporter_scrapes_total',
      'cache_exporter_scrape_duration_seconds',
      'cache_target_scrape_request_errors_total',
      'redis_vitals_build_info',
      'redis_vitals_targets',
      'redis_vitals_http_requests_total',
      'redis_vitals_config_last_reload_successful',
      'redis_vitals_config_last_reload_success_timestamp_seconds',
    ]);
  });

  it('says of the exporter alone only what redis_exporter says on /scrape', async () => {
    const families = parseExposition(await start().telemetry.text('text', 'exporter'));
    expect([...families.keys()]).toEqual([
      'redis_exporter_build_info',
      'redis_exporter_scrapes_total',
      'redis_exporter_scrape_duration_seconds',
      'redis_target_scrape_request_errors_total',
    ]);
  });

  it('keeps the names of counters whatever was written before', async () => {
    const { telemetry, clock } = start();
    const openmetrics = await telemetry.text('openmetrics', 'exporter');
    expect(openmetrics).toContain('# TYPE redis_exporter_scrapes counter\nredis_exporter_scrapes_total 0\n');
    expect(openmetrics).not.toContain('# EOF');
    const text = '# TYPE redis_exporter_scrapes_total counter\nredis_exporter_scrapes_total 0\n';
    expect(await telemetry.text('text', 'exporter')).toContain(text);
    clock.nowMs += 1000;
    expect(await telemetry.text('text', 'exporter')).toContain(text);
  });

  it('gives its text at once while it is young, and never one older than a second', async () => {
    const { telemetry, clock } = start();
    const first = await telemetry.text('text', 'exporter');
    telemetry.observeScrape(1);
    clock.nowMs += 999;
    expect(telemetry.text('text', 'exporter')).toBe(first);
    clock.nowMs += 1;
    expect(await telemetry.text('text', 'exporter')).toContain('redis_exporter_scrapes_total 1\n');
  });

  it('tells of one moment in every format', async () => {
    const { telemetry } = start();
    await telemetry.text('text', 'exporter');
    telemetry.observeScrape(1);
    telemetry.countBadScrapeRequest();
    const counts = /^redis_(?:exporter_scrapes_total|exporter_scrape_duration_seconds_count|target_\w+) (.*)$/gm;
    const text = await telemetry.text('openmetrics', 'exporter');
    expect([...text.matchAll(counts)].map(([, count]) => count)).toEqual(['0', '0', '0']);
  });

  it('reads itself once for all who wait', async () => {
    let reads = 0;
    const { telemetry } = start({ countTargets: () => ++reads });
    await Promise.all([telemetry.text('text', 'process'), telemetry.text('openmetrics', 'exporter')]);
    expect(reads).toBe(1);
  });

  it('reads itself anew after the clock was set back', async () => {
    let reads = 0;
    const { telemetry, clock } = start({ countTargets: () => ++reads });
    await telemetry.text('text', 'process');
    clock.nowMs -= 60_000;
    await telemetry.text('text', 'process');
    expect(reads).toBe(2);
  });
});
