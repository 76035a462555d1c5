import { randomInteger, randomNumbers } from '../testing/random';
import { BlockError } from './block';
import { JournalReader } from './journal-reader';
import { JournalWriter } from './journal-writer';
import { makeMapping } from './mapping';
import { Segment } from './segment';

interface Poll {
  target: number;
  poll: number;
  atMs: number;
  numbers: number[];
  values: number[];
}

/** Writes polls of a segment, `perRow` with each row, and marks them as written. */
function journalOf(target: number, segments: readonly Segment[], polls: readonly Poll[], perRow: number): Uint8Array[] {
  const rows: Uint8Array[] = [];
  const writer = new JournalWriter((row) => rows.push(row.slice()));
  const mappings = new Map<string, ReturnType<typeof makeMapping>>();
  polls.forEach(({ poll, atMs, numbers, values }, index) => {
    const segment = segments.findLast(({ firstPoll }) => firstPoll <= poll)!;
    const key = numbers.join();
    if (!mappings.has(key)) mappings.set(key, makeMapping(numbers));
    segment.append(mappings.get(key)!, atMs, Float64Array.from(values));
    if ((index + 1) % perRow !== 0 && index + 1 < polls.length) return;
    for (const written of segments) {
      writer.write(target, written);
      written.journaled = written.polls;
    }
    writer.finish();
  });
  return rows;
}

function read(rows: readonly Uint8Array[]): Poll[] {
  const polls: Poll[] = [];
  const reader = new JournalReader((target, poll, atMs, { numbers }, values) => {
    polls.push({ target, poll, atMs, numbers: [...numbers], values: [...values] });
  });
  rows.forEach((row) => reader.read(row));
  return polls;
}

const SPECIAL = [0, -0, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 0.1, 1e300, 5e-324, 2 ** 41, -1];

/** Values that mostly stay, as they do; series that mostly stay. */
function pollsOf(seed: number, count: number, width: number): Poll[] {
  const random = randomNumbers(seed);
  let numbers: number[] = [];
  let values: number[] = [];
  return Array.from({ length: count }, (_value, index) => {
    if (index === 0 || random() < 0.1) {
      numbers = [...new Set(Array.from({ length: width }, () => randomInteger(random, 300_000)))];
      values = numbers.map(() => 0);
    }
    values = values.map((value) => {
      const kind = random();
      if (kind < 0.6) return value;
      return kind < 0.9 ? randomInteger(random, 1000) : SPECIAL[randomInteger(random, SPECIAL.length)]!;
    });
    return { target: 7, poll: 100 + index, atMs: 1e12 + index * 10_000, numbers, values };
  });
}

describe('journal', () => {
  it.each([1, 2, 7, 1000])('gives back polls, %i with each row', (perRow) => {
    for (let seed = 1; seed <= 8; seed++) {
      const polls = pollsOf(seed, 50, 30);
      const segments = [new Segment(0, 0, 100), new Segment(1, 0, 131)];
      expect(read(journalOf(7, segments, polls, perRow))).toEqual(polls);
    }
  });

  it.each([
    ['begins another row when one is full, also within a segment', 40_000, 8, 1000],
    ['takes a poll that is larger than a row', 60_000, 2, 1],
  ])('%s', (_, width, count, perRow) => {
    const polls = pollsOf(1, count, width);
    const rows = journalOf(7, [new Segment(0, 0, 100)], polls, perRow);
    expect(rows).toHaveLength(2);
    const isTheSame = read(rows).map(({ values }, index) => values.join() === polls[index]!.values.join());
    expect(isTheSame).toEqual(polls.map(() => true));
  });

  it('writes only what changed', () => {
    const numbers = Array.from({ length: 300 }, (_value, index) => index);
    const polls = [0, 1].map((poll) => ({
      target: 7,
      poll,
      atMs: 1e12 + poll,
      numbers,
      values: numbers.map((number) => (number === 5 ? 1e6 + poll : 1e6)),
    }));
    const [, second] = journalOf(7, [new Segment(0, 0, 0)], polls, 1);
    expect(second!.length).toBeLessThan(25);
  });

  it('leaves out what has lost its beginning, until a segment begins', () => {
    const polls = pollsOf(3, 40, 5).map((poll) => ({ ...poll, numbers: [1, 2], values: poll.values.slice(0, 2) }));
    const segments = [new Segment(0, 0, 100), new Segment(1, 0, 120)];
    const rows = journalOf(7, segments, polls, 10);
    const ofPolls = (from: number, to: number) => polls.slice(from, to);
    expect(read([rows[1]!, rows[2]!, rows[3]!])).toEqual(ofPolls(20, 40));
    expect(read([rows[0]!, rows[2]!, rows[3]!])).toEqual([...ofPolls(0, 10), ...ofPolls(20, 40)]);
    expect(read([rows[0]!, rows[1]!, rows[3]!])).toEqual(ofPolls(0, 20));
  });

  it('refuses a row that is cut off', () => {
    const [row] = journalOf(7, [new Segment(0, 0, 100)], pollsOf(1, 5, 5), 5);
    for (let length = 0; length < row!.length; length++) {
      expect(() => read([row!.subarray(0, length)])).toThrow(BlockError);
    }
  });

  it('refuses a row of which a bit is another', () => {
    const [row] = journalOf(7, [new Segment(0, 0, 100)], pollsOf(1, 5, 5), 5);
    for (let at = 0; at < row!.length; at++) {
      const damaged = row!.with(at, row![at]! ^ (1 << (at % 8)));
      expect(() => read([damaged])).toThrow('its checksum is wrong');
    }
  });
});
