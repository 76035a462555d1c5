import { closeSegment } from './close-segment';
import type { Dictionary } from './dictionary';
import { dueSegments, type DueSegment } from './due-segments';
import type { Head } from './head';
import { JournalWriter } from './journal-writer';
import type { StoreLogBook } from './memory-log-book';
import { eachSegment, type Segment } from './segment';
import type { Shelf } from './shelf';
import type { TargetBook } from './target-book';
import type { TargetState } from './target-state';

/** Writes what is in memory: in one transaction the journal, what closes, and all that is new of targets and series. */
export class Flusher {
  samplesStored = 0;
  private readonly shelf: Shelf;
  private readonly dictionary: Dictionary;
  private readonly targets: TargetBook;
  private readonly head: Head;
  private readonly log: StoreLogBook;
  private readonly journal: JournalWriter;
  private trimmedBelow = 0;
  private closeFrom = 0;

  constructor(
    shelf: Shelf,
    { dictionary, targets, head }: { dictionary: Dictionary; targets: TargetBook; head: Head },
    log: StoreLogBook
  ) {
    this.shelf = shelf;
    this.dictionary = dictionary;
    this.targets = targets;
    this.head = head;
    this.log = log;
    this.journal = new JournalWriter((row) => this.shelf.addJournal(this.targets.nextRow++, row));
  }

  /** Throws what the shelf throws; then nothing was written, and all of it will be by the next call. */
  flush(): void {
    const firstRow = this.targets.nextRow;
    const due = dueSegments(this.targets, this.head.seenMs, this.closeFrom);
    const closing = new Set(due.map(({ segment }) => segment));
    // The compiler does not see that the transaction sets it.
    let isLogFlushed = false as boolean;
    try {
      this.shelf.transaction(() => {
        this.writeJournal();
        this.writeBlocks(due);
        this.dictionary.save(this.shelf);
        this.targets.save(this.shelf, (target) => closedPolls(target, closing));
        this.trimJournal(closing, firstRow);
        this.log.flush();
        isLogFlushed = true;
      });
    } catch (error) {
      if (isLogFlushed) this.log.rolledBack();
      throw error;
    }
    this.settle(due, closing, firstRow);
  }

  private writeJournal(): void {
    if (!this.shelf.keepsJournal || this.head.pendingSamples === 0) return;
    this.journal.reset();
    for (const target of this.targets.all()) {
      for (const segment of target.segments) {
        if (segment.journaled < segment.polls) this.journal.write(target.number, segment);
      }
    }
    this.journal.finish();
  }

  private writeBlocks(due: readonly DueSegment[]): void {
    const blocks = due.flatMap(({ target, segment }) => closeSegment(target.number, segment));
    blocks.sort((a, b) => a.key - b.key).forEach(({ key, bytes }) => this.shelf.addBlock(key, bytes));
    for (const { target } of due) {
      target.presence.markGone(target.newestWindow);
      target.changed = true;
    }
  }

  /** Rows of which all polls are in blocks by now. */
  private trimJournal(closing: ReadonlySet<Segment>, firstRow: number): void {
    let needed = this.targets.nextRow;
    for (const segment of eachSegment(this.targets.all())) {
      if (!closing.has(segment)) needed = Math.min(needed, segment.journaled > 0 ? segment.firstRow : firstRow);
    }
    if (needed > this.trimmedBelow) this.shelf.trimJournal(needed);
    this.trimmedBelow = needed;
  }

  /** It is written. */
  private settle(due: readonly DueSegment[], closing: ReadonlySet<Segment>, firstRow: number): void {
    for (const { target } of due) target.segments = target.segments.filter((segment) => !closing.has(segment));
    for (const segment of eachSegment(this.targets.all())) {
      if (segment.journaled === 0) segment.firstRow = firstRow;
      segment.journaled = segment.polls;
    }
    this.closeFrom = due[0]?.target.number ?? this.closeFrom;
    this.dictionary.saved();
    this.targets.saved();
    this.samplesStored += this.head.pendingSamples;
    this.head.pendingSamples = 0;
  }
}

function closedPolls(target: TargetState, closing: ReadonlySet<Segment>): number {
  return target.segments.find((segment) => !closing.has(segment))?.firstPoll ?? target.polls;
}
