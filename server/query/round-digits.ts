/** Ten significant digits. */
const SCALED = 1e9;
/** Numbers smaller than this are left as they are. */
const LEAST = 1e-6;

/**
 * A number with ten significant digits, or its whole part where that has more: more than any graph shows, and half the
 * time and size of all the digits in JSON.
 */
export function roundDigits(value: number): number {
  const size = Math.abs(value);
  if (size < LEAST) return value;
  let scale = 1;
  if (size < SCALED) while (size * scale < SCALED) scale *= 10;
  return Math.round(value * scale) / scale;
}
