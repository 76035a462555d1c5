import { BlockError } from './block-error';
import { DOUBLES, SCALES } from './block-scale';
import { unpack, type ByteReader } from './byte-reader';

/**
 * The values of one column, in one of several forms. A number is an integer (signed) that is divided by
 * the scale, or a double.
 *
 *     column   = nothing: all are 0 | form (kind + 8 × scale)  body
 *     CONSTANT   number
 *     CHANGES    first number, then for each change: values since the last one, less one; difference, or the new double
 *     DELTAS     first integer, least difference (signed), width, differences less the least one
 *     PACKED     least integer, width, integers less the least one
 *     RAW        doubles
 */
export const CONSTANT = 0;
export const CHANGES = 1;
export const DELTAS = 2;
export const PACKED = 3;
export const RAW = 4;
export const KINDS = 8;

type ReadForm = (reader: ByteReader, scale: number, divisor: number, count: number, into: Float64Array) => void;

const FORMS: Readonly<Record<number, ReadForm>> = {
  [CONSTANT]: readConstant,
  [CHANGES]: readChanges,
  [DELTAS]: readDeltas,
  [PACKED]: readPacked,
  [RAW]: readRaw,
};

/** Gives `count` values, as many as were written. */
export function readColumn(reader: ByteReader, count: number, into: Float64Array): void {
  if (reader.at === reader.end) {
    into.fill(0, 0, count);
    return;
  }
  const form = reader.byte();
  const scale = Math.floor(form / KINDS);
  const divisor = scale === DOUBLES ? 1 : SCALES[scale];
  const read = FORMS[form % KINDS];
  if (divisor === undefined) throw new BlockError('a column has a scale that is not known');
  if (read === undefined) throw new BlockError('a column has a form that is not known');
  read(reader, scale, divisor, count, into);
}

function readNumber(reader: ByteReader, scale: number): number {
  return scale === DOUBLES ? reader.double() : reader.signed();
}

function readConstant(reader: ByteReader, scale: number, divisor: number, count: number, into: Float64Array): void {
  into.fill(readNumber(reader, scale) / divisor, 0, count);
  reader.finish();
}

function readChanges(reader: ByteReader, scale: number, divisor: number, count: number, into: Float64Array): void {
  let number = readNumber(reader, scale);
  let at = 0;
  while (reader.at < reader.end) {
    const to = at + 1 + reader.varint();
    if (to >= count) throw new BlockError('a column is longer than the block');
    const value = number / divisor;
    while (at < to) into[at++] = value;
    number = scale === DOUBLES ? reader.double() : number + reader.signed();
  }
  const value = number / divisor;
  while (at < count) into[at++] = value;
}

function readDeltas(reader: ByteReader, _scale: number, divisor: number, count: number, into: Float64Array): void {
  const base = reader.signed();
  const step = reader.signed();
  const width = reader.byte();
  const integers = reader.bitsAtEnd(count - 1, width);
  if (integers !== reader.at) throw new BlockError('a column has bytes left over');
  into[0] = base / divisor;
  unpack(reader.bytes, integers * 8, { width, base, step, adds: true, divisor }, into, 1, count);
}

function readPacked(reader: ByteReader, _scale: number, divisor: number, count: number, into: Float64Array): void {
  const base = reader.signed();
  const width = reader.byte();
  const integers = reader.bitsAtEnd(count, width);
  if (integers !== reader.at) throw new BlockError('a column has bytes left over');
  unpack(reader.bytes, integers * 8, { width, base, step: 0, adds: false, divisor }, into, 0, count);
}

function readRaw(reader: ByteReader, _scale: number, _divisor: number, count: number, into: Float64Array): void {
  for (let at = 0; at < count; at++) into[at] = reader.double();
  reader.finish();
}
