/** The default interval of the collector. */
export const INTERVAL_MS = 10_000;

/**
 * By how much the time between two polls of a server differs from the interval: the 99th percentile over all servers;
 * undefined as long as none was polled twice. `polls` has the moments of each server in milliseconds.
 */
export function lateness(polls: readonly (readonly number[])[], intervalMs = INTERVAL_MS): number | undefined {
  const late = polls
    .flatMap((ofOne) => ofOne.slice(1).map((atMs, index) => Math.abs(atMs - ofOne[index]! - intervalMs)))
    .toSorted((a, b) => a - b);
  return late[Math.ceil(late.length * 0.99) - 1];
}
