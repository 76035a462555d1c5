import { parseDuration } from '../util/duration';
import type { DurationInput, TimeInput } from './contract';

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
/** What a Date can hold. */
const LATEST_MS = 8.64e15;

/** Unix milliseconds of a time in a request; undefined: it is none. */
export function parseTime(input: TimeInput, nowMs: number): number | undefined {
  if (typeof input === 'number') return Number.isFinite(input) && Math.abs(input) <= LATEST_MS ? input : undefined;
  if (input === 'now') return nowMs;
  if (input.startsWith('now-')) {
    const beforeMs = parseDuration(input.slice(4));
    return beforeMs === undefined ? undefined : nowMs - beforeMs;
  }
  if (/^\d{1,16}$/.test(input)) return parseTime(Number(input), nowMs);
  const ms = ISO.test(input) ? Date.parse(input) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds of a duration in a request; undefined: it is none, or not longer than nothing. */
export function parseLength(input: DurationInput): number | undefined {
  const ms = typeof input === 'number' ? input : parseDuration(input);
  return ms !== undefined && Number.isSafeInteger(ms) && ms > 0 ? ms : undefined;
}
