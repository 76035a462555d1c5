import { randomColumns, randomTimes, textOfBlock } from '../testing/block-columns';
import { randomInteger, randomNumbers } from '../testing/random';
import { BlockError, encodeBlock, openBlock, verifyBlock } from './block';

const random = randomNumbers(4);
const LARGEST = 2 ** 52;

/** What reading all of it gives: its text, or why it cannot be read. Another error than BlockError is thrown on. */
function read(bytes: Uint8Array): string[] | BlockError {
  try {
    return textOfBlock(bytes);
  } catch (error) {
    if (error instanceof BlockError) return error;
    throw error;
  }
}

function isSound(bytes: Uint8Array): boolean {
  try {
    verifyBlock(bytes);
    return true;
  } catch (error) {
    if (error instanceof BlockError) return false;
    throw error;
  }
}

function someBlock(): Uint8Array {
  const count = 1 + randomInteger(random, 70);
  return encodeBlock(randomTimes(random, count), count, randomColumns(random, count));
}

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length: randomInteger(random, length) + 1 }, () => randomInteger(random, 256));
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.with(bit >>> 3, bytes[bit >>> 3]! ^ (1 << (bit & 7)));
}

function flipSome(bytes: Uint8Array): Uint8Array {
  const flips = Array.from({ length: 1 + randomInteger(random, 4) }, () => randomInteger(random, bytes.length * 8));
  return flips.reduce(flip, bytes);
}

/** `bytes` with some of `other` over it. */
function splice(bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const spliced = bytes.slice();
  const from = randomInteger(random, bytes.length);
  spliced.set(other.subarray(0, bytes.length - from), from);
  return spliced;
}

/** Whatever else is damaged, times rise. */
function expectToRise(text: readonly string[]): void {
  for (const points of text) {
    const times = points
      .split(' ')
      .filter((_, at) => at % 2 === 0)
      .map(Number);
    expect(times.filter((time, at) => at > 0 && !(time > times[at - 1]! && time <= LARGEST))).toEqual([]);
  }
}

describe('a damaged block', () => {
  it('is found by verifyBlock, whichever bit it is', () => {
    const bytes = someBlock();
    const places = Array.from({ length: bytes.length * 8 }, (_, bit) => bit);
    expect(places.filter((bit) => isSound(flip(bytes, bit)))).toEqual([]);
    expect(isSound(bytes)).toBe(true);
  });

  /** Version 1, 3 times, slot 0 alone, 10 bytes of times, 2 of the slot. */
  const HEAD = [1, 3, 1, 0, 0, 10, 2];

  it.each([
    { what: 'no bytes', head: [], message: 'a block of 0 bytes is cut off' },
    { what: 'fewer bytes than any block', head: HEAD.slice(0, 5), rest: 4, message: 'a block of 9 bytes is cut off' },
    { what: 'another version', head: HEAD.with(0, 2), message: 'a block of version 2 cannot be read here' },
    { what: 'no times', head: HEAD.with(1, 0), message: 'a block cannot have 0 times' },
    { what: 'too many times', head: [1, 0x81, 0x20, 1, 0, 0, 10, 2], message: 'a block cannot have 4097 times' },
    { what: 'slots that there are not', head: HEAD.with(4, 0x20), message: 'the slots are damaged' },
    {
      what: 'gaps in a slot without values',
      head: [1, 3, 1, 0, 0x10, 2, 0, 0, 10, 2],
      message: 'the slots are damaged',
    },
    { what: 'longer parts', head: HEAD.with(6, 3), message: 'the length is not that of the parts' },
    { what: 'shorter parts', head: HEAD.with(5, 9), message: 'the length is not that of the parts' },
    {
      what: 'its head alone',
      head: [1, 3, 0xff, 0xff, 0x0f, 0, 0],
      rest: 4,
      message: 'a part of the block ends too early',
    },
  ])('with $what is refused when it is opened', ({ head, rest = head.length === 0 ? 0 : 16, message }) => {
    expect(() => openBlock(Uint8Array.from([...head, ...new Uint8Array(rest)]))).toThrow(new BlockError(message));
  });

  it.each([
    { what: 'some bits', damage: (bytes: Uint8Array) => flipSome(bytes) },
    { what: 'its end missing', damage: (bytes: Uint8Array) => bytes.subarray(0, randomInteger(random, bytes.length)) },
    { what: 'bytes behind it', damage: (bytes: Uint8Array) => Uint8Array.from([...bytes, ...noise(9)]) },
    { what: 'a part of another', damage: (bytes: Uint8Array) => splice(bytes, someBlock()) },
    { what: 'noise from some byte on', damage: (bytes: Uint8Array) => splice(bytes, noise(300)) },
  ])('with $what is read or refused', ({ damage }) => {
    let refused = 0;
    for (let made = 0; made < 400; made++) {
      const outcome = read(damage(someBlock()));
      if (outcome instanceof BlockError) refused++;
      else expectToRise(outcome);
    }
    expect(refused).toBeGreaterThan(0);
  });
});
