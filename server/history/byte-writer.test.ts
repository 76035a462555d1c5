import { randomNumbers } from '../testing/random';
import { ByteReader, unpack } from './byte-reader';
import { bitsLength, bitWidth, ByteWriter, signedLength, varintLength } from './byte-writer';

const LIMITS = [0, 1, 2, 127, 128, 129, 255, 2 ** 14 - 1, 2 ** 14, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 49, 2 ** 52];

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(5000);
  write(writer);
  return writer.written();
}

function reader(bytes: Uint8Array): ByteReader {
  return new ByteReader(bytes, 0, bytes.length);
}

describe('numbers', () => {
  it.each([...LIMITS, 2 ** 53 - 1, 2 ** 53])('%p comes back from a varint of the length foretold', (value) => {
    const bytes = written((writer) => writer.varint(value));
    expect(reader(bytes).varint()).toBe(value);
    expect(bytes).toHaveLength(varintLength(value));
  });

  it.each([...LIMITS, ...LIMITS.slice(1).map((value) => -value)])('%p comes back with its sign', (value) => {
    const bytes = written((writer) => writer.signed(value));
    expect(reader(bytes).signed()).toBe(value);
    expect(bytes).toHaveLength(signedLength(value));
  });

  it.each([
    { what: 'that does not end', bytes: [0x80, 0x80], message: /ends too early/ },
    { what: 'of too many bytes', bytes: Array.from({ length: 9 }, () => 0x80), message: /too large/ },
    { what: 'beyond 2^53', bytes: [...Array.from({ length: 7 }, () => 0xff), 0x7f], message: /too large/ },
  ])('a varint $what is refused', ({ bytes, message }) => {
    expect(() => reader(Uint8Array.from(bytes)).varint()).toThrow(message);
  });

  it('none is read beyond the end', () => {
    const bytes = written((writer) => writer.double(1));
    expect(() => new ByteReader(bytes, 0, 7).double()).toThrow(/ends too early/);
    expect(() => new ByteReader(bytes, 6, 8).integer(3)).toThrow(/ends too early/);
  });
});

describe('packed integers', () => {
  const random = randomNumbers(53);
  /** How many bits stand before, so that integers begin anywhere in a byte. */
  const BEFORE = [0, 1, 7, 13];

  it.each(Array.from({ length: 54 }, (_, width) => width))('of %i bits come back', (width) => {
    for (const before of BEFORE) {
      const values = Float64Array.from({ length: before + 20 }, (_, at) =>
        at === before ? 2 ** width - 1 : Math.floor(random() * 2 ** width)
      );
      const bytes = written((writer) => {
        writer.bits(values, 0, before + 20, 0, width);
        expect(writer.length).toBe(bitsLength(before + 20, width));
        writer.integer(0xffffffff, 4);
      });
      const into = new Float64Array(20);
      unpack(bytes, before * width, { width, base: 0, step: 0, adds: false, divisor: 1 }, into, 0, 20);
      expect(into).toEqual(values.subarray(before));
    }
  });

  it.each([
    { what: 'above a base', packing: { base: -5, step: 0, adds: false, divisor: 1 }, values: [-5, -2, -4], end: -5 },
    {
      what: 'above a slope',
      packing: { base: 100, step: 10, adds: false, divisor: 1 },
      values: [110, 123, 131],
      end: 130,
    },
    { what: 'as differences', packing: { base: 1, step: 2, adds: true, divisor: 1 }, values: [3, 8, 11], end: 11 },
    {
      what: 'as decimals',
      packing: { base: 1, step: 2, adds: true, divisor: 100 },
      values: [0.03, 0.08, 0.11],
      end: 11,
    },
  ])('are read $what', ({ packing, values, end }) => {
    for (const width of [2, 30]) {
      const bytes = written((writer) => {
        writer.bits(Float64Array.of(0, 3, 1), 0, 3, 0, width);
        writer.integer(0, 4);
      });
      const into = new Float64Array(5);
      expect(unpack(bytes, 0, { ...packing, width }, into, 1, 4)).toBe(end);
      expect([...into]).toEqual([0, ...values, 0]);
    }
  });

  it('are found before the end, or refused', () => {
    const bytes = new Uint8Array(20);
    expect(new ByteReader(bytes, 3, 13).bitsAtEnd(7, 11)).toBe(3);
    expect(() => new ByteReader(bytes, 4, 13).bitsAtEnd(7, 11)).toThrow(/ends too early/);
    expect(() => new ByteReader(bytes, 0, 13).bitsAtEnd(1, 54)).toThrow(/too wide/);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [255, 8],
    [256, 9],
    [2 ** 31 - 1, 31],
    [2 ** 31, 32],
    [2 ** 32, 33],
    [2 ** 52, 53],
  ])('of up to %d take %i bits', (value, width) => expect(bitWidth(value)).toBe(width));
});
