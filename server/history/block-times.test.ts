import { randomInteger, randomNumbers } from '../testing/random';
import { MAX_TIME, readTimes, writeTimes } from './block-times';
import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';

const START = 1_700_000_000_000;
const random = randomNumbers(10);

function encode(times: readonly number[]): Uint8Array {
  const writer = new ByteWriter(100 + 8 * times.length);
  writeTimes(writer, Float64Array.from(times), times.length);
  return writer.written();
}

function decode(bytes: Uint8Array, count: number): number[] {
  const into = new Float64Array(count);
  readTimes(new ByteReader(Uint8Array.from([...bytes, 0, 0, 0, 0]), 0, bytes.length), count, into);
  return [...into];
}

function every10s(time: (at: number) => number): number[] {
  return Array.from({ length: 60 }, (_, at) => START + at * 10_000 + time(at));
}

/** Without the integers a grid takes ten bytes: form, base of six, step of two or three. */
describe('times', () => {
  it.each([
    { of: 'a strict grid', times: every10s(() => 0), most: 10 },
    { of: 'a grid with 8 ms of jitter', times: every10s(() => randomInteger(random, 8)), most: 10 + 60 * (3 / 8) },
    { of: 'a grid with 100 ms of jitter', times: every10s(() => randomInteger(random, 100)), most: 10 + 60 },
    {
      of: 'a grid with two polls missed',
      times: every10s((at) => randomInteger(random, 8) + (at > 20 ? 10_000 : 0) + (at > 40 ? 30_000 : 0)),
      most: 10 + 8 + 60 * (4 / 8),
    },
    {
      of: 'a poll at the start, then a grid',
      times: every10s((at) => (at === 0 ? 6500 : randomInteger(random, 8))),
      most: 10 + 4 + 60 * (3 / 8),
    },
    {
      of: 'a drift of 3 ms in each interval',
      times: every10s((at) => 3 * at + randomInteger(random, 8)),
      most: 10 + 60 * (4 / 8),
    },
    { of: 'polls with a pause after each', times: drifting(), most: 10 + 60 },
    { of: 'every millisecond', times: Array.from({ length: 4096 }, (_, at) => START + at), most: 10 },
    { of: 'one poll', times: [START], most: 8 },
    { of: 'two polls', times: [START, START + 10_007], most: 12 },
    { of: 'the first and the last time there is', times: [0, MAX_TIME], most: 40 },
    { of: 'the last times there are', times: [MAX_TIME - 20, MAX_TIME - 11, MAX_TIME], most: 12 },
  ])('of $of come back, and take few bytes', ({ times, most }) => {
    const bytes = encode(times);
    expect(decode(bytes, times.length)).toEqual(times);
    expect(bytes.length).toBeLessThanOrEqual(Math.ceil(most));
  });

  /** Each takes up to 150 ms, and its interval begins when it is done: no grid holds them. */
  function drifting(): number[] {
    let now = START;
    return Array.from({ length: 60 }, () => (now += 10_000 + randomInteger(random, 150)));
  }

  it.each([
    { what: 'deltas of nothing', bytes: [0, 2, 0], message: /do not rise/ },
    { what: 'a grid narrower than what is added to it', bytes: [0x43, 2, 7, 0, 0], message: /do not rise/ },
    { what: 'a jump back', bytes: [0x40, 2, 7, 1, 13], message: /do not rise/ },
    { what: 'a jump that goes nowhere', bytes: [0x40, 2, 7, 0, 2], message: /do not rise/ },
    { what: 'a jump behind the last one', bytes: [0x40, 2, 7, 3, 2], message: /do not rise/ },
    { what: 'a form that is not known', bytes: [0x80, 2, 7], message: /too wide/ },
    { what: 'jumps without a grid', bytes: [0x00, 2, 7, 1, 2], message: /damaged/ },
    { what: 'too few integers', bytes: [0x08, 2, 7, 1, 2], message: /ends too early/ },
    {
      what: 'times that are too late',
      bytes: [0, 2, ...Array.from({ length: 7 }, () => 0xff), 7],
      message: /too late/,
    },
  ])('with $what are refused', ({ bytes, message }) => {
    expect(() => decode(Uint8Array.from(bytes), 3)).toThrow(message);
  });
});
