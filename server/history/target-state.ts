import type { Dictionary } from './dictionary';
import { windowOf } from './key';
import { Presence } from './presence';
import type { Segment } from './segment';

/** A poll may come so much before the one before it and still be one that was held up; beyond, the clock was set back. */
const CLOCK_STEP_MS = 60_000;

/** A row of the table of targets. */
export interface SavedTarget {
  readonly name: string;
  readonly lastMs: number;
  readonly newestMs: number;
  readonly closedPolls: number;
  readonly sinceRow: number;
}

/** A target as the store knows it: its number, what it has, and its polls that are not in blocks yet. */
export class TargetState {
  readonly number: number;
  readonly name: string;
  readonly presence: Presence;
  /** In the order in which they came; only the last one may be open. */
  segments: Segment[] = [];
  /** Of its last poll. */
  lastMs = -Infinity;
  /** The greatest time it has had. */
  newestMs = -Infinity;
  /** Polls taken in so far; each has the number it came with. */
  polls = 0;
  /** When it was loaded, polls with a smaller number were in blocks. */
  private closedPolls = 0;
  /** What older rows of the journal have of its number was another target's. */
  private readonly sinceRow: number;
  changed = false;

  constructor(number: number, name: string, sinceRow: number, dictionary: Dictionary) {
    this.number = number;
    this.name = name;
    this.sinceRow = sinceRow;
    this.presence = new Presence(number, dictionary);
  }

  load({ lastMs, newestMs, closedPolls }: SavedTarget): void {
    this.lastMs = lastMs;
    this.newestMs = newestMs;
    this.closedPolls = closedPolls;
    this.polls = closedPolls;
  }

  toSaved(closedPolls: number): SavedTarget {
    const { name, lastMs, newestMs, sinceRow } = this;
    return { name, lastMs, newestMs, closedPolls, sinceRow };
  }

  /** Whether a poll that a row of the journal has of its number is one that is in no block. */
  needs(poll: number, row: number): boolean {
    return poll >= this.closedPolls && row >= this.sinceRow;
  }

  get newestWindow(): number {
    return windowOf(this.newestMs);
  }

  /** Whether a poll is no later than the last one, without the clock having been set back. */
  isLate(atMs: number): boolean {
    return atMs <= this.lastMs && !this.isStepBack(atMs);
  }

  isStepBack(atMs: number): boolean {
    return atMs < this.lastMs - CLOCK_STEP_MS;
  }
}
