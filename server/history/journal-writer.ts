import { crc32 } from 'node:zlib';
import { ByteWriter } from './byte-writer';
import type { Page, Segment } from './segment';

/** A row of the journal at most, unless a single poll is larger. */
const ROW_BYTES = 1 << 20;
/** Bytes a poll takes at most besides its columns, and for each of them: its number, and its value. */
const POLL_BYTES = 64;
const COLUMN_BYTES = 5 + 14;
/** Differences are written as integers up to here. */
const MAX_DIFFERENCE = 2 ** 40;

/**
 * Writes polls for the journal, each as what has changed since the one before it in its segment.
 *
 *     row     = record ... 0  CRC-32 of all before (4 bytes)
 *     record  = target + 1  number of its first poll  count of polls  poll ...
 *     poll    = time (8 bytes)  0, or count of series and their numbers (each less the one before)  change ...  0
 *     change  = (columns since the last change) * 2 + 1  difference to the value before
 *             | (columns since the last change) * 2      value (8 bytes)
 *
 * A poll that names its series has values that differ from zeros. Numbers are varints; those that can be negative are
 * signed ones.
 */
export class JournalWriter {
  private out = new ByteWriter(ROW_BYTES);
  private readonly emit: (row: Uint8Array) => void;

  /** `emit` is given rows; their bytes are good during the call. */
  constructor(emit: (row: Uint8Array) => void) {
    this.emit = emit;
  }

  /** Writes what is not in the journal yet. */
  write(target: number, segment: Segment): void {
    let poll = 0;
    let before: Page | undefined;
    for (const page of segment.pages) {
      const from = Math.max(0, segment.journaled - poll);
      if (from < page.rows) this.writeRows(target, segment.firstPoll + poll, page, from, before);
      poll += page.rows;
      before = page;
    }
  }

  /** Forgets what was written and not emitted. */
  reset(): void {
    this.out.length = 0;
  }

  /** Emits what was written since. */
  finish(): void {
    if (this.out.length === 0) return;
    this.out.varint(0);
    this.out.integer(crc32(this.out.written()), 4);
    this.emit(this.out.written());
    this.out.length = 0;
  }

  /** `firstPoll` is the number of the page's row 0. */
  private writeRows(target: number, firstPoll: number, page: Page, from: number, before: Page | undefined): void {
    const bytesPerPoll = POLL_BYTES + page.mapping.numbers.length * COLUMN_BYTES;
    for (let row = from; row < page.rows;) {
      this.makeRoom(bytesPerPoll);
      const fitting = Math.floor((ROW_BYTES - this.out.length) / bytesPerPoll);
      const end = Math.min(page.rows, row + Math.max(1, fitting));
      this.out.varint(target + 1);
      this.out.varint(firstPoll + row);
      this.out.varint(end - row);
      for (; row < end; row++) this.writePoll(page, row, before);
    }
  }

  private makeRoom(bytes: number): void {
    if (this.out.length + bytes <= ROW_BYTES) return;
    this.finish();
    if (bytes > ROW_BYTES) this.out = new ByteWriter(bytes);
  }

  private writePoll(page: Page, row: number, before: Page | undefined): void {
    const { out } = this;
    const { numbers } = page.mapping;
    out.double(page.times[row] as number);
    if (row > 0) {
      out.varint(0);
      this.writeChanges(page, row, page.values, row - 1);
    } else if (before?.mapping === page.mapping) {
      out.varint(0);
      this.writeChanges(page, row, before.values, before.rows - 1);
    } else {
      out.varint(numbers.length);
      let last = 0;
      for (const number of numbers) {
        out.signed(number - last);
        last = number;
      }
      this.writeChanges(page, row, new Float64Array(numbers.length), 0);
    }
  }

  private writeChanges(page: Page, row: number, before: Float64Array, beforeRow: number): void {
    const { out } = this;
    const { values } = page;
    const width = page.mapping.numbers.length;
    const offset = row * width;
    const beforeOffset = beforeRow * width;
    let written = -1;
    for (let column = 0; column < width; column++) {
      const value = values[offset + column] as number;
      const old = before[beforeOffset + column] as number;
      if (Object.is(value, old)) continue;
      const gap = (column - written) * 2;
      const difference = value - old;
      if (Math.abs(difference) < MAX_DIFFERENCE && Number.isInteger(difference) && Object.is(old + difference, value)) {
        out.varint(gap + 1);
        out.signed(difference);
      } else {
        out.varint(gap);
        out.double(value);
      }
      written = column;
    }
    out.varint(0);
  }
}
