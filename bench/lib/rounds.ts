/**
 * Runs each side in turn, `count` times: A B A B... Gives what they measured, without the first round, in which
 * programs and caches still warm up.
 */
export async function alternate<K extends string, T>(
  sides: Readonly<Record<K, () => Promise<T>>>,
  count: number
): Promise<Record<K, T>[]> {
  const rounds: Record<K, T>[] = [];
  for (let round = 0; round < count; round++) {
    const measured = new Map<string, T>();
    for (const [name, run] of Object.entries<() => Promise<T>>(sides)) measured.set(name, await run());
    rounds.push(Object.fromEntries(measured) as Record<K, T>); // safe: the keys are those of `sides`
  }
  return rounds.slice(1);
}

export function mapValues<K extends string, A, B>(record: Readonly<Record<K, A>>, map: (value: A) => B): Record<K, B> {
  // Safe: the keys stay.
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, map(value)])) as Record<K, B>;
}
