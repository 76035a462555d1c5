import type { LogBook, LogEntry, LogPosition, Selection, StoredEvent } from './interfaces';

/** More of either than this are not held in memory: the oldest are given up. */
export const MOST_IN_MEMORY = 10_000;

/** A log book as its store drives it. */
export interface StoreLogBook extends LogBook {
  /**
   * Writes what was added, as part of whatever transaction is open. When it throws, nothing is lost: what was added is
   * written by the next one.
   */
  flush(): void;
  /** To be called when the transaction of the last `flush` was not committed: what that wrote is to be written again. */
  rolledBack(): void;
  /** Forgets what is older. */
  trim(beforeMs: number): void;
  /** What was never written, as there was more to hold than memory is given for it. */
  readonly givenUp: { readonly entries: number; readonly events: number };
}

export interface LogBatch {
  readonly entries: readonly LogEntry[];
  readonly events: readonly StoredEvent[];
}

/** Entries and events in memory: a book of its own, and what the book on disk has yet to write. */
export class MemoryLogBook implements StoreLogBook {
  readonly givenUp = { entries: 0, events: 0 };
  private readonly heldEntries = new Map<string, LogEntry>();
  private heldEvents: StoredEvent[] = [];
  private readonly newest = new Map<string, LogPosition>();
  private lastEventId: number;

  /** Events are numbered from the one behind `lastEventId` on. */
  constructor(lastEventId = 0) {
    this.lastEventId = lastEventId;
  }

  addEntries(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const key = entryKey(entry);
      if (this.heldEntries.has(key)) continue;
      this.heldEntries.set(key, entry);
      this.advance(entry);
    }
    for (const key of this.heldEntries.keys()) {
      if (this.heldEntries.size <= MOST_IN_MEMORY) break;
      this.heldEntries.delete(key);
      this.givenUp.entries++;
    }
  }

  addEvents(events: readonly Omit<StoredEvent, 'id'>[]): void {
    this.holdEvents(events.map((event) => ({ ...event, id: ++this.lastEventId })));
  }

  entries(selection: Selection & { readonly logs?: readonly LogEntry['log'][] }): LogEntry[] {
    const isOfLog = isOneOf(selection.logs);
    return newestOf([...this.heldEntries.values()].filter(inSelection(selection)), selection.limit, ({ log }) =>
      isOfLog(log)
    );
  }

  events(
    selection: Selection & { readonly kinds?: readonly string[]; readonly severities?: readonly string[] }
  ): StoredEvent[] {
    const isOfKind = isOneOf(selection.kinds);
    const isOfSeverity = isOneOf(selection.severities);
    const { limit } = selection;
    return newestOf(
      this.heldEvents.filter(inSelection(selection)),
      limit,
      ({ kind, severity }) => isOfKind(kind) && isOfSeverity(severity)
    );
  }

  positions(): LogPosition[] {
    return [...this.newest.values()];
  }

  flush(): void {
    // There is no disk.
  }

  rolledBack(): void {
    // There is no disk.
  }

  trim(beforeMs: number): void {
    for (const [key, { timeMs }] of this.heldEntries) if (timeMs < beforeMs) this.heldEntries.delete(key);
    for (const [key, { timeMs }] of this.newest) if (timeMs < beforeMs) this.newest.delete(key);
    this.heldEvents = this.heldEvents.filter(({ timeMs }) => timeMs >= beforeMs);
  }

  /** Everything, in the order in which it was added. */
  held(): LogBatch {
    return { entries: [...this.heldEntries.values()], events: this.heldEvents };
  }

  clear(): void {
    this.heldEntries.clear();
    this.newest.clear();
    this.heldEvents = [];
  }

  /** Holds again what was held before everything that is held now. */
  putBack({ entries, events }: LogBatch): void {
    const since = this.held();
    this.clear();
    this.addEntries([...entries, ...since.entries]);
    this.holdEvents([...events, ...since.events]);
  }

  private holdEvents(events: readonly StoredEvent[]): void {
    const all = [...this.heldEvents, ...events];
    this.heldEvents = all.slice(-MOST_IN_MEMORY);
    this.givenUp.events += all.length - this.heldEvents.length;
  }

  private advance({ target, log, runId, id, timeMs }: LogEntry): void {
    const key = `${target}\0${log}`;
    const position = { target, log, runId, id, timeMs };
    this.newest.set(key, newerPosition(this.newest.get(key), position));
  }
}

/** Within a run the greater id is the newer one; of two runs that with the later entry. */
export function newerPosition(one: LogPosition | undefined, other: LogPosition): LogPosition {
  if (one === undefined) return other;
  const isNewer = one.runId === other.runId ? other.id > one.id : other.timeMs >= one.timeMs;
  return isNewer ? other : one;
}

/** The same for entries that are one. */
export function entryKey({ target, log, runId, id }: LogEntry): string {
  return `${target}\0${log}\0${runId}\0${id}`;
}

/** The newest so many of those that pass, oldest first; what has the same time stays in order. */
export function newestOf<T extends { readonly timeMs: number }>(
  list: readonly T[],
  limit: number,
  passes: (one: T) => boolean = () => true
): T[] {
  const sorted = list.filter(passes).sort((a, b) => a.timeMs - b.timeMs);
  return sorted.slice(Math.max(0, sorted.length - limit));
}

function inSelection({ fromMs, toMs, targets }: Selection): (one: { timeMs: number; target: string }) => boolean {
  const isOfTarget = isOneOf(targets);
  return ({ timeMs, target }) => timeMs >= fromMs && timeMs <= toMs && isOfTarget(target);
}

/** Absent: anything goes. */
function isOneOf(values: readonly string[] | undefined): (value: string) => boolean {
  if (values === undefined) return () => true;
  const set = new Set(values);
  return (value) => set.has(value);
}
