import type { Head } from './head';
import { eachSegment, type Segment } from './segment';
import type { TargetBook } from './target-book';

/** What memory holds besides what it held when the disk began to fail; beyond, the oldest samples go. */
const KEPT_BYTES = 128 * 2 ** 20;
/** With a flush every two seconds, the disk is tried again after half a minute at the latest. */
const MOST_SKIPPED = 15;

/** A disk that cannot be written: how often it is tried again, and what is kept meanwhile. */
export class Trouble {
  problem: string;
  private readonly targets: TargetBook;
  private readonly head: Head;
  private readonly mostBytes: number;
  private failures = 0;
  private toSkip = 0;

  constructor(problem: string, targets: TargetBook, head: Head, keptBytes = KEPT_BYTES) {
    this.problem = problem;
    this.targets = targets;
    this.head = head;
    this.mostBytes = this.bytes() + keptBytes;
  }

  /** Whether it is time to try again. */
  isDue(): boolean {
    return this.toSkip-- <= 0;
  }

  failed(problem: string): void {
    this.problem = problem;
    this.toSkip = Math.min(MOST_SKIPPED, 2 ** this.failures++ - 1);
  }

  /** Gives up the oldest of what memory cannot hold; never what is in the journal already. */
  giveUp(): void {
    for (let bytes = this.bytes(); bytes > this.mostBytes;) {
      const oldest = this.oldest();
      if (oldest === undefined) return;
      oldest.target.segments = oldest.target.segments.filter((segment) => segment !== oldest.segment);
      this.head.pendingSamples -= oldest.segment.samples;
      this.head.refuse('given_up', oldest.segment.samples);
      bytes -= oldest.segment.bytes;
    }
  }

  private bytes(): number {
    let bytes = 0;
    for (const segment of eachSegment(this.targets.all())) bytes += segment.bytes;
    return bytes;
  }

  private oldest() {
    let oldest: { target: { segments: Segment[] }; segment: Segment } | undefined;
    for (const target of this.targets.all()) {
      const segment = target.segments.find(({ journaled }) => journaled === 0);
      if (segment !== undefined && !(segment.lastMs >= (oldest?.segment.lastMs ?? Infinity)))
        oldest = { target, segment };
    }
    return oldest;
  }
}
