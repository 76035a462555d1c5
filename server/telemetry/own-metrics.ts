import { Counter, Gauge, type Registry, Summary } from 'prom-client';

export interface OwnMetricsOptions {
  /** First word of the names that redis_exporter has, too. */
  readonly namespace: string;
  readonly version: string;
  /** What the build knows; empty where it knows nothing. */
  readonly commitSha?: string;
  readonly buildDate?: string;
  /** How many targets there are. */
  readonly countTargets: () => number;
}

/** Metrics that somebody feeds; the others feed themselves. */
export interface OwnMetrics {
  readonly scrapes: Counter;
  readonly scrapeDuration: Summary;
  readonly badScrapeRequests: Counter;
  readonly requests: Counter<'route' | 'code'>;
  readonly lastReloadSuccessful: Gauge;
  readonly lastReloadSuccess: Gauge;
}

/** Registers what we say of our own work: in `exporter` what redis_exporter says, too, in `process` the rest. */
export function createOwnMetrics(
  { namespace, version, commitSha, buildDate, countTargets }: OwnMetricsOptions,
  registries: { readonly exporter: Registry; readonly process: Registry }
): OwnMetrics {
  const exporter = [registries.exporter];
  const own = [registries.process];
  new Gauge({
    name: `${namespace}_exporter_build_info`,
    help: 'What is running; the value is always 1. golang_version names the runtime, which is Node.js.',
    labelNames: ['version', 'commit_sha', 'build_date', 'golang_version'],
    registers: exporter,
  }).set(
    {
      version,
      commit_sha: commitSha ?? '',
      build_date: buildDate ?? '',
      golang_version: `node${process.versions.node}`,
    },
    1
  );
  const scrapes = new Counter({
    name: `${namespace}_exporter_scrapes_total`,
    help: 'Scrapes answered.',
    registers: exporter,
  });
  const scrapeDuration = new Summary({
    name: `${namespace}_exporter_scrape_duration_seconds`,
    help: 'Time from the request to the page of a scrape.',
    percentiles: [],
    registers: exporter,
  });
  const badScrapeRequests = new Counter({
    name: `${namespace}_target_scrape_request_errors_total`,
    help: 'Requests to /scrape that were refused.',
    registers: exporter,
  });
  new Gauge({
    name: 'redis_vitals_build_info',
    help: 'What is running; the value is always 1.',
    labelNames: ['version'],
    registers: own,
  }).set({ version }, 1);
  new Gauge({
    name: 'redis_vitals_targets',
    help: 'Configured targets.',
    registers: own,
    collect() {
      this.set(countTargets());
    },
  });
  const requests = new Counter({
    name: 'redis_vitals_http_requests_total',
    help: 'Requests answered, by pattern of the path and status.',
    labelNames: ['route', 'code'],
    registers: own,
  });
  const lastReloadSuccessful = new Gauge({
    name: 'redis_vitals_config_last_reload_successful',
    help: '1 when the last attempt to load the configuration succeeded, else 0.',
    registers: own,
  });
  const lastReloadSuccess = new Gauge({
    name: 'redis_vitals_config_last_reload_success_timestamp_seconds',
    help: 'Unix time of the last load of the configuration that succeeded in seconds.',
    registers: own,
  });

  return { scrapes, scrapeDuration, badScrapeRequests, requests, lastReloadSuccessful, lastReloadSuccess };
}
