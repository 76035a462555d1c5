import { DatabaseSync } from 'node:sqlite';
import { isDiskError } from './disk-problem';
import { HistoryError } from './history-error';
import { TABLE_NAMES } from './shelf';

/** Version of what is in the file: tables, keys, journal. Blocks have their own. */
const FORMAT = 1;
const PAGE_BYTES = 16_384;
const WAL_BYTES = 8 * 2 ** 20;

const TABLES = [
  'CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID',
  `INSERT INTO meta VALUES ('format', ${FORMAT})`,
  ...TABLE_NAMES.map((name) => `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT`),
  'CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
  'CREATE TABLE journal (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
].join(';');

export interface StoreFileOptions {
  /** `full`: what was flushed outlives a power failure, too, at the cost of a sync with each flush. */
  readonly synchronous: 'normal' | 'full';
  readonly readOnly: boolean;
}

/** Opens a store's file, and makes it when there is none. Throws HistoryError. */
export function openStoreFile(file: string, options: StoreFileOptions): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: options.readOnly, timeout: 1_000 });
    if (options.readOnly) db.exec('BEGIN');
    else if (isEmpty(db)) makeTables(db);
    checkFormat(db, file);
    if (!options.readOnly) setUp(db, options.synchronous);
    return db;
  } catch (error) {
    db?.close();
    if (!isDiskError(error)) throw error;
    const isOther = (error.errcode & 0xff) === 26;
    if (isOther) throw notAStore(file, { cause: error });
    const message = `the history in ${file} cannot be opened: ${error.message}; see that the directory can be written, and that the disk is not full`;
    throw new HistoryError('cannot_open', message, { cause: error });
  }
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0;
}

function makeTables(db: DatabaseSync): void {
  // The first two count only as long as there are no tables.
  db.exec(`
    PRAGMA page_size = ${PAGE_BYTES};
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    BEGIN IMMEDIATE; ${TABLES}; COMMIT
  `);
}

function setUp(db: DatabaseSync, synchronous: 'normal' | 'full'): void {
  db.exec(`
    PRAGMA synchronous = ${synchronous};
    PRAGMA cache_size = -8192;
    PRAGMA wal_autocheckpoint = ${WAL_BYTES / PAGE_BYTES};
    PRAGMA journal_size_limit = ${WAL_BYTES};
  `);
}

function checkFormat(db: DatabaseSync, file: string): void {
  const tables = db.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('meta', 'block', 'journal')");
  if (tables.get()?.['tables'] !== 3) throw notAStore(file);
  const format = Number(db.prepare("SELECT value FROM meta WHERE name = 'format'").get()?.['value']);
  if (format === FORMAT) return;
  throw new HistoryError(
    'newer_format',
    `the history in ${file} has format ${format}, this version knows format ${FORMAT}: use the version that wrote it, or another directory`
  );
}

function notAStore(file: string, options?: ErrorOptions): HistoryError {
  return new HistoryError('not_a_store', `${file} is not a history of redis-vitals: use another directory`, options);
}
