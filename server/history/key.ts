import { SLOTS } from './block';

/**
 * A block's key: what it holds, packed into 53 bits so that one field of many targets is one range of keys for each
 * window, and one target a short range of that.
 *
 *     window (20 bits)  target >> 6 (7)  group (14)  target & 63 (6)  part (6)
 */
export interface BlockKey {
  /** Which ten minutes since `EPOCH_MS`. */
  readonly window: number;
  readonly target: number;
  /** Series `group * SLOTS` to `group * SLOTS + SLOTS - 1`. */
  readonly group: number;
  /** Tells apart blocks of one window, as after a clock was set back. */
  readonly part: number;
}

export const WINDOW_MS = 600_000;
const EPOCH_MS = Date.UTC(2020, 0);

const WINDOWS = 2 ** 20;
/** Targets whose blocks of a window and a group stand together. */
export const TARGETS_TOGETHER = 64;
export const PARTS = 64;
export const GROUPS = 2 ** 14;
export const MAX_TARGETS = 2 ** 7 * TARGETS_TOGETHER;
export const MAX_SERIES = GROUPS * SLOTS;

const PER_TARGET = PARTS;
const PER_GROUP = TARGETS_TOGETHER * PER_TARGET;
const PER_TARGET_BLOCK = GROUPS * PER_GROUP;
const PER_WINDOW = (MAX_TARGETS / TARGETS_TOGETHER) * PER_TARGET_BLOCK;

export function windowOf(timeMs: number): number {
  return Math.floor((timeMs - EPOCH_MS) / WINDOW_MS);
}

export function windowStartMs(window: number): number {
  return EPOCH_MS + window * WINDOW_MS;
}

/** Whether a time has a window. */
export function hasWindow(timeMs: number): boolean {
  const window = windowOf(timeMs);
  return window >= 0 && window < WINDOWS;
}

/** Which 64 targets a target is one of. */
export function targetBlockOf(target: number): number {
  return Math.floor(target / TARGETS_TOGETHER);
}

/** The first key of a window. */
export function windowKey(window: number): number {
  return window * PER_WINDOW;
}

export function packKey({ window, target, group, part }: BlockKey): number {
  return (
    windowKey(window) +
    targetBlockOf(target) * PER_TARGET_BLOCK +
    group * PER_GROUP +
    (target % TARGETS_TOGETHER) * PER_TARGET +
    part
  );
}

export function unpackKey(key: number): BlockKey {
  const targetBlock = Math.floor(key / PER_TARGET_BLOCK) % (MAX_TARGETS / TARGETS_TOGETHER);
  return {
    window: Math.floor(key / PER_WINDOW),
    target: targetBlock * TARGETS_TOGETHER + (Math.floor(key / PER_TARGET) % TARGETS_TOGETHER),
    group: Math.floor(key / PER_GROUP) % GROUPS,
    part: key % PER_TARGET,
  };
}
