import { AWKWARD, randomColumns, randomTimes, textOfBlock, textOfColumns } from '../testing/block-columns';
import { randomNumbers } from '../testing/random';
import { encodeBlock, MAX_POINTS, openBlock, SLOTS, verifyBlock, type Column } from './block';

const random = randomNumbers(20);
const TIMES = Float64Array.from({ length: 60 }, (_, at) => 1.7e12 + at * 10_000);
const RAMP = Float64Array.from(TIMES, (_, at) => at);

describe('a block', () => {
  it.each([
    ...[1, 2, 3, 7, 8, 9, 59, 60, 61, 600].map((count) => ({ count, blocks: 80 })),
    { count: MAX_POINTS, blocks: 3 },
  ])('gives back $count times and their values bit for bit', ({ count, blocks }) => {
    for (let made = 0; made < blocks; made++) {
      const times = randomTimes(random, count);
      const columns = randomColumns(random, count);
      const bytes = encodeBlock(times, count, columns);
      expect(textOfBlock(bytes)).toEqual(textOfColumns(times, columns));
      expect(() => verifyBlock(bytes)).not.toThrow();
    }
  });

  it.each(AWKWARD)('gives back %p in every place', (value) => {
    for (const at of [0, 1, 30, 59]) {
      const columns = [RAMP, new Float64Array(60), RAMP.map((ramp) => ramp / 100)].map((like) => ({
        values: like.with(at, value),
      }));
      expect(textOfBlock(encodeBlock(TIMES, 60, columns))).toEqual(textOfColumns(TIMES, columns));
    }
  });

  it('takes the first times and values of longer arrays', () => {
    const values = RAMP.map((at) => at * at);
    const bytes = encodeBlock(TIMES, 5, [{ values, present: Uint8Array.from(RAMP, (at) => at % 2) }]);
    expect(textOfBlock(bytes)[0]).toBe(`${TIMES[1]!} 1 ${TIMES[3]!} 9`);
  });

  it('knows which slots have values', () => {
    const columns: (Column | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
    columns[7] = { values: RAMP, present: new Uint8Array(60) };
    columns[19] = { values: RAMP };
    const block = openBlock(encodeBlock(TIMES, 60, columns));
    expect(block.count).toBe(60);
    expect([-1, 0, 7, 18, 19, 20, 32].filter((slot) => block.has(slot))).toEqual([19]);
  });

  it('holds times alone', () => {
    const bytes = encodeBlock(TIMES, 60, []);
    const times = new Float64Array(60);
    openBlock(bytes).times(times);
    expect(times).toEqual(TIMES);
    expect(() => verifyBlock(bytes)).not.toThrow();
  });

  it('gives values without times where there is one at each time, and else leaves that to points', () => {
    const whole = { values: RAMP, present: Uint8Array.from(RAMP, () => 1) };
    const gaps = { values: RAMP, present: Uint8Array.from(RAMP, (at) => (at === 3 ? 0 : 1)) };
    const block = openBlock(encodeBlock(TIMES, 60, [whole, gaps]));
    const values = new Float64Array(60);
    expect([0, 1, 2].map((slot) => block.values(slot, values))).toEqual([true, false, false]);
    expect(values).toEqual(RAMP);
  });

  it.each([
    { what: 'no times', times: [], count: 0, message: /1 to 4096 times, not 0/ },
    { what: 'fewer times than said', times: [1], count: 2, message: /not 2 of 1/ },
    { what: 'too many times', times: RAMP, count: MAX_POINTS + 1, message: /1 to 4096 times/ },
    { what: 'half a time', times: [1, 2], count: 1.5, message: /not 1.5/ },
    { what: 'times that stand still', times: [5, 5], count: 2, message: /rise: 5 comes after 5/ },
    { what: 'times that step back', times: [5, 4], count: 2, message: /rise: 4 comes after 5/ },
    { what: 'a fraction of a millisecond', times: [0.5], count: 1, message: /whole milliseconds/ },
    { what: 'a time that is none', times: [NaN], count: 1, message: /whole milliseconds/ },
    { what: 'a time before 1970', times: [-1], count: 1, message: /from 0/ },
    { what: 'a time that is too late', times: [2 ** 53], count: 1, message: /whole milliseconds/ },
  ])('refuses $what', ({ times, count, message }) => {
    const act = () => encodeBlock(Float64Array.from(times), count, []);
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });

  it('refuses more columns than it has slots', () => {
    const columns = Array.from({ length: SLOTS + 1 }, () => ({ values: RAMP }));
    expect(() => encodeBlock(TIMES, 60, columns)).toThrow(new RangeError('a block holds 20 columns, not 21'));
  });

  it.each([
    { what: 'values', column: { values: new Float64Array(59) } },
    { what: 'presence', column: { values: RAMP, present: new Uint8Array(59).fill(1) } },
  ])('refuses a column with too few $what', ({ column }) => {
    const act = () => encodeBlock(TIMES, 60, [undefined, column]);
    expect(act).toThrow(new RangeError('column 1 has 59 values for 60 times'));
  });
});
