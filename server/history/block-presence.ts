import { BlockError } from './block-error';
import type { ByteReader } from './byte-reader';
import { varintLength, type ByteWriter } from './byte-writer';

/**
 * Which times of a block a column with gaps has values at.
 *
 *     presence = number of runs, then the length of each but the last: absent, present, absent...
 *              | 0  bitmap, a bit for each time
 */

/** `present[0..count)` has both absent and present. */
export function writePresence(writer: ByteWriter, present: Uint8Array, count: number): void {
  const runs = runsOf(present, count);
  const runsLength = runs.reduce((sum, run) => sum + varintLength(run), varintLength(runs.length));
  const bitmapLength = Math.ceil(count / 8);
  if (runsLength <= 1 + bitmapLength) {
    writer.varint(runs.length);
    runs.forEach((run) => writer.varint(run));
    return;
  }
  writer.varint(0);
  for (let from = 0; from < count; from += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8 && from + bit < count; bit++) byte |= (present[from + bit] === 0 ? 0 : 1) << bit;
    writer.byte(byte);
  }
}

/** Lengths of runs but the last one, which ends with the block. The first run is absent. */
function runsOf(present: Uint8Array, count: number): number[] {
  const runs: number[] = [];
  let from = 0;
  let isPresent = false;
  for (let at = 0; at < count; at++) {
    if ((present[at] !== 0) === isPresent) continue;
    runs.push(at - from);
    from = at;
    isPresent = !isPresent;
  }
  return runs;
}

/** Puts the times that are present in `into` and gives how many they are: at least one. */
export function readPresence(reader: ByteReader, times: Float64Array, count: number, into: Float64Array): number {
  const runs = reader.varint();
  const found = runs === 0 ? readBitmap(reader, times, count, into) : readRuns(reader, runs, times, count, into);
  if (found === 0) throw new BlockError('a column with gaps has no values');
  return found;
}

function readBitmap(reader: ByteReader, times: Float64Array, count: number, into: Float64Array): number {
  let found = 0;
  for (let from = 0; from < count; from += 8) {
    const byte = reader.byte();
    const to = Math.min(from + 8, count);
    if (byte >>> (to - from) !== 0) throw new BlockError('a column is longer than the block');
    for (let at = from; at < to; at++) {
      if (((byte >>> (at - from)) & 1) === 1) into[found++] = times[at] as number;
    }
  }
  return found;
}

function readRuns(reader: ByteReader, runs: number, times: Float64Array, count: number, into: Float64Array): number {
  let found = 0;
  let at = 0;
  let isPresent = false;
  for (let left = runs; left >= 0; left--) {
    const to = left === 0 ? count : at + reader.varint();
    if (to > count) throw new BlockError('a column is longer than the block');
    if (isPresent) while (at < to) into[found++] = times[at++] as number;
    at = to;
    isPresent = !isPresent;
  }
  return found;
}
