import { TARGETS_TOGETHER, PARTS } from './key';
import type { BlockVisitor, Shelf, TargetRange } from './shelf';

/** What a block takes in memory besides its bytes, about. */
const BLOCK_OVERHEAD = 200;

/** Blocks in memory. Nothing else: what rows and journal tell, the store knows as long as the process lives. */
export class MemoryShelf implements Shelf {
  readonly keepsJournal = false;
  blockChanges = 0;
  private readonly blocksByKey = new Map<number, Uint8Array>();
  /** Rises; what was removed is cut off now and then. */
  private keys: number[] = [];
  private bytes = 0;

  transaction(work: () => void): void {
    work();
  }

  rows(): [] {
    return [];
  }

  putRow(): void {
    // Nothing outlives the process.
  }

  addBlock(key: number, bytes: Uint8Array): void {
    this.blockChanges++;
    const last = this.keys.at(-1) ?? -1;
    if (key > last) this.keys.push(key);
    else this.keys.splice(this.place(key), 0, key);
    this.blocksByKey.set(key, bytes);
    this.bytes += bytes.length + BLOCK_OVERHEAD;
  }

  blocks(firstKey: number, { first, last, bits }: TargetRange, visit: BlockVisitor): void {
    const end = firstKey + (last + 1) * PARTS;
    for (let at = this.place(firstKey + first * PARTS); ; at++) {
      const key = this.keys[at];
      if (key === undefined || key >= end) return;
      const target = Math.floor(key / PARTS) % TARGETS_TOGETHER;
      const bytes = this.blocksByKey.get(key);
      if (bytes !== undefined && ((bits >> BigInt(target)) & 1n) === 1n) visit(target, bytes);
    }
  }

  lastKey(first: number, end: number): number | undefined {
    const key = this.keys[this.place(end) - 1];
    return key !== undefined && key >= first ? key : undefined;
  }

  firstKey(): number | undefined {
    return this.keys[0];
  }

  removeBlocks(end: number, limit: number): number {
    const count = Math.min(limit, this.place(end));
    if (count > 0) this.blockChanges++;
    for (const key of this.keys.splice(0, count)) {
      this.bytes -= (this.blocksByKey.get(key)?.length ?? 0) + BLOCK_OVERHEAD;
      this.blocksByKey.delete(key);
    }
    return count;
  }

  journal(): [] {
    return [];
  }

  addJournal(): void {
    // As above.
  }

  trimJournal(): void {
    // As above.
  }

  usedBytes(): number {
    return this.bytes;
  }

  takenBytes(): number {
    return this.bytes;
  }

  isRemoved(): boolean {
    return false;
  }

  shrink(): void {
    // Memory is given back as it is freed.
  }

  close(): void {
    this.removeBlocks(Infinity, Infinity);
  }

  /** Index of the first key that is not smaller. */
  private place(key: number): number {
    let from = 0;
    let to = this.keys.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.keys[middle] as number) < key) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
