import { Registry } from 'prom-client';
import { writeFamilies, type Family, type TextFormat } from './exposition-text';
import { createOwnMetrics, type OwnMetrics, type OwnMetricsOptions } from './own-metrics';
import { registerProcessMetrics } from './process-metrics';

/** `exporter`: what redis_exporter says of itself on /scrape, too; `process`: that and everything of our process. */
export type TextScope = 'exporter' | 'process';

export interface TelemetryOptions extends OwnMetricsOptions {
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** What was read at one time; the text of a format is written when it is first asked for. */
interface Collection {
  readonly atMs: number;
  readonly families: Readonly<Record<TextScope, readonly Family[]>>;
  readonly texts: Map<string, string>;
}

/** Reading and writing our own metrics takes a good part of a millisecond: scrapes within this time share it. */
const MAX_AGE_MS = 1000;

/** The metrics of our own process. */
export class Telemetry {
  private readonly now: () => number;
  private readonly registries = { exporter: new Registry(), process: new Registry() };
  private readonly metrics: OwnMetrics;
  private collection: Collection | undefined;
  private collecting: Promise<Collection> | undefined;

  constructor({ now = Date.now, ...options }: TelemetryOptions) {
    this.now = now;
    this.metrics = createOwnMetrics(options, this.registries);
    registerProcessMetrics(this.registries.process);
    this.recordReload(true);
  }

  observeScrape(durationMs: number): void {
    this.metrics.scrapes.inc();
    this.metrics.scrapeDuration.observe(durationMs / 1000);
  }

  countBadScrapeRequest(): void {
    this.metrics.badScrapeRequests.inc();
  }

  countRequest(route: string, status: number): void {
    this.metrics.requests.inc({ route, code: status });
  }

  /** Loading at the start counts, too. */
  recordReload(succeeded: boolean): void {
    this.metrics.lastReloadSuccessful.set(succeeded ? 1 : 0);
    if (succeeded) this.metrics.lastReloadSuccess.set(this.now() / 1000);
  }

  /** The families as text without an end mark, at most a second old; at once when nothing has to be read anew. */
  text(format: TextFormat, scope: TextScope): string | Promise<string> {
    const { collection } = this;
    if (collection !== undefined && this.isFresh(collection)) return write(collection, format, scope);
    this.collecting ??= this.collect().finally(() => (this.collecting = undefined));
    return this.collecting.then((fresh) => write(fresh, format, scope));
  }

  private async collect(): Promise<Collection> {
    const atMs = this.now();
    const [exporter, rest] = await Promise.all([
      familiesOf(this.registries.exporter),
      familiesOf(this.registries.process),
    ]);
    const collection = { atMs, families: { exporter, process: [...exporter, ...rest] }, texts: new Map() };
    this.collection = collection;
    return collection;
  }

  private isFresh({ atMs }: Collection): boolean {
    const ageMs = this.now() - atMs;
    return ageMs >= 0 && ageMs < MAX_AGE_MS;
  }
}

async function familiesOf(registry: Registry): Promise<readonly Family[]> {
  // prom-client's types say that `type` is a number; it is a word.
  const families = (await registry.getMetricsAsJSON()) as unknown as readonly Family[];
  // Some of the values are prom-client's own, which go on counting.
  return families.map((family) => ({ ...family, values: family.values.map((value) => ({ ...value })) }));
}

function write({ families, texts }: Collection, format: TextFormat, scope: TextScope): string {
  const key = `${format} ${scope}`;
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = writeFamilies(families[scope], format)));
  return text;
}
