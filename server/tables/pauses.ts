import { setImmediate } from 'node:timers/promises';

/** Does the work for each item, with a pause after every `atOnce` of them: polls must not wait for a large table. */
export async function forEachWithPauses<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T, index: number) => void
): Promise<void> {
  let index = 0;
  for (const item of items) {
    if (index > 0 && index % atOnce === 0) await setImmediate();
    work(item, index++);
  }
}

/** As `items.flatMap(work)`, with the same pauses. */
export async function flatMapWithPauses<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => readonly R[]
): Promise<readonly R[]> {
  const results: R[] = [];
  await forEachWithPauses(items, atOnce, (item) => {
    for (const result of work(item)) results.push(result);
  });
  return results;
}
