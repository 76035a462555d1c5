const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** `42 s`, `3 min 10 s`, `2 d 4 h`: two units at most. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1000);
  const first = UNITS.findIndex(([, unitMs]) => seconds * 1000 >= unitMs);
  if (first === -1) return '0 s';
  let restMs = seconds * 1000;
  const parts = UNITS.slice(first, first + 2).map(([unit, unitMs]) => {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

/** `1 key`, `312 keys`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const POWERS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `100 MiB`, `1.5 GiB`, `512 bytes`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)), POWERS.length - 1);
  return `${Number((bytes / 1024 ** power).toFixed(2))} ${POWERS[power] ?? ''}`;
}
