import type { LogPosition } from '../history/interfaces';
import type { LoggedCommand } from '../parse/slow-log';
import { LogTail, MOST_ASKED } from './log-tail';
import type { LogReading } from './readings';

const RUN = 'run-a';

/** Entries with the ids from `to` down to `from`, one a second; `sinceMs` is when id 0 was. */
function log(from: number, to: number, sinceMs = 0): LoggedCommand[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const id = to - index;
    return { id, timeMs: sinceMs + id * 1000, amount: 1, args: ['PING'], clientAddress: '', clientName: '' };
  });
}

function reading(length: number, lastId: number | undefined, mostEntries?: number): LogReading {
  return { log: 'slow', length, lastId, mostEntries };
}

function position(id: number, runId = RUN): LogPosition {
  return { target: 'cache', log: 'slow', runId, id, timeMs: id * 1000 };
}

const tailOf = (known: number): LogTail => new LogTail(position(known));

describe('how many entries LogTail asks for', () => {
  it.each([
    ['nothing is new', tailOf(9), reading(10, 9), 0],
    ['the log is empty', tailOf(9), reading(0, 0), 0],
    ['the log is empty and was never seen', new LogTail(), reading(0, 0), 0],
    ['some are new', tailOf(9), reading(10, 12), 3 + 16],
    ['the log was never seen', new LogTail(), reading(7, 6), 7 + 16],
    ['many are new', tailOf(9), reading(5000, 5009), 128],
    ['it is of another run', new LogTail(position(9, 'run-b')), reading(10, 9), 10 + 16],
    ['it is of a later run under the same name', new LogTail(position(9, `${RUN}#3`)), reading(10, 9), 0],
    ['ids went back', tailOf(9), reading(2, 1), 2 + 16],
    ['the first entry is new', new LogTail(), reading(1, 0), 1 + 16],
  ])('when %s', (_, tail, seen, expected) => {
    expect(tail.countToAsk(seen, RUN, 0)).toBe(expected);
  });

  it.each([
    ['is as long as it was', 5, 128, 0, 0],
    ['is longer than it was', 6, 128, 0, 22],
    ['is shorter than it was', 4, 128, 0, 20],
    ['is full', 5, 5, 0, 21],
    ['may be full', 5, undefined, 0, 21],
    ['was not looked into for a minute', 5, 128, 60_000, 21],
  ])('when a log that does not tell ids %s', (_, length, most, laterMs, expected) => {
    const tail = new LogTail();
    tail.take(log(0, 4), 21, reading(5, undefined, 128), RUN, 1000);
    expect(tail.countToAsk(reading(length, undefined, most), RUN, 1000 + laterMs)).toBe(expected);
  });
});

describe('what LogTail takes from a reply', () => {
  it.each([
    ['nothing but what is known', tailOf(9), log(0, 9), [], RUN, 0],
    ['new entries', tailOf(9), log(5, 12), [10, 11, 12], RUN, 0],
    ['everything of a log never seen', new LogTail(), log(3, 6), [3, 4, 5, 6], RUN, 0],
    [
      'everything of another run',
      new LogTail(position(9, 'run-b')),
      log(2, 12),
      log(2, 12)
        .map(({ id }) => id)
        .reverse(),
      RUN,
      0,
    ],
    ['what was not pushed out', tailOf(9), log(20, 22), [20, 21, 22], RUN, 10],
    ['ids that begin anew in the same run', tailOf(9), log(0, 2, 5000), [0, 1, 2], `${RUN}#1`, 0],
    [
      'ids that begin anew for the second time',
      new LogTail(position(9, `${RUN}#1`)),
      log(0, 2),
      [0, 1, 2],
      `${RUN}#2`,
      0,
    ],
    ['ids that began anew and went further than before', tailOf(1), log(0, 2, 500), [0, 1, 2], `${RUN}#1`, 0],
    ['an empty log', tailOf(9), [], [], RUN, 0],
  ])('%s', (_, tail, entries, ids, runId, lost) => {
    const taken = tail.take(entries, 128, reading(entries.length, undefined), RUN, 0);
    expect(taken).toEqual({ entries: entries.filter(({ id }) => ids.includes(id)).reverse(), runId, lost });
  });

  it('asks again when the reply does not reach back to what is known, and then takes what there is', () => {
    const tail = tailOf(9);
    const seen = reading(4000, 4009);
    expect(tail.take(log(3882, 4009), 128, seen, RUN, 0)).toBe(MOST_ASKED);
    expect(tail.take(log(2986, 4009), MOST_ASKED, seen, RUN, 0)).toMatchObject({ lost: 2976 });
    expect(tail.countToAsk(seen, RUN, 0)).toBe(0);
  });

  it('asks again for the whole of a log never seen', () => {
    expect(new LogTail().take(log(872, 999), 128, reading(1000, 999), RUN, 0)).toBe(MOST_ASKED);
  });

  it('goes on after a RESET, whose ids go on', () => {
    const tail = tailOf(9);
    expect(tail.countToAsk(reading(0, 0), RUN, 0)).toBe(0);
    expect(tail.countToAsk(reading(2, 11), RUN, 0)).toBeGreaterThan(0);
    expect(tail.take(log(10, 11), 18, reading(2, 11), RUN, 0)).toMatchObject({ runId: RUN, lost: 0 });
  });
});
