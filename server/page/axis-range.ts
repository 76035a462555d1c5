import type { ValueUnit } from '../api/contract.ts';

const HEADROOM = 1.1;
/** A ratio's axis goes down from 1 to the first of these that is below all values: near 1 small differences count. */
const RATIO_FLOORS = [0.99, 0.9, 0.5, 0];

/** From where to where the axis of values goes: from 0, so that levels can be compared. */
export function valueRange(
  least: number | null,
  greatest: number | null,
  unit: ValueUnit,
  leastTop: number
): [from: number, to: number] {
  const [low, high] = [least ?? 0, greatest ?? 0];
  if (unit === 'ratio') {
    return [least === null ? 0 : (RATIO_FLOORS.find((floor) => floor < low) ?? 0), Math.max(1, high)];
  }
  return [Math.min(0, low * HEADROOM), Math.max(leastTop, high * HEADROOM)];
}
