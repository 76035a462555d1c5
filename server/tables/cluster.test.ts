import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { tableText } from '../testing/table-text';
import { answerTable } from './answer-table';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];

/** Rows without the node's id and what is empty anyway. */
async function rowsOf(views: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const targets = new FakeTargets();
  for (const [name, lines] of Object.entries(views)) {
    targets.add(makeTarget(name, { address: { kind: 'tcp', host: name, port: 6379 } }));
    targets.respond(name, () => `${lines.join('\n')}\n`);
  }
  const parts = { targets, query: undefined, entries: undefined, now: Date.now };
  const answer = await answerTable(parts, { table: 'cluster' });
  const columns = answer.columns.filter(({ name }) => !['id', 'hostname', 'epoch', 'slots'].includes(name));
  return tableText({ ...answer, columns })
    .split('\n')
    .slice(1, -1);
}

describe('a node', () => {
  it('is listed once, with what it alone knows, and what others see', async () => {
    const rows = await rowsOf({
      one: [
        `${A} 10.0.0.1:6379@1 myself,master - 0 0 1 connected 0-99 [7->-${B}]`,
        `${B} 10.0.0.2:6379@1 master,fail? - 0 0 2 connected 100-199`,
        `${C} 10.0.0.3:6379@1 slave ${A} 0 0 1 connected`,
      ],
      two: [
        `${A} 10.0.0.1:6379@1 master,fail - 0 0 1 disconnected 0-99`,
        `${B} 10.0.0.2:6379@1 myself,master - 0 0 2 connected 100-150 152 [7-<-${A}]`,
        `${C} 10.0.0.3:6379@1 slave,fail ${A} 0 0 1 disconnected`,
      ],
    });
    expect(rows).toEqual([
      'one | 10.0.0.1:6379 | master | - | fail | disconnected | 0-99 | 7 to 10.0.0.2:6379 |',
      'two | 10.0.0.2:6379 | master | - | fail? | connected | 100-150 152 |  | 7 from 10.0.0.1:6379',
      'one | 10.0.0.3:6379 | slave | 10.0.0.1:6379 |  | connected |  |  |',
    ]);
  });

  it('that does not know its address has the target’s, or what others say', async () => {
    const own = `${A} :6379@1 myself,master - 0 0 0 connected`;
    expect(await rowsOf({ one: [own] })).toEqual(['one | one:6379 | master | - |  | connected |  |  |']);
    const other = `${A} 10.0.0.1:6379@1 master - 0 0 0 connected`;
    const self = `${B} 10.0.0.2:6379@1 myself,master - 0 0 0 connected`;
    for (const views of [
      { one: [own], two: [other, self] },
      { two: [other, self], one: [own] },
    ]) {
      expect((await rowsOf(views))[0]).toBe('one | 10.0.0.1:6379 | master | - |  | connected |  |  |');
    }
  });

  it('of another cluster stands apart', async () => {
    const rows = await rowsOf({
      one: [`${A} 10.0.0.1:6379@1 myself,master - 0 0 0 connected 0-16383`],
      two: [`${B} 10.0.0.2:6379@1 myself,slave ${C} 0 0 0 connected`],
    });
    expect(rows).toEqual([
      'one | 10.0.0.1:6379 | master | - |  | connected | 0-16383 |  |',
      `two | 10.0.0.2:6379 | slave | ${C} |  | connected |  |  |`,
    ]);
  });
});
