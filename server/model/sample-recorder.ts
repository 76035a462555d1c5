import type { FamilyDescriptor } from './family';
import { ownCopy } from '../util/own-copy';
import { WeakPool } from '../util/weak-pool';
import type { Layout, SamplePart, SampleSet, SampleSink, Series } from './samples';

const NO_LABELS: readonly string[] = [];
/**
 * How many series may be missing in a row before the rest of a poll is looked up instead. Without an end, a server that
 * gives other names with each poll would have each of them compared with all of before.
 */
const FARTHEST_AHEAD = 256;

const seriesPools = new WeakMap<FamilyDescriptor, WeakPool<Series>>();
const layoutPool = new WeakPool<Layout>();
let seriesMade = 0;
/** A number for each series, so that a layout's key is short. */
const seriesNumbers = new WeakMap<Series, number>();

function sharedSeries(family: FamilyDescriptor, part: SamplePart, labels: readonly string[]): Series {
  let pool = seriesPools.get(family);
  if (pool === undefined) seriesPools.set(family, (pool = new WeakPool()));
  return pool.get(`${part}\0${labels.join('\0')}`, () => {
    const series = { family, part, labels: labels.map(ownCopy) };
    seriesNumbers.set(series, seriesMade++);
    return series;
  });
}

function sharedLayout(series: readonly Series[]): Layout {
  return layoutPool.get(series.map((one) => seriesNumbers.get(one)).join(), () => ({ series }));
}

/** Some samples of a poll: `values[i]` belongs to `series[i]`. */
export interface RecordedSamples {
  readonly series: readonly Series[];
  readonly values: Float64Array;
}

/**
 * Records the samples of one target poll after poll. Redis answers in a stable order, so a sample nearly always
 * belongs to the series that stood at its place in the poll before; then nothing is allocated and the layout stays
 * the same object, on which readers hang their caches. A series given twice in one poll keeps its first value.
 */
export class SampleRecorder implements SampleSink {
  private layout: Layout = sharedLayout([]);
  /** Series of this poll, once they are no longer those of the layout. */
  private recorded: Series[] = [];
  private values = new Float64Array(64);
  private count = 0;
  /** Where the next sample is expected in `layout.series`. */
  private expected = 0;
  private changed = false;

  add(family: FamilyDescriptor, value: number, labels: readonly string[] = NO_LABELS, part: SamplePart = ''): void {
    const at = this.count++;
    if (at === this.values.length) this.grow();
    this.values[at] = value;
    const series = this.layout.series[this.expected];
    if (series !== undefined && isSeries(series, family, part, labels)) {
      this.expected++;
      if (this.changed) this.recorded[at] = series;
      return;
    }
    this.diverge(at);
    this.recorded[at] = this.findAhead(family, part, labels) ?? sharedSeries(family, part, labels);
  }

  /** A place to come back to with `rollback` when a collector fails half-way. */
  mark(): number {
    return this.count;
  }

  rollback(mark: number): void {
    if (mark === this.count) return;
    this.diverge(mark);
    this.count = mark;
  }

  /** What was recorded in this poll from a mark on, to be given again in later polls. */
  since(mark: number): RecordedSamples {
    const { series } = this.changed ? { series: this.recorded } : this.layout;
    return { series: series.slice(mark, this.count), values: this.values.slice(mark, this.count) };
  }

  /** Gives samples again as they were. */
  repeat({ series, values }: RecordedSamples): void {
    series.forEach(({ family, labels, part }, at) => this.add(family, values[at] as number, labels, part));
  }

  /** Ends the poll and hands out its samples; the next `add` starts a new poll. */
  finish(): SampleSet {
    if (this.count !== this.layout.series.length) this.diverge(this.count);
    if (this.changed) this.rebuild();
    const set = { layout: this.layout, values: this.values.slice(0, this.count) };
    this.count = 0;
    this.expected = 0;
    this.changed = false;
    return set;
  }

  /** From the given place on, the series are not known to be those of the layout. */
  private diverge(at: number): void {
    if (this.changed) return;
    this.recorded = this.layout.series.slice(0, at);
    this.changed = true;
  }

  private findAhead(family: FamilyDescriptor, part: SamplePart, labels: readonly string[]): Series | undefined {
    const end = Math.min(this.layout.series.length, this.expected + FARTHEST_AHEAD);
    for (let index = this.expected; index < end; index++) {
      const series = this.layout.series[index] as Series;
      if (isSeries(series, family, part, labels)) {
        this.expected = index + 1;
        return series;
      }
    }
    return undefined;
  }

  private rebuild(): void {
    const seen = new Set<string>();
    const series: Series[] = [];
    for (let index = 0; index < this.count; index++) {
      const recorded = this.recorded[index] as Series;
      const key = seriesKey(recorded);
      if (seen.has(key)) continue;
      seen.add(key);
      this.values[series.length] = this.values[index] as number;
      series.push(recorded);
    }
    this.count = series.length;
    const same = series.length === this.layout.series.length && series.every((one, i) => one === this.layout.series[i]);
    if (!same) this.layout = sharedLayout(series);
    this.recorded = [];
  }

  private grow(): void {
    const larger = new Float64Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}

/** A text that is the same for two series exactly when Prometheus would call them the same series. */
export function seriesKey(series: Series): string {
  return `${series.family.name}${series.part}\0${series.labels.join('\0')}`;
}

function isSeries(series: Series, family: FamilyDescriptor, part: SamplePart, labels: readonly string[]): boolean {
  if (series.family !== family || series.part !== part || series.labels.length !== labels.length) return false;
  if (series.labels === labels) return true;
  for (let index = 0; index < labels.length; index++) {
    if (series.labels[index] !== labels[index]) return false;
  }
  return true;
}
