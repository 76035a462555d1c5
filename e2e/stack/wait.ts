import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves with the first answer that is true in itself; rejects when there is none in time. */
export async function until<T>(ask: () => T | Promise<T>, what: string, timeoutMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(50);
  }
}
