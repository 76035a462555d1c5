import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Asks `condition` again and again until it gives something truthy, and resolves with that. A condition that throws does not hold yet. Fails after `timeoutMs` by naming `what` was waited for, with the
 * last error of the condition as cause.
 */
export async function until<T>(condition: () => T | Promise<T>, what: string, timeoutMs = 10_000): Promise<Truthy<T>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      cause = undefined;
      // Safe: it is what has just been looked at.
      if (value) return value as Truthy<T>;
    } catch (error) {
      cause = error;
    }
    await sleep(POLL_MS);
  } while (performance.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause });
}
