const collator = new Intl.Collator('en', { numeric: true });

/** Each once; `db2` before `db10`. */
export function naturally(values: readonly string[]): string[] {
  return [...new Set(values)].sort(collator.compare);
}
