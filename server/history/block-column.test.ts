import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';
import { readColumn } from './block-column';
import { writeColumn } from './block-column-writer';

const COUNT = 60;

function column(value: (at: number) => number): Float64Array {
  return Float64Array.from({ length: COUNT }, (_, at) => value(at));
}

/** Numbers of 0 to `below` that follow no line. */
function scattered(at: number, below: number): number {
  return (at * 7919 + (at % 7) * 104_729) % below;
}

function encode(values: Float64Array): Uint8Array {
  const writer = new ByteWriter(values.length * 9 + 64);
  writeColumn(writer, values, values.length, new Float64Array(values.length));
  return writer.written().slice();
}

function decode(bytes: Uint8Array, count: number): Float64Array {
  const into = new Float64Array(count);
  readColumn(new ByteReader(Uint8Array.from([...bytes, 0, 0, 0, 0]), 0, bytes.length), count, into);
  return into;
}

const FORMS = ['constant', 'changes', 'deltas', 'packed', 'raw'];

function formOf([form]: Uint8Array): string {
  if (form === undefined) return 'nothing';
  const scale = form >>> 3;
  return `${FORMS[form & 7] ?? ''} of ${scale === 31 ? 'doubles' : `scale ${scale}`}`;
}

describe('a column', () => {
  it.each([
    { of: 'zeros', value: () => 0, form: 'nothing', length: 0 },
    { of: 'one integer', value: () => 13, form: 'constant of scale 3', length: 2 },
    { of: 'one size in memory', value: () => 200 * 2 ** 20, form: 'constant of scale 0', length: 4 },
    { of: 'one decimal', value: () => 1.03, form: 'constant of scale 4', length: 3 },
    { of: 'minus zero', value: () => -0, form: 'constant of doubles', length: 9 },
    { of: 'NaN', value: () => NaN, form: 'constant of doubles', length: 9 },
    { of: 'a sparse counter', value: (at: number) => 7 + Math.floor(at / 25), form: 'changes of scale 3', length: 6 },
    { of: 'a flag', value: (at: number) => (at > 30 ? 1 : 0), form: 'changes of scale 3', length: 4 },
    { of: 'a rare infinity', value: (at: number) => (at === 9 ? Infinity : 1), form: 'changes of doubles', length: 27 },
    { of: 'seconds of uptime', value: (at: number) => 1e6 + 1 + at * 10, form: 'deltas of scale 3', length: 6 },
    {
      of: 'a busy counter',
      value: (at: number) => 1e7 + at * 5001 + scattered(at, 50),
      form: 'deltas of scale 3',
      length: 53,
    },
    {
      of: 'CPU seconds',
      value: (at: number) => (at * 5001 + scattered(at, 50)) / 1e6,
      form: 'deltas of scale 7',
      length: 50,
    },
    { of: 'a gauge', value: (at: number) => 1000 + scattered(at, 100), form: 'packed of scale 3', length: 57 },
    { of: 'pages', value: (at: number) => 4096 * scattered(at, 100), form: 'packed of scale 0', length: 56 },
    { of: 'allocations', value: (at: number) => 8 * scattered(at, 100), form: 'packed of scale 2', length: 56 },
    { of: 'a rate', value: (at: number) => (scattered(at, 100) / 100) * 1024, form: 'packed of scale 1', length: 56 },
    { of: 'milliseconds', value: (at: number) => scattered(at, 100) / 1000, form: 'packed of scale 5', length: 56 },
    { of: 'a percentage', value: (at: number) => scattered(at, 9999) / 1e4, form: 'packed of scale 6', length: 108 },
    { of: 'real numbers', value: (at: number) => Math.sin(at), form: 'raw of doubles', length: 481 },
    {
      of: 'integers too large',
      value: (at: number) => 2 ** 53 + 2 * scattered(at, 99),
      form: 'raw of doubles',
      length: 481,
    },
  ])('of $of is $form', ({ value, form, length }) => {
    const values = column(value);
    const bytes = encode(values);
    expect(formOf(bytes)).toBe(form);
    expect(decode(bytes, COUNT)).toEqual(values);
    expect(bytes).toHaveLength(length);
  });

  it.each([
    { what: 'a kind that is not known', bytes: [5 + 8 * 3], message: /a form that is not known/ },
    { what: 'a scale that is not known', bytes: [8 * 8, 1], message: /a scale that is not known/ },
    { what: 'a constant and more', bytes: [8 * 3, 1, 1], message: /bytes left over/ },
    { what: 'a change behind the end', bytes: [1 + 8 * 3, 1, 59, 2], message: /longer than the block/ },
    { what: 'a change cut off', bytes: [1 + 8 * 3, 1, 5], message: /ends too early/ },
    { what: 'too few deltas', bytes: [2 + 8 * 3, 1, 1, 4, ...new Uint8Array(29)], message: /ends too early/ },
    { what: 'too many integers', bytes: [3 + 8 * 3, 1, 4, ...new Uint8Array(31)], message: /bytes left over/ },
    { what: 'integers that are too wide', bytes: [3 + 8 * 3, 1, 54, ...new Uint8Array(405)], message: /too wide/ },
    { what: 'too few doubles', bytes: [4 + 8 * 31, ...new Uint8Array(479)], message: /ends too early/ },
    { what: 'too many doubles', bytes: [4 + 8 * 31, ...new Uint8Array(481)], message: /bytes left over/ },
  ])('with $what is refused', ({ bytes, message }) => {
    expect(() => decode(Uint8Array.from(bytes), COUNT)).toThrow(message);
  });
});
