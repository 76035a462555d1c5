import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { MAX_POINTS, openBlock, SLOTS, verifyBlock, type Block } from './block';
import { Dictionary } from './dictionary';
import { STORE_FILE } from './disk-store';
import { JournalReader } from './journal-reader';
import { unpackKey, windowStartMs } from './key';
import { SqliteShelf } from './sqlite-shelf';
import { openStoreFile } from './store-file';
import { TargetBook } from './target-book';

/** More problems are counted, not told. */
const MOST_PROBLEMS = 100;
/** Blocks between two calls about progress. */
const PROGRESS_BLOCKS = 256;

export interface VerifyReport {
  readonly blocks: number;
  readonly samples: number;
  readonly series: number;
  readonly targets: number;
  readonly journalRows: number;
  /** Times of the first and the last sample; absent: there are none. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Empty: all is well. */
  readonly problems: readonly string[];
}

/**
 * Reads all of a store: checksums and contents of blocks, that these are what their keys say, the journal, and SQLite's own
 * structures. Also while it is written to. `onProgress` is told of blocks. Throws HistoryError when there is no store.
 */
export function verifyStore(directory: string, onProgress: (done: number, total: number) => void): VerifyReport {
  const file = join(directory, STORE_FILE);
  const db = openStoreFile(file, { synchronous: 'normal', readOnly: true });
  try {
    return new Verification(db, file).run(onProgress);
  } finally {
    db.close();
  }
}

class Verification {
  private readonly db: DatabaseSync;
  private readonly shelf: SqliteShelf;
  private readonly dictionary = new Dictionary();
  private readonly targets = new TargetBook(this.dictionary);
  private readonly problems: string[] = [];
  private untold = 0;
  private blocks = 0;
  private samples = 0;
  private journalRows = 0;
  private fromMs = Infinity;
  private toMs = -Infinity;
  private readonly times = new Float64Array(MAX_POINTS);
  private readonly pointTimes = new Float64Array(MAX_POINTS);
  private readonly values = new Float64Array(MAX_POINTS);

  constructor(db: DatabaseSync, file: string) {
    this.db = db;
    this.shelf = new SqliteShelf(db, file, () => undefined);
  }

  run(onProgress: (done: number, total: number) => void): VerifyReport {
    this.check('the file', () => this.checkFile());
    this.check('targets and series', () => {
      this.dictionary.load(this.shelf);
      this.targets.load(this.shelf);
    });
    this.check('blocks', () => this.checkBlocks(onProgress));
    this.check('the journal', () => this.checkJournal());
    const { blocks, samples, journalRows, fromMs, toMs } = this;
    return {
      blocks,
      samples,
      series: this.dictionary.uses,
      targets: [...this.targets.all()].length,
      journalRows,
      ...(samples > 0 && { fromMs, toMs }),
      problems: this.untold === 0 ? this.problems : [...this.problems, `and ${this.untold} more`],
    };
  }

  private checkFile(): void {
    for (const row of this.db.prepare('PRAGMA integrity_check').iterate()) {
      const found = String(row['integrity_check']);
      if (found !== 'ok') this.tell(`the file: ${found}`);
    }
  }

  private checkBlocks(onProgress: (done: number, total: number) => void): void {
    const total = Number(this.db.prepare('SELECT count(*) AS blocks FROM block').get()?.['blocks']);
    for (const { id, data } of this.db.prepare('SELECT id, data FROM block ORDER BY id').iterate()) {
      // Safe: the column is a blob.
      this.check(`block ${String(id)}`, () => this.checkBlock(Number(id), data as Uint8Array));
      if (++this.blocks % PROGRESS_BLOCKS === 0) onProgress(this.blocks, total);
    }
    onProgress(this.blocks, total);
  }

  private checkBlock(key: number, bytes: Uint8Array): void {
    verifyBlock(bytes);
    const { window, target: number, group } = unpackKey(key);
    const block = openBlock(bytes);
    block.times(this.times);
    this.note(this.times[0] as number, this.times[block.count - 1] as number);
    if (this.times[0] !== undefined && this.times[0] < windowStartMs(window)) throw new Error('it begins too early');
    if ((this.times[block.count - 1] as number) >= windowStartMs(window + 1)) throw new Error('it ends too late');
    const target = this.targets.get(number);
    if (target === undefined) throw new Error(`there is no target ${number}`);
    for (let slot = 0; slot < SLOTS; slot++) {
      if (!block.has(slot)) continue;
      this.samples += this.countSamples(block, slot);
      const isKnown = target.presence.has(group, slot) && this.dictionary.get(group * SLOTS + slot) !== undefined;
      if (!isKnown) throw new Error(`${target.name} has no series ${group * SLOTS + slot}`);
    }
  }

  private countSamples(block: Block, slot: number): number {
    return block.points(slot, this.times, this.pointTimes, this.values);
  }

  /** Counts the polls of the journal that are in no block. */
  private checkJournal(): void {
    let row = 0;
    const reader = new JournalReader((number, poll, atMs, { numbers }) => {
      if (this.targets.get(number)?.needs(poll, row) !== true) return;
      this.samples += numbers.length;
      this.note(atMs, atMs);
    });
    for (const [id, bytes] of this.shelf.journal()) {
      row = id;
      this.check(`row ${id} of the journal`, () => reader.read(bytes));
      this.journalRows++;
    }
  }

  private note(fromMs: number, toMs: number): void {
    this.fromMs = Math.min(this.fromMs, fromMs);
    this.toMs = Math.max(this.toMs, toMs);
  }

  /** What cannot be read is a problem, and the rest is checked all the same. */
  private check(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.tell(`${what}: ${(error as Error).message}`);
    }
  }

  private tell(problem: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
    else this.untold++;
  }
}
