import { crc32 } from 'node:zlib';
import { writeColumn } from './block-column-writer';
import { CRC_BYTES, LEAST_BYTES, MASK_BYTES, MAX_POINTS, SLOTS, SOME_GAPS, VERSION } from './block-format';
import { writePresence } from './block-presence';
import { MAX_TIME, writeTimes } from './block-times';
import { ByteWriter } from './byte-writer';

/** Values of a series at the times of a block. */
export interface Column {
  readonly values: Float64Array;
  /** 1 where there is a value, else 0; absent: everywhere. */
  readonly present?: Uint8Array;
}

/** A raw column takes 8 bytes a point and its presence less than one; no other form takes more. */
const MAX_BYTES = (SLOTS + 1) * (32 + MAX_POINTS * 9);

const head = new ByteWriter(LEAST_BYTES + MASK_BYTES + SLOTS * 4);
const body = new ByteWriter(MAX_BYTES);

/**
 * `times[0..count)` are Unix milliseconds, integers, and rise; `columns[slot]` is undefined when the slot has no values.
 * Every value comes back as it was, but for the payload of a NaN. Throws RangeError for what a block cannot hold.
 */
export function encodeBlock(
  times: Float64Array,
  count: number,
  columns: readonly (Column | undefined)[]
): Uint8Array<ArrayBuffer> {
  checkTimes(times, count);
  checkColumns(columns, count);
  body.length = 0;
  writeTimes(body, times, count);
  const lengths = [body.length];
  const dense = new Float64Array(count);
  const scratch = new Float64Array(count);
  let slots = 0;
  let gaps = 0;
  columns.forEach((column, slot) => {
    if (column === undefined) return;
    const { values, present } = column;
    const from = body.length;
    const found = present === undefined ? count : compact(values, present, count, dense);
    if (found === 0) return;
    slots |= 1 << slot;
    if (present !== undefined && found < count) {
      gaps |= 1 << slot;
      writePresence(body, present, count);
    }
    writeColumn(body, found < count ? dense : values, found, scratch);
    lengths.push(body.length - from);
  });
  head.length = 0;
  head.byte(VERSION);
  head.varint(count);
  head.integer(gaps === 0 ? slots : slots | SOME_GAPS, MASK_BYTES);
  if (gaps !== 0) head.integer(gaps, MASK_BYTES);
  lengths.forEach((length) => head.varint(length));
  return withChecksum(head.written(), body.written());
}

function checkTimes(times: Float64Array, count: number): void {
  if (!(Number.isInteger(count) && count >= 1 && count <= Math.min(MAX_POINTS, times.length))) {
    throw new RangeError(`a block holds 1 to ${MAX_POINTS} times, not ${count} of ${times.length}`);
  }
  let before = -1;
  for (let at = 0; at < count; at++) {
    const time = times[at] as number;
    if (!(Number.isInteger(time) && time > before && time <= MAX_TIME)) {
      throw new RangeError(`times are whole milliseconds from 0 that rise: ${time} comes after ${before}`);
    }
    before = time;
  }
}

function checkColumns(columns: readonly (Column | undefined)[], count: number): void {
  if (columns.length > SLOTS) throw new RangeError(`a block holds ${SLOTS} columns, not ${columns.length}`);
  columns.forEach((column, slot) => {
    const length = Math.min(column?.values.length ?? count, column?.present?.length ?? count);
    if (length < count) throw new RangeError(`column ${slot} has ${length} values for ${count} times`);
  });
}

/** Puts the values that are present in `into` and gives how many they are. */
function compact(values: Float64Array, present: Uint8Array, count: number, into: Float64Array): number {
  let found = 0;
  for (let at = 0; at < count; at++) {
    if (present[at] !== 0) into[found++] = values[at] as number;
  }
  return found;
}

function withChecksum(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length + CRC_BYTES);
  bytes.set(first);
  bytes.set(second, first.length);
  const content = bytes.subarray(0, -CRC_BYTES);
  head.length = 0;
  head.integer(crc32(content), CRC_BYTES);
  bytes.set(head.written(), content.length);
  return bytes;
}
