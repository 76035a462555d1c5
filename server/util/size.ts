/** As Prometheus counts: each is 1024 of the one before, with or without the `i` that says so. */
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes of a size as Prometheus writes it (`500MB`, `10GB`); undefined: it is none, or beyond counting. */
export function parseSize(text: string): number | undefined {
  const [, count = '', letter = ''] = /^(\d+)(?:([KMGTP])i?)?B$/.exec(text) ?? [];
  const bytes = Number(count) * 1024 ** UNITS.findIndex((unit) => unit === `${letter}B`);
  return count !== '' && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest text that `parseSize` reads as these bytes. */
export function formatSize(bytes: number): string {
  const power = UNITS.findLastIndex((_, at) => bytes > 0 && bytes % 1024 ** at === 0);
  return `${bytes / 1024 ** Math.max(0, power)}${UNITS[Math.max(0, power)] as string}`;
}
