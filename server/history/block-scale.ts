/**
 * What the integers of a column are divided by. The larger ones are for decimals, by how many digits they have. The small
 * ones are exact powers of two, or such times 100, and make for smaller integers. The place in the list is what is
 * stored, so the list of a version stays as it is.
 */
export const SCALES = [
  1 / 4096, // pages of memory
  100 / 1024, // kilobytes with two digits, given as bytes
  1 / 8, // allocations
  1,
  100,
  1e3,
  1e4, // percentages with two digits, given as ratios
  1e6, // microseconds, given as seconds
] as const;
/** In place of a scale: the numbers are doubles. */
export const DOUBLES = 31;

/** Such integers, their differences and the spread of those are exact. */
const LARGEST = 2 ** 51;

/**
 * The first scale that gives every value back exactly, its place in the list; its integers are put in `into`.
 * `DOUBLES`, and the values themselves, when there is none.
 */
export function toIntegers(values: Float64Array, count: number, into: Float64Array): number {
  const scale = SCALES.findIndex((divisor) => fits(values, count, divisor, into));
  if (scale >= 0) return scale;
  for (let at = 0; at < count; at++) into[at] = values[at] as number;
  return DOUBLES;
}

function fits(values: Float64Array, count: number, divisor: number, into: Float64Array): boolean {
  for (let at = 0; at < count; at++) {
    const value = values[at] as number;
    const integer = Math.round(value * divisor) + 0; // -0 becomes 0, and is found to differ
    if (!(Math.abs(integer) <= LARGEST) || !Object.is(integer / divisor, value)) return false;
    into[at] = integer;
  }
  return true;
}
