const FIRST_MS = 100;
export const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt after `failures` failed ones in a row: 100 ms doubling to 30 s, of which
 * the second half is drawn at random so that many targets do not come back in step. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (full / 2) * random;
}
