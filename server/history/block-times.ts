import { BlockError } from './block-error';
import { unpack, type ByteReader } from './byte-reader';
import { bitsLength, bitWidth, signedLength, type ByteWriter } from './byte-writer';

/**
 * Times as packed integers. Polls that follow a regular grid: how far each is from it; where some were missed, a jump
 * moves the grid for all that follow. Others: how much longer each delta is than the shortest one.
 *
 *     times = form (width, + GRID when it is one)  base (signed)  step  jumps of a grid...  integers (to the end)
 *     jump  = times since the last jump, length (signed)
 *
 * What the forms can express always rises; the reader refuses the rest.
 */
const GRID = 0x40;
/** Unix milliseconds. */
export const MAX_TIME = 2 ** 52;

/** How times are packed: `rests[0..count)`, less the least of them. */
interface Plan {
  readonly isGrid: boolean;
  readonly base: number;
  readonly step: number;
  readonly jumps: readonly Jump[];
  readonly rests: Float64Array;
  readonly least: number;
  readonly width: number;
}

/** From the time at `at` on, the grid is moved by `lengthMs`. */
interface Jump {
  readonly at: number;
  readonly lengthMs: number;
}

/** `times[0..count)` are integers of 0 to `MAX_TIME` and rise. */
export function writeTimes(writer: ByteWriter, times: Float64Array, count: number): void {
  const deltas = deltaPlan(times, count);
  const grid = gridPlan(times, count, deltas.rests);
  const { isGrid, base, step, jumps, rests, least, width } =
    grid !== undefined && lengthOf(grid, count) < lengthOf(deltas, count) ? grid : deltas;
  writer.byte(isGrid ? width + GRID : width);
  writer.signed(base);
  writer.varint(step);
  jumps.forEach(({ at, lengthMs }, index) => {
    writer.varint(at - (jumps[index - 1]?.at ?? 0));
    writer.signed(lengthMs);
  });
  writer.bits(rests, 0, count, least, width);
}

function lengthOf({ jumps, width }: Plan, count: number): number {
  const jumpsLength = jumps.reduce((sum, { lengthMs }) => sum + 1 + signedLength(lengthMs), 0);
  return jumpsLength + bitsLength(count, width);
}

function deltaPlan(times: Float64Array, count: number): Plan {
  const rests = new Float64Array(count);
  for (let at = 1; at < count; at++) rests[at] = (times[at] as number) - (times[at - 1] as number);
  const { least, width } = spread(rests, 1);
  rests[0] = least; // the first time is `base` and the least delta
  return { isGrid: false, base: (times[0] as number) - least, step: least, jumps: [], rests, least, width };
}

/** `deltas[0]` is none. Undefined: the times are too far from any grid. */
function gridPlan(times: Float64Array, count: number, deltas: Float64Array): Plan | undefined {
  if (count < 3) return undefined;
  const usual = usualDelta(deltas.subarray(1));
  const isJump = (delta: number) => Math.abs(delta - usual) > usual / 2;
  let sum = 0;
  let summed = 0;
  for (let at = 1; at < count; at++) {
    const delta = deltas[at] as number;
    if (isJump(delta)) continue;
    sum += delta;
    summed++;
  }
  const step = Math.round(sum / summed);
  const jumps: Jump[] = [];
  const rests = new Float64Array(count);
  for (let at = 1; at < count; at++) {
    const delta = deltas[at] as number;
    const before = rests[at - 1] as number;
    if (isJump(delta)) {
      jumps.push({ at, lengthMs: delta - step });
      rests[at] = before;
    } else rests[at] = before + delta - step;
  }
  const { least, width } = spread(rests, 0);
  const moves = [0, ...jumps.map(({ lengthMs }) => lengthMs)];
  if (moves.some((lengthMs) => !rises(step + lengthMs, width))) return undefined;
  return { isGrid: true, base: (times[0] as number) + least - step, step, jumps, rests, least, width };
}

/** The mean where no delta is far from it, else the median, which takes longer to find. */
function usualDelta(deltas: Float64Array): number {
  const mean = deltas.reduce((sum, delta) => sum + delta) / deltas.length;
  const areUsual = deltas.every((delta) => Math.abs(delta - mean) <= mean / 2);
  return areUsual ? mean : (deltas.toSorted()[deltas.length >> 1] as number);
}

/** Whether every time is later than the one before when the grid's are this far apart. */
function rises(stepMs: number, width: number): boolean {
  return stepMs > 0 && bitWidth(stepMs) > width;
}

function spread(values: Float64Array, from: number): { least: number; width: number } {
  let least = values[from] ?? 1;
  let most = least;
  for (let at = from + 1; at < values.length; at++) {
    const value = values[at] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, width: bitWidth(most - least) };
}

/** Gives `count` times that rise. */
export function readTimes(reader: ByteReader, count: number, into: Float64Array): void {
  const form = reader.byte();
  const adds = form < GRID;
  const width = adds ? form : form - GRID;
  let base = reader.signed();
  const step = reader.varint();
  const integers = reader.bitsAtEnd(count, width);
  if (!rises(step, adds ? 0 : width)) throw new BlockError('the times do not rise');
  let from = 0;
  while (!adds && reader.at < integers) {
    const to = from + reader.varint();
    const lengthMs = reader.signed();
    if (to <= from || to >= count || !rises(step + lengthMs, width)) throw new BlockError('the times do not rise');
    base = unpack(reader.bytes, integers * 8 + from * width, { width, base, step, adds, divisor: 1 }, into, from, to);
    base += lengthMs;
    from = to;
  }
  if (reader.at !== integers) throw new BlockError('the times are damaged');
  unpack(reader.bytes, integers * 8 + from * width, { width, base, step, adds, divisor: 1 }, into, from, count);
  if ((into[count - 1] as number) > MAX_TIME) throw new BlockError('the times are too late');
}
