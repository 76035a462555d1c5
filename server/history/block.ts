import { crc32 } from 'node:zlib';
import { readColumn } from './block-column';
import { BlockError } from './block-error';
import { CRC_BYTES, LEAST_BYTES, MASK_BYTES, MAX_POINTS, SLOTS, SOME_GAPS, VERSION } from './block-format';
import { readPresence } from './block-presence';
import { readTimes } from './block-times';
import { ByteReader } from './byte-reader';

export { encodeBlock, type Column } from './block-encoder';
export { BlockError } from './block-error';
export { MAX_POINTS, SLOTS } from './block-format';

/** Throws BlockError for what is no block by its head. The rest is checked as it is read; `verifyBlock` checks it all. */
export function openBlock(bytes: Uint8Array): Block {
  return new Block(bytes);
}

/** Reads times and values out of a block. Opened with `openBlock`. */
export class Block {
  readonly count: number;
  private readonly slots: number;
  private readonly gaps: number;
  private readonly reader: ByteReader;
  /** Where the lengths of the slots stand, the times, and the first slot. */
  private readonly lengthsAt: number;
  private readonly timesAt: number;
  private readonly slotsAt: number;

  constructor(bytes: Uint8Array) {
    if (bytes.length < LEAST_BYTES) throw new BlockError(`a block of ${bytes.length} bytes is cut off`);
    if (bytes[0] !== VERSION) throw new BlockError(`a block of version ${bytes[0] ?? ''} cannot be read here`);
    const end = bytes.length - CRC_BYTES;
    const reader = new ByteReader(bytes, 1, end);
    this.reader = reader;
    this.count = reader.varint();
    if (this.count < 1 || this.count > MAX_POINTS) throw new BlockError(`a block cannot have ${this.count} times`);
    const mask = reader.integer(MASK_BYTES);
    this.slots = mask & (SOME_GAPS - 1);
    this.gaps = mask === this.slots ? 0 : reader.integer(MASK_BYTES);
    if (mask >>> (SLOTS + 1) !== 0 || (this.gaps & ~this.slots) !== 0) throw new BlockError('the slots are damaged');
    const timesLength = reader.varint();
    this.lengthsAt = reader.at;
    let length = timesLength;
    for (let left = this.slots; left !== 0; left &= left - 1) length += reader.varint();
    this.timesAt = reader.at;
    this.slotsAt = reader.at + timesLength;
    if (this.timesAt + length !== end) throw new BlockError('the length is not that of the parts');
  }

  /** Whether there are values of a slot. */
  has(slot: number): boolean {
    return slot >= 0 && slot < SLOTS && ((this.slots >>> slot) & 1) === 1;
  }

  /** Puts all `count` times in `into`. Throws BlockError. */
  times(into: Float64Array): void {
    readTimes(this.reader.seek(this.timesAt, this.slotsAt), this.count, into);
  }

  /**
   * Puts `count` values of a slot in `into`: one for each time. False, and nothing is done: the slot has gaps, or no
   * values; `points` reads it. Throws BlockError.
   */
  values(slot: number, into: Float64Array): boolean {
    if (!this.has(slot) || ((this.gaps >>> slot) & 1) === 1) return false;
    readColumn(this.seekSlot(slot), this.count, into);
    return true;
  }

  /**
   * Puts the values of a slot and their times in the arrays, and gives how many they are. `blockTimes` is what `times`
   * gave. Throws BlockError.
   */
  points(slot: number, blockTimes: Float64Array, intoTimes: Float64Array, intoValues: Float64Array): number {
    if (!this.has(slot)) return 0;
    if (this.values(slot, intoValues)) {
      for (let at = 0; at < this.count; at++) intoTimes[at] = blockTimes[at] as number;
      return this.count;
    }
    const reader = this.seekSlot(slot);
    const found = readPresence(reader, blockTimes, this.count, intoTimes);
    readColumn(reader, found, intoValues);
    return found;
  }

  private seekSlot(slot: number): ByteReader {
    const reader = this.reader.seek(this.lengthsAt, this.timesAt);
    let at = this.slotsAt;
    for (let before = this.slots & ((1 << slot) - 1); before !== 0; before &= before - 1) at += reader.varint();
    return reader.seek(at, at + reader.varint());
  }
}

/** Throws BlockError unless the block is, to the last byte, as it was written. */
export function verifyBlock(bytes: Uint8Array): void {
  const block = openBlock(bytes);
  const content = bytes.subarray(0, -CRC_BYTES);
  const crc = new ByteReader(bytes, content.length, bytes.length).integer(CRC_BYTES);
  if (crc !== crc32(content)) throw new BlockError('the checksum is wrong');
  const times = new Float64Array(block.count);
  const scratch = new Float64Array(block.count);
  const values = new Float64Array(block.count);
  block.times(times);
  for (let slot = 0; slot < SLOTS; slot++) block.points(slot, times, scratch, values);
}
