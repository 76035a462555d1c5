import type { Dictionary } from './dictionary';
import { unpackKey, windowKey, windowOf, windowStartMs } from './key';
import type { StoreLogBook } from './memory-log-book';
import type { Shelf } from './shelf';
import type { StoreOptions } from './store';
import type { TargetBook } from './target-book';

/** Blocks removed in one step. */
const STEP_BLOCKS = 500;

/** Removes what is too old or too much, a little at a time; and the targets and series of which nothing is left. */
export class Retention {
  private readonly shelf: Shelf;
  private readonly dictionary: Dictionary;
  private readonly targets: TargetBook;
  private readonly log: StoreLogBook;
  private readonly options: StoreOptions;
  private expiredBelow = -Infinity;
  private logTrimmedTo = -Infinity;

  constructor(
    shelf: Shelf,
    { dictionary, targets }: { dictionary: Dictionary; targets: TargetBook },
    log: StoreLogBook,
    options: StoreOptions
  ) {
    this.shelf = shelf;
    this.dictionary = dictionary;
    this.targets = targets;
    this.log = log;
    this.options = options;
  }

  /** Throws what the shelf throws. */
  step(): void {
    const cutoffMs = Math.min(this.options.now(), this.newestMs()) - this.options.retentionMs;
    const end = Math.max(windowOf(cutoffMs), this.windowOverSize());
    // The log goes as the blocks of its time do: else one that takes too much would cost all blocks.
    if (end !== this.logTrimmedTo) {
      this.shelf.transaction(() => this.log.trim(Math.max(cutoffMs, windowStartMs(end))));
    }
    this.logTrimmedTo = end;
    const oldest = this.oldestWindow();
    if (oldest !== undefined && oldest < end) {
      this.shelf.transaction(() => this.shelf.removeBlocks(windowKey(end), STEP_BLOCKS));
    }
    this.expire(this.oldestWindow() ?? end);
    this.shelf.shrink();
  }

  /** Our own clock may be far ahead of all samples, and must not cost them. */
  private newestMs(): number {
    let newestMs = -Infinity;
    for (const target of this.targets.all()) newestMs = Math.max(newestMs, target.newestMs);
    return newestMs;
  }

  oldestWindow(): number | undefined {
    const key = this.shelf.firstKey();
    return key === undefined ? undefined : unpackKey(key).window;
  }

  /** The window behind the oldest one, when there is too much. */
  private windowOverSize(): number {
    const { maxBytes } = this.options;
    if (maxBytes === undefined || this.shelf.usedBytes() <= maxBytes) return -Infinity;
    return (this.oldestWindow() ?? -Infinity) + 1;
  }

  /** Forgets what has no samples from a window on. */
  private expire(oldest: number): void {
    if (oldest <= this.expiredBelow) return;
    this.expiredBelow = oldest;
    for (const target of [...this.targets.all()]) {
      if (target.segments.some(({ window }) => window < oldest)) continue;
      if (target.newestWindow < oldest) this.targets.remove(target);
      else target.presence.expire(oldest);
    }
    this.dictionary.sweep();
  }
}
