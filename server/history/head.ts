import type { SampleSet } from '../model/samples';
import type { Dictionary } from './dictionary';
import { hasWindow, packKey, PARTS, windowOf } from './key';
import type { Mapping } from './mapping';
import { Segment } from './segment';
import type { Shelf } from './shelf';
import type { RefusalReason } from './store';
import type { TargetBook } from './target-book';
import type { TargetState } from './target-state';

const DAY_MS = 86_400_000;

/** Takes in polls: what is not in blocks yet. */
export class Head {
  readonly refused = new Map<RefusalReason, number>();
  /** Samples that are not in the journal yet. */
  pendingSamples = 0;
  /** The greatest time since the clock was last set back. */
  seenMs = -Infinity;
  private readonly dictionary: Dictionary;
  private readonly targets: TargetBook;
  private readonly shelf: Shelf;

  constructor(dictionary: Dictionary, targets: TargetBook, shelf: Shelf) {
    this.dictionary = dictionary;
    this.targets = targets;
    this.shelf = shelf;
  }

  append(name: string, atMs: number, samples: SampleSet, nowMs: number): void {
    const reason = this.take(name, Math.floor(atMs), samples, nowMs);
    if (reason !== undefined) this.refuse(reason, samples.values.length);
  }

  refuse(reason: RefusalReason, samples: number): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + samples);
  }

  /** False: there are no parts left for its window. */
  put(target: TargetState, atMs: number, mapping: Mapping, values: Float64Array): boolean {
    const segment = this.segmentFor(target, atMs);
    if (segment === undefined) return false;
    segment.append(mapping, atMs, values);
    target.presence.see(mapping);
    this.seenMs = target.isStepBack(atMs) ? atMs : Math.max(this.seenMs, atMs);
    target.lastMs = atMs;
    target.newestMs = Math.max(target.newestMs, atMs);
    target.polls++;
    this.pendingSamples += mapping.numbers.length;
    return true;
  }

  private take(name: string, atMs: number, samples: SampleSet, nowMs: number): RefusalReason | undefined {
    if (atMs > nowMs + DAY_MS) return 'time_in_future';
    if (!hasWindow(atMs)) return 'time_out_of_range';
    const known = this.targets.find(name);
    if (known?.isLate(atMs)) return 'time_went_back';
    const mapping = this.dictionary.mapping(samples.layout);
    if (mapping.refused > 0) this.refuse('too_many_series', mapping.refused);
    if (mapping.numbers.length === 0) return undefined;
    const target = known ?? this.targets.add(name);
    if (target === undefined) return 'too_many_targets';
    return this.put(target, atMs, mapping, samples.values) ? undefined : 'too_many_parts';
  }

  private segmentFor(target: TargetState, atMs: number): Segment | undefined {
    const window = windowOf(atMs);
    const last = target.segments.at(-1);
    if (last?.accepts(window, atMs)) return last;
    const part = this.nextPart(target, window);
    if (part >= PARTS) return undefined;
    if (last !== undefined) {
      if (window > last.window) last.state = 'passed';
      else target.segments.forEach((segment) => (segment.state = 'cut'));
    }
    const segment = new Segment(window, part, target.polls);
    target.segments.push(segment);
    return segment;
  }

  private nextPart(target: TargetState, window: number): number {
    if (window > target.newestWindow) return 0;
    let last = -1;
    for (const segment of target.segments) if (segment.window === window) last = Math.max(last, segment.part);
    for (const group of target.presence.groupNumbers()) {
      const first = packKey({ window, target: target.number, group, part: 0 });
      const key = this.shelf.lastKey(first, first + PARTS);
      if (key !== undefined) last = Math.max(last, key - first);
    }
    return last + 1;
  }
}
