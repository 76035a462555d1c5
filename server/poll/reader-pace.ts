/** The part of an interval after which readers are waited for no longer: the poll still ends within it. */
const LATEST = 0.9;

/**
 * How long a timed poll waits for readers who have the target polled anyhow, as a Prometheus does in each interval: 0:
 * it is due, as they did not in the last one; infinite: it is not, as they have in this one. Intervals are those of the wall
 * clock, of each of which the history wants a poll. `readAtMs` is when readers last had it polled, with success.
 */
export function waitForReadersMs(readAtMs: number | undefined, nowMs: number, intervalMs: number): number {
  const ageMs = nowMs - (readAtMs ?? -Infinity);
  const passedMs = nowMs % intervalMs;
  if (ageMs < 0 || ageMs >= intervalMs) return 0; // the clock was set back, or they are gone
  return ageMs <= passedMs ? Infinity : Math.max(0, intervalMs * LATEST - passedMs);
}
