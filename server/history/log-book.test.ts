import { DatabaseSync } from 'node:sqlite';
import type { LogEntry, Selection, StoredEvent } from './interfaces';
import { createLogBook, createMemoryLogBook } from './log-book';
import { MOST_IN_MEMORY, type StoreLogBook } from './memory-log-book';

const ALL: Selection = { fromMs: 0, toMs: 1e13, limit: 1e6 };

function entry(id: number, timeMs: number, overrides: Partial<LogEntry> = {}): LogEntry {
  return {
    target: 'cache-1',
    log: 'slow',
    runId: 'run-a',
    id,
    timeMs,
    amount: 12_000,
    command: 'get',
    text: 'session:*',
    clientAddress: '10.0.0.9:40000',
    clientName: 'app',
    ...overrides,
  };
}

function event(timeMs: number, overrides: Partial<StoredEvent> = {}): Omit<StoredEvent, 'id'> {
  return {
    timeMs,
    target: 'cache-1',
    kind: 'restart',
    severity: 'warning',
    text: 'The server restarted.',
    details: { uptime: '3' },
    ...overrides,
  };
}

const ids = (list: readonly { readonly id: number }[]): number[] => list.map(({ id }) => id);

const BOOKS: readonly (readonly [string, () => StoreLogBook])[] = [
  ['in memory', createMemoryLogBook],
  ['on disk', () => createLogBook(new DatabaseSync(':memory:'))],
];
const MOMENTS: readonly (readonly [string, (book: StoreLogBook) => void])[] = [
  ['before a flush', () => undefined],
  ['after a flush', (book) => book.flush()],
];
const CASES = BOOKS.flatMap(([book, make]) =>
  MOMENTS.map(([moment, settle]) => ({ name: `${book}, ${moment}`, make, settle }))
);

describe.each(CASES)('a log book $name', ({ make, settle }) => {
  it('gives entries and events as they were added', () => {
    const book = make();
    const entries = [
      entry(3, 1000, { text: 'tab\tand nul\0and \u{1f600}', clientName: '' }),
      entry(4, 2000, { log: 'large-reply', amount: 2 ** 40 }),
    ];
    const events = [event(1000), event(2000, { startMs: 500, details: {} })];
    book.addEntries(entries);
    book.addEvents(events);
    settle(book);
    expect(book.entries(ALL)).toEqual(entries);
    expect(book.events(ALL)).toEqual(events.map((one, index) => ({ ...one, id: index + 1 })));
  });

  it.each([
    ['all, oldest first', {}, [1, 2, 3, 4, 5]],
    ['a time, its ends included', { fromMs: 2000, toMs: 4000 }, [2, 3, 4]],
    ['a target', { targets: ['cache-2'] }, [3, 4]],
    ['several targets', { targets: ['cache-1', 'cache-2', 'unheard-of'] }, [1, 2, 3, 4, 5]],
    ['no target', { targets: [] }, []],
    ['a log', { logs: ['large-request'] }, [4]],
    ['a log of a target', { logs: ['slow'], targets: ['cache-2'] }, [3]],
    ['the newest', { limit: 2 }, [4, 5]],
    ['none', { limit: 0 }, []],
  ] as const)('gives entries of %s', (_, selection, expected) => {
    const book = make();
    book.addEntries([entry(5, 5000), entry(1, 1000), entry(2, 2000)]);
    settle(book);
    book.addEntries([
      entry(3, 3000, { target: 'cache-2' }),
      entry(4, 4000, { target: 'cache-2', log: 'large-request' }),
    ]);
    settle(book);
    expect(ids(book.entries({ ...ALL, ...selection }))).toEqual(expected);
  });

  it.each([
    ['all, oldest first', {}, [3, 1, 2, 4]],
    ['a time', { fromMs: 1000, toMs: 2000 }, [1, 2]],
    ['a target', { targets: ['cache-2'] }, [2, 4]],
    ['a kind', { kinds: ['failover', 'link_lost'] }, [2, 4]],
    ['a severity', { severities: ['critical'] }, [4]],
    ['a kind and a severity', { kinds: ['failover'], severities: ['critical'] }, []],
    ['the newest', { limit: 3 }, [1, 2, 4]],
  ] as const)('gives events of %s', (_, selection, expected) => {
    const book = make();
    book.addEvents([event(1000), event(2000, { target: 'cache-2', kind: 'failover' }), event(500)]);
    settle(book);
    book.addEvents([event(3000, { target: 'cache-2', kind: 'link_lost', severity: 'critical' })]);
    settle(book);
    expect(ids(book.events({ ...ALL, ...selection }))).toEqual(expected);
  });

  it('keeps the order of what has the same time', () => {
    const book = make();
    book.addEntries([entry(7, 1000), entry(8, 1000), entry(9, 1000)]);
    book.addEvents([event(1000), event(1000)]);
    settle(book);
    book.addEntries([entry(10, 1000)]);
    settle(book);
    expect(ids(book.entries({ ...ALL, limit: 3 }))).toEqual([8, 9, 10]);
    expect(ids(book.events(ALL))).toEqual([1, 2]);
  });

  it('leaves an entry that is there as it is, and takes those of other targets, logs and runs for others', () => {
    const book = make();
    const first = entry(1, 1000);
    book.addEntries([first]);
    settle(book);
    const others = [{ target: 'cache-2' }, { log: 'large-reply' } as const, { runId: 'run-b' }];
    book.addEntries([first, entry(1, 1000, { text: 'another' }), ...others.map((other) => entry(1, 1000, other))]);
    settle(book);
    expect(book.entries(ALL)).toHaveLength(4);
    expect(book.entries({ ...ALL, targets: ['cache-1'], logs: ['slow'] })).toEqual([
      first,
      entry(1, 1000, { runId: 'run-b' }),
    ]);
  });

  it.each([
    ['the greatest id of a run', [entry(1, 1000), entry(3, 1000), entry(2, 1000)], ['cache-1 slow run-a 3 1000']],
    [
      'the run with the later entry',
      [entry(900, 1000), entry(0, 2000, { runId: 'run-b' })],
      ['cache-1 slow run-b 0 2000'],
    ],
    [
      'every log of every target',
      [entry(1, 1000), entry(2, 1000, { log: 'large-reply' }), entry(3, 1000, { target: 'cache-2' })],
      ['cache-1 large-reply run-a 2 1000', 'cache-1 slow run-a 1 1000', 'cache-2 slow run-a 3 1000'],
    ],
  ])('knows as its position %s', (_, entries, expected) => {
    const book = make();
    for (const one of entries) {
      book.addEntries([one]);
      settle(book);
    }
    const positions = book.positions().map((one) => [one.target, one.log, one.runId, one.id, one.timeMs].join(' '));
    expect(positions.sort()).toEqual(expected);
  });

  it('forgets what is older', () => {
    const book = make();
    book.addEntries([entry(1, 1000, { target: 'gone' }), entry(2, 1999), entry(3, 2000)]);
    book.addEvents([event(1000), event(1999), event(2000)]);
    settle(book);
    book.trim(2000);
    expect(ids(book.entries(ALL))).toEqual([3]);
    expect(ids(book.events(ALL))).toEqual([3]);
    expect(book.positions().map(({ target }) => target)).toEqual(['cache-1']);
  });
});

