import { openBlock, SLOTS, type Column } from '../history/block';
import { randomInteger } from './random';

type Random = () => number;

/** Numbers that a careless codec loses. */
export const AWKWARD = [
  ...[0, -0, 1, -1, NaN, Infinity, -Infinity, 0.1 + 0.2, 1 / 3, 5e-324, -5e-324, 2.2250738585072014e-308, 1e300],
  ...[2 ** 51, 2 ** 51 + 1, -(2 ** 51), 2 ** 52 + 1, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 64],
  ...[0.5, -0.01, 1.000001, 12345.678901, 4503599627.370495, 1e-9],
];

const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e9];

/** Shapes that values of a series have, one after the other; each call begins a series. */
const SHAPES: Record<string, (random: Random) => () => number> = {
  awkward: (random) => () => pick(random, AWKWARD),
  'awkward constant': (random) => {
    const value = pick(random, AWKWARD);
    return () => value;
  },
  'nearly constant': (random) => {
    const value = pick(random, AWKWARD);
    return () => (random() < 0.05 ? pick(random, AWKWARD) : value);
  },
  real: (random) => {
    const size = size10(random, 300);
    return () => (random() - 0.5) * size;
  },
  gauge: (random) => {
    const [size, scale] = [size10(random, 17), pick(random, SCALES)];
    return () => Math.round((random() - 0.5) * size) / scale;
  },
  counter: (random) => {
    const [size, scale, chance] = [size10(random, 12), pick(random, SCALES), random()];
    let total = randomInteger(random, 1e6);
    return () => (total += random() < chance ? randomInteger(random, size) : 0) / scale;
  },
  slope: (random) => {
    const step = randomInteger(random, 1000) - 500;
    let total = 0;
    return () => (total += step);
  },
};

function pick<T>(random: Random, list: readonly T[]): T {
  return list[randomInteger(random, list.length)]!;
}

function size10(random: Random, digits: number): number {
  return 10 ** (random() * digits);
}

/** `count` values of some shape; now and then with gaps. */
export function randomColumn(random: Random, count: number): Column {
  const next = pick(random, Object.values(SHAPES))(random);
  const values = Float64Array.from({ length: count }, next);
  if (random() < 0.7) return { values };
  const [stays, isRuns] = [random(), random() < 0.5];
  let isPresent = random() < 0.5;
  const present = Uint8Array.from({ length: count }, () => {
    if (isRuns ? random() < 0.05 : random() < stays) isPresent = !isPresent;
    return isPresent ? 1 : 0;
  });
  return { values, present };
}

/** Undefined: a slot without values. */
export function randomColumns(random: Random, count: number): (Column | undefined)[] {
  const filled = random();
  return Array.from({ length: randomInteger(random, SLOTS + 1) }, () =>
    random() < filled ? randomColumn(random, count) : undefined
  );
}

/** Times as polls have them: on a grid with some jitter and some missed, drifting, or at any moment. */
export function randomTimes(random: Random, count: number): Float64Array {
  const [interval, jitter, missed] = [pick(random, [1, 250, 10_000]), pick(random, [1, 5, 3000]), random() * 0.2];
  const isGrid = random() < 0.6;
  let grid = pick(random, [0, 1.7e12, 2 ** 52 - 1e10]);
  let before = -1;
  return Float64Array.from({ length: count }, () => {
    grid += interval * (random() < missed ? 1 + randomInteger(random, 50) : 1);
    const time = Math.max(before + 1, (isGrid ? grid : before + interval) + randomInteger(random, jitter));
    return (before = time);
  });
}

/** The points of each slot, `time value time value...`: two texts are the same when the points are, bit for bit. */
export function textOfColumns(times: Float64Array, columns: readonly (Column | undefined)[]): string[] {
  return Array.from({ length: SLOTS }, (_, slot) => {
    const { values = [], present } = columns[slot] ?? {};
    return Array.from(values, (value, at) => (present?.[at] === 0 ? [] : textOfPoint(times[at]!, value)))
      .flat()
      .join(' ');
  });
}

/** The same of what a block gives. */
export function textOfBlock(bytes: Uint8Array): string[] {
  const block = openBlock(bytes);
  const [blockTimes, times, values] = [0, 0, 0].map(() => new Float64Array(block.count));
  block.times(blockTimes!);
  return Array.from({ length: SLOTS }, (_, slot) => {
    const found = block.points(slot, blockTimes!, times!, values!);
    return Array.from({ length: found }, (_point, at) => textOfPoint(times![at]!, values![at]!)).join(' ');
  });
}

function textOfPoint(time: number, value: number): string {
  return `${time} ${Object.is(value, -0) ? '-0' : value}`;
}
