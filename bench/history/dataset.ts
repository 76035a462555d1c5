import type { Mix } from './mix';

export const POLL_EVERY_MS = 10_000;
export const HOUR_MS = 60 * 60 * 1000;

/** Polls of some targets over some time. */
export interface Dataset {
  readonly mix: Mix;
  /** Names of the targets. */
  readonly targets: readonly string[];
  /** The polls are from here up to, not including, there. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Poll {
  /** Index of the target. */
  readonly target: number;
  readonly atMs: number;
  /** Good until the next poll. */
  readonly values: Float64Array;
}

export function sampleCount({ mix, targets, fromMs, toMs }: Dataset): number {
  return ((toMs - fromMs) / POLL_EVERY_MS) * targets.length * mix.layout.series.length;
}

export function targetNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `cache-${index}`);
}

/** All polls in the order of time: each target's ten seconds apart, the targets evenly spread between them. */
export function* polls({ mix, targets, fromMs, toMs }: Dataset): Generator<Poll, void> {
  const next = mix.start(targets.length);
  const values = new Float64Array(mix.layout.series.length);
  const offsets = targets.map((_, target) => Math.floor(((target + 0.5) / targets.length) * POLL_EVERY_MS));
  for (let roundMs = fromMs; roundMs < toMs; roundMs += POLL_EVERY_MS) {
    for (let target = 0; target < targets.length; target++) {
      next(target, values);
      yield { target, atMs: roundMs + offsets[target]!, values };
    }
  }
}
