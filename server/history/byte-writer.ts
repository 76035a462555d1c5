/** Bits that are written or read at once: with the seven that may be left over they fit 32. */
const CHUNK_BITS = 24;

/** Writes numbers behind each other. It does not grow: `size` is the most that it will hold. */
export class ByteWriter {
  length = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Bits of `bits` that do not fill a byte yet, and how many they are. */
  private held = 0;
  private heldBits = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** What was written; good until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  /** An integer of 0 to 2^53: seven bits a byte, the lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** An integer of -2^52 to 2^52. */
  signed(value: number): void {
    this.varint(zigzag(value));
  }

  /** An integer of so many bytes, the lowest first. */
  integer(value: number, bytes: number): void {
    for (let byte = 0; byte < bytes; byte++) this.byte((value >>> (8 * byte)) & 0xff);
  }

  double(value: number): void {
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** `values[from..to)` less `least`, each an integer of `width` bits, the lowest bit first. */
  bits(values: Float64Array, from: number, to: number, least: number, width: number): void {
    for (let at = from; at < to; at++) {
      let rest = (values[at] as number) - least;
      let left = width;
      for (; left > CHUNK_BITS; left -= CHUNK_BITS) {
        const chunk = rest % 2 ** CHUNK_BITS;
        this.hold(chunk, CHUNK_BITS);
        rest = (rest - chunk) / 2 ** CHUNK_BITS;
      }
      this.hold(rest, left);
    }
    if (this.heldBits > 0) this.bytes[this.length++] = this.held;
    this.held = 0;
    this.heldBits = 0;
  }

  private hold(chunk: number, width: number): void {
    this.held |= chunk << this.heldBits;
    this.heldBits += width;
    while (this.heldBits >= 8) {
      this.bytes[this.length++] = this.held;
      this.held >>>= 8;
      this.heldBits -= 8;
    }
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Bytes that `varint` takes. */
export function varintLength(value: number): number {
  return value < 0x80 ? 1 : Math.floor((bitWidth(value) + 6) / 7);
}

/** Bytes that `signed` takes. */
export function signedLength(value: number): number {
  return varintLength(zigzag(value));
}

/** Bits that an integer of 0 to 2^53 - 1 takes. */
export function bitWidth(value: number): number {
  return value < 2 ** 31 ? 32 - Math.clz32(value) : 63 - Math.clz32(value / 2 ** 31);
}

/** Bytes that `bits` takes. */
export function bitsLength(count: number, width: number): number {
  return (count * width + 7) >>> 3;
}
