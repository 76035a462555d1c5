import { familySuffix } from '../exposition/naming';
import type { HistoryReader, PointVisitor, StoredSeries } from '../history/interfaces';
import type { FamilyDescriptor } from '../model/family';
import type { SamplePart } from '../model/samples';

/** What is read at once of a metric. */
const WINDOW_MS = 6 * 60 * 60 * 1000;
const PART_ORDER: Readonly<Record<SamplePart, number>> = { '': 0, _bucket: 0, _sum: 1, _count: 2 };

/** What is to be exported; absent: everything. */
export interface Selection {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly targets: readonly string[];
  /** Names of families. */
  readonly families: readonly string[];
}

/** Series whose samples of one time stand together: all lines of one label set of a histogram; else a single one. */
export interface Metric {
  readonly family: FamilyDescriptor;
  /** Of the family as OpenMetrics has it: sums and counts of a summary are families of their own. */
  readonly name: string;
  /** Of one target. */
  readonly series: readonly StoredSeries[];
}

/** The metrics to be exported, those of one name one after the other. */
export function listMetrics(reader: HistoryReader, { targets, families }: Selection): readonly Metric[] {
  return reader
    .families()
    .filter(({ name }) => families.length === 0 || families.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((family) => metricsOf(family, reader.series(family.name, targets.length === 0 ? undefined : targets)));
}

function metricsOf(family: FamilyDescriptor, stored: readonly StoredSeries[]): readonly Metric[] {
  const bySuffix = Map.groupBy(stored, ({ series }) => familySuffix(series, 'openmetrics'));
  return [...bySuffix].flatMap(([suffix, members]) => {
    const groups = family.type === 'histogram' ? histogramsOf(members) : members.map((one) => [one]);
    return groups.map((series) => ({ family, name: family.name + suffix, series }));
  });
}

function histogramsOf(stored: readonly StoredSeries[]): readonly (readonly StoredSeries[])[] {
  const bySet = Map.groupBy(stored, ({ target, series: { family, labels } }) =>
    [target, ...labels.slice(0, family.labelNames.length)].join('\0')
  );
  return [...bySet.values()].map((set) => set.sort((a, b) => rank(a) - rank(b) || bound(a) - bound(b)));
}

function rank({ series }: StoredSeries): number {
  return PART_ORDER[series.part];
}

/** Upper bound of a bucket; 0 of all else. */
function bound({ series: { part, labels } }: StoredSeries): number {
  if (part !== '_bucket') return 0;
  const le = labels.at(-1);
  return le === '+Inf' ? Number.MAX_VALUE : Number(le);
}

export interface Sample {
  /** Index of its series in the metric. */
  readonly at: number;
  readonly timeMs: number;
  readonly value: number;
}

/** A stretch of a metric's history: its samples in the order of time, those of one time in the order of the series. */
export interface Window {
  readonly samples: readonly Sample[];
  /** How far this is within the metric's time asked for: 1 is its end. */
  readonly progress: number;
}

/** Reads a metric piece by piece, so that what is in memory stays small however long the history is. */
export function* readWindows(reader: HistoryReader, metric: Metric, selection: Selection): Generator<Window> {
  const { series } = metric;
  const { fromMs = 0, toMs = Infinity } = selection;
  const last = Math.min(toMs, Math.max(...series.map(({ target }) => reader.latestMs(target) ?? -Infinity)));
  const first = Math.min(...series.map((one) => firstTime(reader, one, fromMs, last)));
  for (let start = first; start <= last; start = nextWindow(start)) {
    const end = Math.min(last, nextWindow(start) - 1);
    yield { samples: readSamples(reader, series, start, end), progress: (end - first + 1) / (last - first + 1) };
  }
}

function nextWindow(timeMs: number): number {
  return (Math.floor(timeMs / WINDOW_MS) + 1) * WINDOW_MS;
}

/** Time of the first sample between two times; Infinity: there is none. */
function firstTime(reader: HistoryReader, series: StoredSeries, fromMs: number, toMs: number): number {
  let first = Infinity;
  const visit: PointVisitor = (_, times, __, from, to) => {
    if (first === Infinity && from < to) first = times[from] as number;
  };
  if (fromMs <= toMs) reader.read([series], fromMs, toMs, visit, () => first < Infinity);
  return first;
}

function readSamples(
  reader: HistoryReader,
  series: readonly StoredSeries[],
  fromMs: number,
  toMs: number
): readonly Sample[] {
  const samples: Sample[] = [];
  reader.read(series, fromMs, toMs, (at, times, values, from, to) => {
    for (let i = from; i < to; i++) samples.push({ at, timeMs: times[i] as number, value: values[i] as number });
  });
  return series.length === 1 ? samples : samples.sort((a, b) => a.timeMs - b.timeMs || a.at - b.at);
}
