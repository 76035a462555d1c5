import type { FamilyDescriptor } from '../model/family';
import type { SampleSet, Series } from '../model/samples';

/** Takes in what is polled. Implemented in memory and on disk; neither throws for the disk's sake. */
export interface HistoryWriter {
  /**
   * Takes in the samples of one poll; `atMs` is when it began. They are kept for good once `flush` has returned with the
   * store in state `ok`. The values are copied.
   */
  append(target: string, atMs: number, samples: SampleSet): void;
  /** Writes what was appended, closes what is due to be closed, and does one step of retention. */
  flush(): void;
  close(): void;
}

/** One series of one target. The same object for as long as the store is open. */
export interface StoredSeries {
  readonly target: string;
  readonly series: Series;
}

/**
 * Is given points of one series, in the order of time: those from index `from` up to, not including, `to` of the arrays,
 * which are only good during the call. One series' calls come in the order of time; calls of several series are mixed.
 * `index` is that of the series in what was asked for.
 */
export type PointVisitor = (index: number, times: Float64Array, values: Float64Array, from: number, to: number) => void;

export interface HistoryReader {
  /** Names of the targets that have samples within retention. */
  targets(): readonly string[];
  /** Families with samples within retention. */
  families(): readonly FamilyDescriptor[];
  /** The series of a family by its name, of all targets or of these, in a stable order. */
  series(family: string, targets?: readonly string[]): readonly StoredSeries[];
  /**
   * Visits the points of `fromMs <= time <= toMs`, flushed or not. `isCancelled` is asked now and then; once it says
   * true, reading ends early and `false` is returned.
   */
  read(
    series: readonly StoredSeries[],
    fromMs: number,
    toMs: number,
    visit: PointVisitor,
    isCancelled?: () => boolean
  ): boolean;
  /** Time of the last sample of a target that is stored at all; undefined: it has none. */
  latestMs(target: string): number | undefined;
}

/** An entry of SLOWLOG or COMMANDLOG as it is kept: what was redacted before is not in it. */
export interface LogEntry {
  readonly target: string;
  /** `slow`, `large-request` or `large-reply`. */
  readonly log: LogKind;
  /** The server's run id: ids of entries begin anew with each run. */
  readonly runId: string;
  readonly id: number;
  readonly timeMs: number;
  /** Microseconds for `slow`, bytes for the others. */
  readonly amount: number;
  /** Name in lower case, with its subcommand. */
  readonly command: string;
  /** Arguments as configured: a key pattern, keys, or all. */
  readonly text: string;
  readonly clientAddress: string;
  readonly clientName: string;
}

export type LogKind = 'slow' | 'large-request' | 'large-reply';

/** The newest entry that is kept of a log: where to go on after a restart of ours. */
export interface LogPosition {
  readonly target: string;
  readonly log: LogKind;
  readonly runId: string;
  readonly id: number;
  readonly timeMs: number;
}

/** An event as it is kept. `details` are texts. */
export interface StoredEvent {
  readonly id: number;
  readonly timeMs: number;
  readonly startMs?: number;
  readonly target: string;
  readonly kind: string;
  readonly severity: string;
  readonly text: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface Selection {
  readonly fromMs: number;
  readonly toMs: number;
  readonly targets?: readonly string[];
  /** The newest so many. */
  readonly limit: number;
}

/** Slow-log entries and events; kept as long as samples are. Never throws for the disk's sake. */
export interface LogBook {
  /** Entries that are there already (by target, log, run and id) are left as they are. */
  addEntries(entries: readonly LogEntry[]): void;
  addEvents(events: readonly Omit<StoredEvent, 'id'>[]): void;
  /** Oldest first. */
  entries(selection: Selection & { readonly logs?: readonly LogKind[] }): readonly LogEntry[];
  /** Oldest first. */
  events(
    selection: Selection & { readonly kinds?: readonly string[]; readonly severities?: readonly string[] }
  ): readonly StoredEvent[];
  /** Of every target and log. */
  positions(): readonly LogPosition[];
}
