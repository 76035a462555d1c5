import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { LogEntry, LogKind, LogPosition, Selection, StoredEvent } from './interfaces';
import { entryKey, MemoryLogBook, newerPosition, newestOf, type LogBatch, type StoreLogBook } from './memory-log-book';

/**
 * A source is a log of one run of a server; its last entry stays known. Numbers are REAL, JavaScript's own kind: whole
 * ones take no more room for it.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS log_source (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL, log TEXT NOT NULL, run_id TEXT NOT NULL,
    last_id REAL NOT NULL, last_ms REAL NOT NULL,
    UNIQUE (target, log, run_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS log_entry (
    source INTEGER NOT NULL, id REAL NOT NULL, time_ms REAL NOT NULL, amount REAL NOT NULL,
    command TEXT NOT NULL, text TEXT NOT NULL, client_address TEXT NOT NULL, client_name TEXT NOT NULL,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS log_entry_by_time ON log_entry (time_ms);
  CREATE INDEX IF NOT EXISTS log_entry_by_source ON log_entry (source, time_ms);
  CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ms REAL NOT NULL, start_ms REAL, target TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
    text TEXT NOT NULL, details TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS event_by_time ON event (time_ms);
  CREATE INDEX IF NOT EXISTS event_by_target ON event (target, time_ms);
`;

const ADD_SOURCE = `
  INSERT INTO log_source (target, log, run_id, last_id, last_ms) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET last_id = max(last_id, excluded.last_id), last_ms = max(last_ms, excluded.last_ms)
  RETURNING id`;
const ENTRIES = 'log_entry.*, target, log, run_id FROM log_entry JOIN log_source ON source = log_source.id';
const ADD_ENTRY = 'INSERT OR IGNORE INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const ADD_EVENT = 'INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
/** With max() SQLite takes the other columns from the row that has it. */
const POSITIONS = 'SELECT target, log, run_id, last_id, max(last_ms) AS last_ms FROM log_source GROUP BY target, log';
/** Also the ids of events that were deleted since. */
const LAST_EVENT = "SELECT seq FROM sqlite_sequence WHERE name = 'event'";

type Row = Readonly<Record<string, SQLOutputValue>>;

/** A condition of a SELECT and what to put in for its `?`. */
type Condition = readonly [sql: string, value: SQLInputValue];

/** The log book in a store's file. Tables and indexes are made where they are missing. Reading throws when SQLite does. */
class DiskLogBook implements StoreLogBook {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly added: MemoryLogBook;
  private flushed: LogBatch = { entries: [], events: [] };

  constructor(db: DatabaseSync) {
    this.db = db;
    db.exec(TABLES);
    this.added = new MemoryLogBook(Number(this.prepared(LAST_EVENT).get()?.['seq'] ?? 0));
  }

  get givenUp(): StoreLogBook['givenUp'] {
    return this.added.givenUp;
  }

  addEntries(entries: readonly LogEntry[]): void {
    this.added.addEntries(entries);
  }

  addEvents(events: readonly Omit<StoredEvent, 'id'>[]): void {
    this.added.addEvents(events);
  }

  entries(selection: Selection & { readonly logs?: readonly LogKind[] }): LogEntry[] {
    const conditions = [...oneOf('target', selection.targets), ...oneOf('log', selection.logs)];
    const written = this.select(ENTRIES, conditions, selection, ['source', 'log_entry.id']).map(toEntry);
    const keys = new Set(written.map(entryKey));
    const added = this.added.entries(selection).filter((entry) => !keys.has(entryKey(entry)));
    return newestOf([...written, ...added], selection.limit);
  }

  events(
    selection: Selection & { readonly kinds?: readonly string[]; readonly severities?: readonly string[] }
  ): StoredEvent[] {
    const conditions = [
      ...oneOf('target', selection.targets),
      ...oneOf('kind', selection.kinds),
      ...oneOf('severity', selection.severities),
    ];
    const written = this.select('* FROM event', conditions, selection, ['id']).map(toEvent);
    return newestOf([...written, ...this.added.events(selection)], selection.limit);
  }

