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
  /** Absent: no history is kept. */
  readonly history?: (() => HistoryFigures) | undefined;
}

/** What there is to say of the history. */
export interface HistoryFigures {
  readonly state: string;
  readonly diskBytes: number;
  readonly series: number;
  readonly samplesStored: number;
  readonly samplesRefused: Readonly<Record<string, number>>;
  readonly pendingSamples: number;
  /** Entries of slow logs: kept, lost before they could be read, and questions that failed. */
  readonly slowLog: { readonly entries: number; readonly lost: number; readonly failures: number };
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
  { namespace, version, commitSha, buildDate, countTargets, history }: OwnMetricsOptions,
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
  if (history !== undefined) registerHistoryMetrics(history, own);
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

type Registers = readonly Registry[];

const HISTORY_GAUGES: readonly (readonly [name: string, help: string, read: (figures: HistoryFigures) => number])[] = [
  [
    'degraded',
    '1 while the history cannot be written to disk, a part of it cannot be read or its file was removed, else 0.',
    ({ state }) => +(state === 'degraded'),
  ],
  ['disk_bytes', 'Size of the history on disk.', ({ diskBytes }) => diskBytes],
  ['series', 'Different series in the history, each counted once for all targets.', ({ series }) => series],
  ['pending_samples', 'Samples that are not on disk yet.', ({ pendingSamples }) => pendingSamples],
];

const HISTORY_COUNTERS: typeof HISTORY_GAUGES = [
  ['history_samples', 'Samples the history has taken in.', ({ samplesStored }) => samplesStored],
  ['slowlog_entries', 'Entries of slow logs and command logs that were kept.', ({ slowLog }) => slowLog.entries],
  [
    'slowlog_entries_lost',
    'Entries that a server dropped from its slow log before they could be read.',
    ({ slowLog }) => slowLog.lost,
  ],
  ['slowlog_failures', 'Times a slow log could not be read.', ({ slowLog }) => slowLog.failures],
];

function registerHistoryMetrics(history: () => HistoryFigures, registers: Registers): void {
  for (const [name, help, read] of HISTORY_GAUGES) {
    new Gauge({
      name: `redis_vitals_history_${name}`,
      help,
      registers: [...registers],
      collect() {
        this.set(read(history()));
      },
    });
  }
  for (const [name, help, read] of HISTORY_COUNTERS) {
    new Counter({
      name: `redis_vitals_${name}_total`,
      help,
      registers: [...registers],
      collect() {
        this.reset();
        this.inc(read(history()));
      },
    });
  }
  new Counter({
    name: 'redis_vitals_history_samples_refused_total',
    help: 'Samples the history has not taken in, by reason, such as a clock that was set back.',
    labelNames: ['reason'],
    registers: [...registers],
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(history().samplesRefused)) this.inc({ reason }, count);
    },
  });
}
