import type { Head } from './head';
import { JournalReader } from './journal-reader';
import type { Shelf } from './shelf';
import type { TargetBook } from './target-book';

/** Takes the journal's polls that are in no block into memory. Gives what cannot be read, and what to do. */
export function replayJournal(shelf: Shelf, targets: TargetBook, head: Head, directory?: string): string[] {
  let row = 0;
  const problems: string[] = [];
  const reader = new JournalReader((number, poll, atMs, mapping, values) => {
    const target = targets.get(number);
    if (target?.needs(poll, row) !== true) return;
    target.polls = poll;
    if (!head.put(target, atMs, mapping, values)) return;
    const segment = target.segments.at(-1);
    if (segment === undefined) return;
    segment.journaled = segment.polls;
    segment.firstRow = Math.min(segment.firstRow, row);
  });
  for (const [id, bytes] of shelf.journal()) {
    row = id;
    targets.nextRow = Math.max(targets.nextRow, id + 1);
    try {
      reader.read(bytes);
    } catch (error) {
      const where = directory === undefined ? '' : `${directory}: `;
      const why = (error as Error).message;
      problems.push(`${where}row ${id} of the journal cannot be read (${why}): stop, and run "redis-vitals verify"`);
    }
  }
  head.pendingSamples = 0;
  return problems;
}
