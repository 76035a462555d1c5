import { formatDuration, parseDuration } from '../util/duration';
import { formatSize, parseSize } from '../util/size';
import { ARGUMENTS_KEPT } from '../model/arguments-kept';
import { LOG_LEVELS, SYNCHRONOUS } from './config';
import type { Parsed } from './parsed';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const CENTURY_MS = 100 * 365 * DAY_MS;
/** Below this a store would hold little but what it needs for itself. */
export const LEAST_STORE_BYTES = 64 * 1024 * 1024;

/** The least and the most of durations, in milliseconds. */
export const RANGES = {
  interval: [100, DAY_MS],
  timeout: [10, DAY_MS],
  maxAge: [0, DAY_MS],
  retention: [HOUR_MS, CENTURY_MS],
} as const;

export const NOT_A_DURATION = 'is no duration: write numbers with units, for example 500ms, 10s or 1m30s';
export const NOT_A_SIZE = 'is no size: write a whole number with its unit, for example 500MB or 10GB';

/** How often a target is polled, in milliseconds. */
export const parseInterval = durationBetween(RANGES.interval);
/** Deadline of a poll, in milliseconds. */
export const parseTimeout = durationBetween(RANGES.timeout);
/** Oldest poll a scrape is answered with, in milliseconds; 0 polls for each scrape. */
export const parseMaxAge = durationBetween(RANGES.maxAge);
/** How long history is kept, in milliseconds. */
export const parseRetention = durationBetween(RANGES.retention);

function durationBetween([least, most]: readonly [number, number]): (text: string) => Parsed<number> {
  return (text) => {
    const ms = parseDuration(text);
    if (ms === undefined) return { problem: NOT_A_DURATION };
    if (ms < least) return { problem: `is too short: it must be ${formatDuration(least)} or more` };
    if (ms > most) return { problem: `is too long: it must be ${formatDuration(most)} or less` };
    return { value: ms };
  };
}

export function parseNamespace(text: string): Parsed<string> {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text)) return { value: text };
  return { problem: 'cannot begin a metric name: use letters, digits and _, not a digit first' };
}

export const parseLogLevel = oneOf(LOG_LEVELS);
export const parseSynchronous = oneOf(SYNCHRONOUS);
export const parseArgumentsKept = oneOf(ARGUMENTS_KEPT);

function oneOf<T extends string>(known: readonly T[]): (text: string) => Parsed<T> {
  return (text) => {
    const value = known.find((one) => one === text);
    return value === undefined ? { problem: `must be one of ${known.join(', ')}` } : { value };
  };
}

/** The most bytes that history may take. */
export function parseMaxSize(text: string): Parsed<number> {
  const bytes = parseSize(text);
  if (bytes === undefined) return { problem: NOT_A_SIZE };
  return bytes < LEAST_STORE_BYTES
    ? { problem: `is too small: it must be ${formatSize(LEAST_STORE_BYTES)} or more` }
    : { value: bytes };
}

const ALLOW_PATTERN = /^(?:[a-z0-9_.*-]+|\[[0-9a-f:.*]+\])(:[\d*]{1,5})?$/i;

/** A pattern of `scrape.allow` with its port filled in. */
export function parseAllowPattern(text: string): Parsed<string> {
  const match = ALLOW_PATTERN.exec(text);
  if (match === null) {
    return { problem: 'is no pattern: write host:port without scheme or user, * for any text, as in cache-*:6379' };
  }
  return { value: match[1] === undefined ? `${text}:6379` : text };
}

/** `name` is what a person wrote for a target's name. */
export function parseTargetName(text: string): Parsed<string> {
  return /\p{Cc}|^\s|\s$/u.test(text)
    ? { problem: 'has control characters, or white space at its ends: remove them' }
    : { value: text };
}
