import { TARGETS_TOGETHER, windowStartMs } from './key';
import type { Segment } from './segment';
import type { TargetBook } from './target-book';
import type { TargetState } from './target-state';

/** How long after its end a window waits for polls that are still under way. */
const GRACE_MS = 30_000;
/** Closing more at once would make a flush long. */
const MOST_SAMPLES = 2 ** 19;

export interface DueSegment {
  readonly target: TargetState;
  readonly segment: Segment;
}

/**
 * Segments that are to become blocks now: those of targets that stand together at once, as their blocks then stand
 * together on the disk; but of no more than these, to keep a flush short. The search begins with target `from`.
 */
export function dueSegments(targets: TargetBook, seenMs: number, from: number): DueSegment[] {
  const ends = Math.ceil(targets.end / TARGETS_TOGETHER);
  for (let step = 0; step < ends; step++) {
    const first = ((Math.floor(from / TARGETS_TOGETHER) + step) % ends) * TARGETS_TOGETHER;
    const due = dueOf(targets, seenMs, first);
    if (due.length > 0) return due;
  }
  return [];
}

function dueOf(targets: TargetBook, seenMs: number, first: number): DueSegment[] {
  const due: DueSegment[] = [];
  let samples = 0;
  for (let number = first; number < first + TARGETS_TOGETHER; number++) {
    const target = targets.get(number);
    for (const segment of target?.segments ?? []) {
      if (target === undefined || samples > MOST_SAMPLES || !isDue(segment, seenMs)) break;
      due.push({ target, segment });
      samples += segment.samples;
    }
  }
  return due;
}

function isDue({ state, window, journaled, polls }: Segment, seenMs: number): boolean {
  if (state === 'cut') return true;
  if (seenMs < windowStartMs(window + 1) + GRACE_MS) return false;
  return state === 'passed' || journaled === polls;
}
