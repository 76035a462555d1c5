import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PARTS, TARGETS_TOGETHER } from './key';
import type { BlockVisitor, Shelf, TableName, TargetRange } from './shelf';

const SELECT_BLOCKS = `
  SELECT (id / ${PARTS}) % ${TARGETS_TOGETHER} AS target, data FROM block
  WHERE id >= ?1 AND id < ?2 AND (?3 >> ((id / ${PARTS}) % ${TARGETS_TOGETHER})) & 1
  ORDER BY id`;
const REMOVE_BLOCKS = 'DELETE FROM block WHERE id IN (SELECT id FROM block WHERE id < ? ORDER BY id LIMIT ?)';

/** Pages given back in one step. */
const SHRINK_PAGES = 64;
/** Free pages that are left for new blocks: one in so many of all. */
const SPARE_PAGES_RATIO = 16;
const LEAST_SPARE_PAGES = 64;

/** Blocks, journal and rows in SQLite's file. */
export class SqliteShelf implements Shelf {
  readonly keepsJournal = true;
  blockChanges = 0;
  private readonly db: DatabaseSync;
  private readonly file: string;
  private readonly pageBytes: number;
  private readonly statements = new Map<string, StatementSync>();

  private readonly unlock: () => void;

  /** `unlock` is called when the shelf is closed. */
  constructor(db: DatabaseSync, file: string, unlock: () => void) {
    this.db = db;
    this.unlock = unlock;
    this.file = file;
    this.pageBytes = this.pragma('page_size');
  }

  transaction(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  *rows(table: TableName): Iterable<readonly [number, unknown]> {
    for (const { id, data } of this.prepared(`SELECT id, data FROM ${table} ORDER BY id`).iterate()) {
      yield [Number(id), JSON.parse(String(data))];
    }
  }

  putRow(table: TableName, id: number, value: unknown): void {
    if (value === undefined) this.prepared(`DELETE FROM ${table} WHERE id = ?`).run(id);
    else this.prepared(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`).run(id, JSON.stringify(value));
  }

  addBlock(key: number, bytes: Uint8Array): void {
    this.blockChanges++;
    this.prepared('INSERT INTO block VALUES (?, ?)').run(key, bytes);
  }

  blocks(firstKey: number, { first, last, bits }: TargetRange, visit: BlockVisitor): void {
    const from = firstKey + first * PARTS;
    const end = firstKey + (last + 1) * PARTS;
    for (const { target, data } of this.prepared(SELECT_BLOCKS).all(from, end, BigInt.asIntN(64, bits))) {
      // Safe: the columns are an integer and a blob.
      visit(target as number, data as Uint8Array);
    }
  }

  lastKey(first: number, end: number): number | undefined {
    return this.number('SELECT max(id) AS value FROM block WHERE id >= ? AND id < ?', first, end);
  }

  firstKey(): number | undefined {
    return this.number('SELECT min(id) AS value FROM block');
  }

  removeBlocks(end: number, limit: number): number {
    const removed = Number(this.prepared(REMOVE_BLOCKS).run(end, limit).changes);
    if (removed > 0) this.blockChanges++;
    return removed;
  }

  *journal(): Iterable<readonly [number, Uint8Array]> {
    for (const { id, data } of this.prepared('SELECT id, data FROM journal ORDER BY id').iterate()) {
      // Safe: the column is a blob.
      yield [Number(id), data as Uint8Array];
    }
  }

  addJournal(id: number, bytes: Uint8Array): void {
    this.prepared('INSERT INTO journal VALUES (?, ?)').run(id, bytes);
  }

  trimJournal(below: number): void {
    this.prepared('DELETE FROM journal WHERE id < ?').run(below);
  }

  usedBytes(): number {
    return (this.pragma('page_count') - this.pragma('freelist_count')) * this.pageBytes;
  }

  takenBytes(): number {
    return ['', '-wal', '-shm'].reduce((bytes, ending) => bytes + sizeOf(this.file + ending), 0);
  }

  isRemoved(): boolean {
    return statSync(this.file, { throwIfNoEntry: false }) === undefined;
  }

  shrink(): void {
    const spare = Math.max(LEAST_SPARE_PAGES, this.pragma('page_count') / SPARE_PAGES_RATIO);
    if (this.pragma('freelist_count') > spare) this.db.exec(`PRAGMA incremental_vacuum(${SHRINK_PAGES})`);
  }

  close(): void {
    if (!this.db.isOpen) return;
    this.db.close();
    this.unlock();
  }

  private rollBack(): void {
    try {
      this.db.exec('ROLLBACK');
    } catch {
      // SQLite has done so itself: it does after some errors.
    }
  }

  private pragma(name: string): number {
    return Number(this.prepared(`PRAGMA ${name}`).get()?.[name]);
  }

  private number(sql: string, ...parameters: number[]): number | undefined {
    const value = this.prepared(sql).get(...parameters)?.['value'] ?? undefined;
    return value === undefined ? undefined : Number(value);
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
