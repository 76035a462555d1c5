import { samplesOf, START_MS } from '../testing/history-samples';
import { Dictionary } from './dictionary';
import { Head } from './head';
import { WINDOW_MS } from './key';
import { MemoryShelf } from './memory-shelf';
import { TargetBook } from './target-book';
import { Trouble } from './trouble';

function makeHead(): { head: Head; targets: TargetBook } {
  const dictionary = new Dictionary();
  const targets = new TargetBook(dictionary);
  return { head: new Head(dictionary, targets, new MemoryShelf()), targets };
}

describe('Trouble', () => {
  it('tries again ever less often, but again and again', () => {
    const { head, targets } = makeHead();
    const trouble = new Trouble('the disk is full', targets, head);
    const waits: number[] = [];
    for (let round = 0; round < 7; round++) {
      trouble.failed('the disk is full');
      let skipped = 0;
      while (!trouble.isDue()) skipped++;
      waits.push(skipped);
    }
    expect(waits).toEqual([0, 1, 3, 7, 15, 15, 15]);
  });

  it('gives up the oldest samples beyond what memory may hold, but none that are in the journal', () => {
    const { head, targets } = makeHead();
    const poll = (target: string, window: number): void =>
      head.append(target, START_MS + window * WINDOW_MS, samplesOf({ a: 1, b: 2 }), Infinity);
    poll('one', 0);
    const journaled = targets.find('one')!.segments[0]!;
    journaled.journaled = 1;
    head.pendingSamples = 0;
    // A poll alone in its window takes 24 bytes.
    const trouble = new Trouble('the disk is full', targets, head, 24 * 3);
    for (let window = 1; window <= 4; window++) {
      poll('one', window);
      poll('two', window);
    }
    trouble.giveUp();
    const kept = [...targets.all()].flatMap(({ name, segments }) => segments.map(({ window }) => `${name} ${window}`));
    const first = journaled.window;
    expect(kept).toEqual([`one ${first}`, `one ${first + 4}`, `two ${first + 3}`, `two ${first + 4}`]);
    expect(head.pendingSamples).toBe(6);
    expect(Object.fromEntries(head.refused)).toEqual({ given_up: 10 });
  });
});
