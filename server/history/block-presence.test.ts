import { readPresence, writePresence } from './block-presence';
import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';

function decode(bytes: Uint8Array, count: number): number[] {
  const times = Float64Array.from({ length: count }, (_, at) => at);
  const into = new Float64Array(count);
  return [...into.subarray(0, readPresence(new ByteReader(bytes, 0, bytes.length), times, count, into))];
}

describe('presence', () => {
  it.each([
    { what: 'a column that begins late', present: (at: number) => at >= 23, bytes: [1, 23] },
    { what: 'a column that ends', present: (at: number) => at < 23, bytes: [2, 0, 23] },
    { what: 'a column that rests', present: (at: number) => at < 20 || at > 40, bytes: [3, 0, 20, 21] },
    { what: 'one value', present: (at: number) => at === 59, bytes: [1, 59] },
    {
      what: 'a column that comes and goes',
      present: (at: number) => at % 3 === 0,
      bytes: [0, 0x49, 0x92, 0x24, 0x49, 0x92, 0x24, 0x49, 0x02],
    },
  ])('of $what comes back', ({ present, bytes }) => {
    const writer = new ByteWriter(100);
    const places = Array.from({ length: 60 }, (_, at) => at);
    writePresence(
      writer,
      Uint8Array.from(places, (at) => (present(at) ? 1 : 0)),
      60
    );
    expect([...writer.written()]).toEqual(bytes);
    expect(decode(Uint8Array.from(bytes), 60)).toEqual(places.filter(present));
  });

  it.each([
    { what: 'nothing present', bytes: [1, 60], message: /has no values/ },
    { what: 'an empty bitmap', bytes: [0, ...new Uint8Array(8)], message: /has no values/ },
    { what: 'runs longer than the block', bytes: [2, 50, 11], message: /longer than the block/ },
    {
      what: 'a bitmap longer than the block',
      bytes: [0, ...new Uint8Array(7), 0x10],
      message: /longer than the block/,
    },
    { what: 'runs cut off', bytes: [3, 1, 1], message: /ends too early/ },
    { what: 'a bitmap cut off', bytes: [0, 1], message: /ends too early/ },
  ])('with $what is refused', ({ bytes, message }) => {
    expect(() => decode(Uint8Array.from(bytes), 60)).toThrow(message);
  });
});
