/** What there is besides blocks and journal: rows of JSON by number. */
export type TableName = 'family' | 'series' | 'target' | 'presence';
export const TABLE_NAMES: readonly TableName[] = ['family', 'series', 'target', 'presence'];

/** A selection of targets that stand together (see `TARGETS_TOGETHER`); each is numbered within these. */
export interface TargetRange {
  readonly first: number;
  readonly last: number;
  /** A bit for each wanted one. */
  readonly bits: bigint;
}

/** A block of a range; parts of one target follow each other. */
export type BlockVisitor = (targetWithin: number, bytes: Uint8Array) => void;

/** Where blocks, the journal and the dictionary are kept. What is on a disk throws SQLite's errors. */
export interface Shelf {
  /** False: nothing outlives the process anyway, so nobody needs to write to the journal. */
  readonly keepsJournal: boolean;
  /** Grows whenever blocks come or go. */
  readonly blockChanges: number;
  /** Does all of `work` or, when it throws, nothing. */
  transaction(work: () => void): void;

  rows(table: TableName): Iterable<readonly [id: number, value: unknown]>;
  /** Undefined: the row goes. */
  putRow(table: TableName, id: number, value: unknown): void;

  /** `key` is greater than that of every block of this target, window and group. */
  addBlock(key: number, bytes: Uint8Array): void;
  /** Blocks of a window and group of these targets, in the order of their keys. `firstKey` is the first possible. */
  blocks(firstKey: number, range: TargetRange, visit: BlockVisitor): void;
  /** The greatest key from `first` up to, not including, `end`. */
  lastKey(first: number, end: number): number | undefined;
  firstKey(): number | undefined;
  /** Removes blocks below a key, the oldest first, at most `limit`; gives how many. */
  removeBlocks(end: number, limit: number): number;

  journal(): Iterable<readonly [id: number, bytes: Uint8Array]>;
  addJournal(id: number, bytes: Uint8Array): void;
  /** Removes rows with a smaller id. */
  trimJournal(below: number): void;

  /** Bytes that hold something. */
  usedBytes(): number;
  /** Bytes that are taken. */
  takenBytes(): number;
  /** Its file was removed: what is written still goes there, and is lost with the process. */
  isRemoved(): boolean;
  /** Gives some of the bytes back that hold nothing. */
  shrink(): void;
  close(): void;
}
