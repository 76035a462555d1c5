import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Asks `condition` again and again until it is true; one that throws does not hold yet. Rejects after `timeoutMs` by naming
 * `what` was waited for, and when `signal` is aborted.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  signal: AbortSignal,
  timeoutMs = 20_000
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      if (await condition()) return;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    signal.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`, { cause });
    await sleep(POLL_MS, undefined, { signal });
  }
}