  positions(): LogPosition[] {
    const written = this.prepared(POSITIONS).all().map(toPosition);
    const byLog = new Map(written.map((position) => [logKey(position), position]));
    for (const position of this.added.positions()) {
      byLog.set(logKey(position), newerPosition(byLog.get(logKey(position)), position));
    }
    return [...byLog.values()];
  }

  flush(): void {
    const batch = this.added.held();
    for (const entry of batch.entries) {
      const { target, log, runId, id, timeMs, amount, command, text, clientAddress, clientName } = entry;
      const source = this.prepared(ADD_SOURCE).get(target, log, runId, id, timeMs)?.['id'] ?? null;
      this.prepared(ADD_ENTRY).run(source, id, timeMs, amount, command, text, clientAddress, clientName);
    }
    for (const { id, timeMs, startMs, target, kind, severity, text, details } of batch.events) {
      this.prepared(ADD_EVENT).run(id, timeMs, startMs ?? null, target, kind, severity, text, JSON.stringify(details));
    }
    this.flushed = batch;
    this.added.clear();
  }

  rolledBack(): void {
    this.added.putBack(this.flushed);
    this.flushed = { entries: [], events: [] };
  }

  trim(beforeMs: number): void {
    this.added.trim(beforeMs);
    for (const where of ['log_entry WHERE time_ms', 'log_source WHERE last_ms', 'event WHERE time_ms']) {
      this.prepared(`DELETE FROM ${where} < ?`).run(beforeMs);
    }
  }

  /** Rows of the selection's time, oldest first; what has the same time is in the order of `ties`. */
  private select(
    columnsFrom: string,
    conditions: readonly Condition[],
    { fromMs, toMs, limit }: Selection,
    ties: readonly string[]
  ): Row[] {
    const where = ['time_ms BETWEEN ? AND ?', ...conditions.map(([sql]) => sql)].join(' AND ');
    const order = ['time_ms', ...ties].map((column) => `${column} DESC`).join();
    const statement = this.prepared(`SELECT ${columnsFrom} WHERE ${where} ORDER BY ${order} LIMIT ?`);
    return statement.all(fromMs, toMs, ...conditions.map(([, value]) => value), limit).reverse();
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}

/** A log book in the store's file; throws when the tables cannot be made. */
export function createLogBook(db: DatabaseSync): StoreLogBook {
  return new DiskLogBook(db);
}

/** A log book of at most MOST_IN_MEMORY entries and as many events. */
export function createMemoryLogBook(): StoreLogBook {
  return new MemoryLogBook();
}

function oneOf(column: string, values: readonly string[] | undefined): Condition[] {
  if (values === undefined) return [];
  return [[`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values)]];
}

function logKey({ target, log }: { readonly target: string; readonly log: string }): string {
  return `${target}\0${log}`;
}

function toEntry(row: Row): LogEntry {
  return {
    target: textOf(row, 'target'),
    // Safe: nothing else is ever written there.
    log: textOf(row, 'log') as LogKind,
    runId: textOf(row, 'run_id'),
    id: Number(row['id']),
    timeMs: Number(row['time_ms']),
    amount: Number(row['amount']),
    command: textOf(row, 'command'),
    text: textOf(row, 'text'),
    clientAddress: textOf(row, 'client_address'),
    clientName: textOf(row, 'client_name'),
  };
}

function toPosition(row: Row): LogPosition {
  return {
    target: textOf(row, 'target'),
    // Safe: as above.
    log: textOf(row, 'log') as LogKind,
    runId: textOf(row, 'run_id'),
    id: Number(row['last_id']),
    timeMs: Number(row['last_ms']),
  };
}

function toEvent(row: Row): StoredEvent {
  const startMs = row['start_ms'] ?? null;
  return {
    id: Number(row['id']),
    timeMs: Number(row['time_ms']),
    ...(startMs !== null && { startMs: Number(startMs) }),
    target: textOf(row, 'target'),
    kind: textOf(row, 'kind'),
    severity: textOf(row, 'severity'),
    text: textOf(row, 'text'),
    // Safe: written by `flush` from such a record.
    details: JSON.parse(textOf(row, 'details')) as StoredEvent['details'],
  };
}

/** Of a column that is TEXT NOT NULL. */
function textOf(row: Row, column: string): string {
  return String(row[column]);
}
