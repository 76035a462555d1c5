import type { Reply } from '../model/command';

/** The pairs of a flat list of names and values, as CONFIG GET gives them; of a repeated name the last. */
export function parsePairs(items: readonly Reply[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (let at = 0; at + 1 < items.length; at += 2) pairs.set(String(items[at]), String(items[at + 1] ?? ''));
  return pairs;
}
