import type { TableQuery } from '../../src/types';
import { choose, chooseRadio, editorOf } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, hasFrames, panelData, savedQueries, test, valuesOf } from '../lib/test';
import { MASTER, REPLICA } from '../stack/stack';

/** Titles in the editor, and a text every such table has on the screen here. */
const TABLES: readonly (readonly [title: string, table: string, cell: string])[] = [
  ['Targets', 'targets', REPLICA],
  ['Info', 'info', 'redis_version'],
  ['Slow log', 'slowlog', 'EVAL'],
  ['Clients', 'clients', 'shop-web'],
  ['Keyspace', 'keyspace', 'db0'],
  ['Commands', 'commands', 'lpush'],
  ['Replication', 'replication', REPLICA],
  ['Config', 'config', 'appendonly'],
];

for (const [title, table, cell] of TABLES) {
  test(`the table ${title}`, async ({ open }) => {
    const page = await open('edit', { theme: table === 'commands' ? 'dark' : 'light' });
    const editor = editorOf(page);
    await chooseRadio(editor, 'Table');
    // What a new query shows is one of them already.
    await choose(editor, 'Table', new RegExp(`^${title}`));
    const isTable = () => savedQueries<TableQuery>(page).then(([query]) => query?.table === table);
    await expect.poll(isTable).toBe(true);
    const { frames } = await panelData(
      page,
      (panel) => hasFrames(panel) && JSON.stringify(panel.frames).toLowerCase().includes(cell.toLowerCase())
    );
    expect(frames[0]?.length).toBeGreaterThan(0);
    await expect(page.getByTestId('table').getByRole('grid')).toBeVisible();
    await expect(page.getByTestId('table')).toContainText(
      new RegExp(table === 'config' || table === 'info' ? MASTER : cell, 'i')
    );
    await screenshot(page, `table-${table}`, { narrow: table === 'targets', publish: table === 'commands' });
  });
}

test('clients by name', async ({ open }) => {
  const page = await open('edit', {
    state: { queries: [{ refId: 'A', version: 1, queryType: 'table', table: 'clients' }] },
  });
  await choose(editorOf(page), 'Group by', /^Name/);
  const { frames } = await panelData(
    page,
    (panel) => hasFrames(panel) && valuesOf(panel.frames, 'name').includes('shop-web')
  );
  expect(frames[0]?.fields.map(({ name }) => name)).toContain('clients');
});

test('the cluster table says that there is none', async ({ open }) => {
  const page = await open('edit', {
    state: { queries: [{ refId: 'A', version: 1, queryType: 'table', table: 'cluster' }] },
  });
  const { errors } = await panelData(page);
  expect(errors).toEqual([]);
});
