const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1,234,567`; fractions are cut off. */
export function count(amount: number): string {
  return Math.floor(amount).toLocaleString('en');
}

/** `1 sample`, `1,204 samples`. */
export function countOf(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** `12.3 MB`; as in the configuration each unit is 1024 of the one before. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power > 0 && amount < 100 ? amount.toFixed(1) : count(amount)} ${UNITS[power] as string}`;
}
