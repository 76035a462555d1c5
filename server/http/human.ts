const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Largest first. */
const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'min'],
  [SECOND_MS, 's'],
];

/** How long something takes: `0.42 ms`, `18 ms`, `1.2 s`, `10 s`. */
export function humanDuration(ms: number): string {
  const [value, unit] = ms < SECOND_MS ? [ms, 'ms'] : [ms / SECOND_MS, 's'];
  return `${Number(value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0))} ${unit}`;
}

/** A span in its largest unit and the next: `3 d 4 h`, `12 min 5 s`, `8 s`. */
export function humanSpan(ms: number): string {
  const at = UNITS.findIndex(([unitMs]) => ms >= unitMs);
  const [unitMs, name] = UNITS[at] ?? [SECOND_MS, 's'];
  const [nextMs, nextName] = UNITS[at + 1] ?? [Infinity, ''];
  const next = Math.floor((ms % unitMs) / nextMs);
  return `${Math.floor(ms / unitMs)} ${name}${next > 0 ? ` ${next} ${nextName}` : ''}`;
}

/** How long ago something was, in its largest unit: `just now`, `8 s ago`, `3 h ago`. */
export function humanAge(ms: number): string {
  const unit = UNITS.find(([unitMs]) => ms >= unitMs);
  return unit === undefined ? 'just now' : `${Math.floor(ms / unit[0])} ${unit[1]} ago`;
}

/** `1 connection`, `1,204 polls`. */
export function humanCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units: `812 B`, `1.2 MB`, `15 GB`. */
export function humanBytes(bytes: number): string {
  const at = Math.min(BYTE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** at;
  return `${Number(value.toFixed(value < 10 && at > 0 ? 1 : 0))} ${BYTE_UNITS[at] ?? ''}`;
}
