import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '../testing/cleanup';
import { samplesOf, START_MS } from '../testing/history-samples';
import { openDiskStore, STORE_FILE } from './disk-store';
import { WINDOW_MS } from './key';
import { verifyStore, type VerifyReport } from './verify';

/** Three windows of two targets in blocks, and one in the journal. */
function makeStore(): string {
  const directory = temporaryDirectory();
  const store = openDiskStore({ directory, retentionMs: Infinity, now: () => START_MS });
  for (let atMs = START_MS; atMs < START_MS + 4 * WINDOW_MS; atMs += 10_000) {
    store.append('one', atMs, samplesOf({ a: 1, 'b/x': atMs }));
    store.append('two', atMs, samplesOf({ a: 1 }));
    store.flush();
  }
  store.close();
  return directory;
}

function verify(directory: string): VerifyReport {
  return verifyStore(directory, () => undefined);
}

describe('verifyStore', () => {
  it('counts what is there, and finds nothing wrong', () => {
    const directory = makeStore();
    const progress: [number, number][] = [];
    const report = verifyStore(directory, (done, total) => progress.push([done, total]));
    expect(report).toEqual({
      blocks: 6,
      samples: 240 * 3,
      series: 3,
      targets: 2,
      journalRows: expect.any(Number) as number,
      fromMs: START_MS,
      toMs: START_MS + 4 * WINDOW_MS - 10_000,
      problems: [],
    });
    expect(report.journalRows).toBeGreaterThan(0);
    expect(progress.at(-1)).toEqual([6, 6]);
  });

  it('has nothing to say of an empty store', () => {
    const directory = temporaryDirectory();
    openDiskStore({ directory, retentionMs: Infinity, now: () => START_MS }).close();
    expect(verify(directory)).toEqual({ blocks: 0, samples: 0, series: 0, targets: 0, journalRows: 0, problems: [] });
  });

  it.each([
    ['a block cut off', 'UPDATE block SET data = substr(data, 1, 9) WHERE id = :first', /^block \d+: /],
    ['a bit of a block', "UPDATE block SET data = CAST(data || x'00' AS BLOB) WHERE id = :first", /^block \d+: /],
    [
      'a block in another window',
      'UPDATE block SET id = id + (1 << 33) * 9 WHERE id = :first',
      /^block \d+: it begins/,
    ],
    [
      'a block of an earlier window',
      'UPDATE block SET id = id - (1 << 33) * 9 WHERE id = :first',
      /^block \d+: it ends/,
    ],
    [
      'a block of another group',
      'UPDATE block SET id = id + (1 << 12) WHERE id = :first',
      /^block \d+: one has no series/,
    ],
    ['a target', "DELETE FROM target WHERE data LIKE '%two%'", /^block \d+: there is no target 1$/],
    ['a series', 'DELETE FROM series WHERE id = 1', /^block \d+: one has no series 1$/],
    ['what a target has', 'DELETE FROM presence WHERE id = 0', /^block \d+: one has no series 0$/],
    ['a row of the journal', "UPDATE journal SET data = x'00'", /^row \d+ of the journal: /],
    ['a text', "UPDATE family SET data = '{'", /^targets and series: /],
  ])('finds damage to %s', (_, sql, expected) => {
    const directory = makeStore();
    const db = new DatabaseSync(join(directory, STORE_FILE));
    const first = db.prepare('SELECT min(id) AS id FROM block').get()!['id'];
    db.exec(sql.replace(':first', String(first)));
    db.close();
    expect(verify(directory).problems).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  it('finds damage to the file', () => {
    const directory = makeStore();
    const file = join(directory, STORE_FILE);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 3 * 16_384, 12 * 16_384);
    writeFileSync(file, bytes);
    expect(verify(directory).problems).not.toEqual([]);
  });

  it('tells the first hundred problems, and how many more there are', () => {
    const directory = makeStore();
    const db = new DatabaseSync(join(directory, STORE_FILE));
    db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
             INSERT INTO block SELECT i, x'00' FROM n`);
    db.close();
    const { problems } = verify(directory);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('and 50 more');
  });

  it('refuses a directory without a store', () => {
    expect(() => verify(temporaryDirectory())).toThrow('cannot be opened');
  });
});
