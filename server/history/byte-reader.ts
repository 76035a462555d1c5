import { BlockError } from './block-error';
import { bitsLength } from './byte-writer';

/** The widest that integers are packed. */
const MAX_WIDTH = 53;
/** The widest that one read of four bytes is sure to have, wherever in its first byte the integer begins. */
const FAST_WIDTH = 25;
const CHUNK_BITS = 24;

/** Reads what `ByteWriter` wrote, up to `end` and no further. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  end: number;

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Goes on elsewhere in the same bytes. */
  seek(at: number, end: number): this {
    this.at = at;
    this.end = end;
    return this;
  }

  byte(): number {
    if (this.at >= this.end) throw new BlockError('a part of the block ends too early');
    return this.bytes[this.at++] as number;
  }

  varint(): number {
    let byte = this.byte();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let factor = 0x80;
    do {
      byte = this.byte();
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80 && factor <= 2 ** 49);
    if (byte >= 0x80 || value > 2 ** 53) throw new BlockError('a number in the block is too large');
    return value;
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    if (this.end - this.at < 8) throw new BlockError('a part of the block ends too early');
    this.at += 8;
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at - 8, 8).getFloat64(0, true);
  }

  /** An integer of so many bytes, up to four. */
  integer(bytes: number): number {
    let value = 0;
    for (let byte = 0; byte < bytes; byte++) value |= this.byte() << (8 * byte);
    return value >>> 0;
  }

  /** Where packed integers begin that end at `end`. */
  bitsAtEnd(count: number, width: number): number {
    if (width > MAX_WIDTH) throw new BlockError(`integers of ${width} bits are too wide`);
    const at = this.end - bitsLength(count, width);
    if (at < this.at) throw new BlockError('a part of the block ends too early');
    return at;
  }

  /** What is read must have been all of it. */
  finish(): void {
    if (this.at !== this.end) throw new BlockError('a part of the block has bytes left over');
  }
}

/** How packed integers become values: `value = (base + step + integer) / divisor`. */
export interface Packing {
  readonly width: number;
  readonly base: number;
  /** Added to `base` with each value. */
  readonly step: number;
  /** The integer is added to `base` with each value as well. */
  readonly adds: boolean;
  readonly divisor: number;
}

/**
 * Values of packed integers, into `into[from..to)`. The integers begin at the bit `bit` of `bytes`; four bytes stand behind
 * the last one. Gives where `base` has got to.
 */
export function unpack(bytes: Uint8Array, bit: number, packing: Packing, into: Float64Array, from: number, to: number) {
  const { width, step, adds, divisor } = packing;
  let { base } = packing;
  let bitAt = bit;
  if (width > FAST_WIDTH) {
    for (let at = from; at < to; at++, bitAt += width) {
      const integer = readWide(bytes, bitAt, width);
      base += step;
      into[at] = (base + integer) / divisor;
      if (adds) base += integer;
    }
    return base;
  }
  const mask = (1 << width) - 1;
  for (let at = from; at < to; at++, bitAt += width) {
    const integer = (word(bytes, bitAt >>> 3) >>> (bitAt & 7)) & mask;
    base += step;
    into[at] = (base + integer) / divisor;
    if (adds) base += integer;
  }
  return base;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function readWide(bytes: Uint8Array, bit: number, width: number): number {
  let value = 0;
  let factor = 1;
  for (let read = 0; read < width; read += CHUNK_BITS) {
    const mask = (1 << Math.min(width - read, CHUNK_BITS)) - 1;
    value += ((word(bytes, (bit + read) >>> 3) >>> ((bit + read) & 7)) & mask) * factor;
    factor *= 2 ** CHUNK_BITS;
  }
  return value;
}