describe.each(BOOKS)('a log book %s', (_, make) => {
  it('gives up the oldest when there is more than memory is given for, and counts them', () => {
    const book = make();
    const count = MOST_IN_MEMORY + 2;
    book.addEntries(Array.from({ length: count }, (_, id) => entry(id, id)));
    book.addEvents(Array.from({ length: count }, (_, index) => event(index)));
    expect(book.givenUp).toEqual({ entries: 2, events: 2 });
    expect(book.entries(ALL)[0]).toEqual(entry(2, 2));
    expect(book.events(ALL)).toHaveLength(MOST_IN_MEMORY);
    expect(book.positions()).toMatchObject([{ id: count - 1 }]);
  });
});

describe('a log book on disk', () => {
  function open(): { db: DatabaseSync; book: StoreLogBook } {
    const db = new DatabaseSync(':memory:');
    return { db, book: createLogBook(db) };
  }

  it('goes on where the one before it stopped', () => {
    const { db, book } = open();
    book.addEntries([entry(1, 1000)]);
    book.addEvents([event(1000), event(2000)]);
    book.flush();
    const next = createLogBook(db);
    next.addEvents([event(3000)]);
    expect(ids(next.events(ALL))).toEqual([1, 2, 3]);
    expect(next.entries(ALL)).toEqual([entry(1, 1000)]);
    expect(next.positions()).toEqual(book.positions());
  });

  it('never gives the id of an event again, even when that is forgotten', () => {
    const { db, book } = open();
    book.addEvents([event(1000), event(2000)]);
    book.flush();
    book.trim(5000);
    const next = createLogBook(db);
    next.addEvents([event(6000)]);
    expect(ids(next.events(ALL))).toEqual([3]);
  });

  it('writes what a failed flush did not', () => {
    const { db, book } = open();
    book.addEntries([entry(1, 1000)]);
    book.addEvents([event(1000)]);
    db.exec('PRAGMA query_only = 1');
    expect(() => book.flush()).toThrow('readonly');
    expect(ids(book.entries(ALL))).toEqual([1]);
    db.exec('PRAGMA query_only = 0');
    book.flush();
    expect([ids(createLogBook(db).entries(ALL)), ids(createLogBook(db).events(ALL))]).toEqual([[1], [1]]);
  });

  it('writes again what was rolled back, before what came since', () => {
    const { db, book } = open();
    book.addEntries([entry(1, 1000)]);
    book.addEvents([event(1000)]);
    db.exec('BEGIN');
    book.flush();
    db.exec('ROLLBACK');
    book.addEntries([entry(2, 1000)]);
    book.addEvents([event(1000)]);
    book.rolledBack();
    expect([ids(book.entries(ALL)), ids(book.events(ALL))]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    book.flush();
    expect([ids(createLogBook(db).entries(ALL)), ids(createLogBook(db).events(ALL))]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('writes nothing twice when it is told of a roll-back long ago', () => {
    const { db, book } = open();
    book.addEntries([entry(1, 1000)]);
    book.addEvents([event(1000)]);
    book.flush();
    book.rolledBack();
    book.flush();
    const again = createLogBook(db);
    expect([ids(again.entries(ALL)), ids(again.events(ALL))]).toEqual([[1], [1]]);
  });
});
