import type { ColorName } from './cells';

/**
 * From how many microseconds on a command is said to be slow. Redis runs one command at a time: for a tenth of a second
 * every client notices, after a second clients begin to give up.
 */
export const SLOW_US = 100_000;
export const VERY_SLOW_US = 1_000_000;

export const SLOW_COLORS: ReadonlyArray<readonly [number, ColorName]> = [
  [SLOW_US, 'orange'],
  [VERY_SLOW_US, 'red'],
];

/** Word of Grafana's log levels. */
export function slowSeverity(durationUs: number | null): 'info' | 'warning' | 'error' {
  return durationUs === null || durationUs < SLOW_US ? 'info' : durationUs < VERY_SLOW_US ? 'warning' : 'error';
}
