import { chooseRadio, chooseSeveral, editorOf } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, hasFrames, panelData, test, valuesOf } from '../lib/test';
import { MASTER, REPLICA } from '../stack/stack';

test('the slow log as logs', async ({ open }) => {
  const page = await open('edit');
  await chooseRadio(editorOf(page), 'Logs');
  const { frames } = await panelData(page, (panel) => hasFrames(panel) && (panel.frames[0]?.length ?? 0) > 0);
  expect(frames[0]?.preferred).toBe('logs');
  expect(frames[0]?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['timestamp', 'body']));
  await expect(page.getByTestId('logs').getByRole('listitem').filter({ hasText: /eval/i }).first()).toBeVisible();
  await screenshot(page, 'logs-slowlog', { narrow: true });
});

test('events as logs', async ({ open }) => {
  const page = await open('edit', {
    state: { from: 'now-1h', queries: [{ refId: 'A', version: 1, queryType: 'logs', source: 'slowlog' }] },
  });
  await chooseRadio(editorOf(page).getByRole('radiogroup', { name: 'Lines of' }), 'Events');
  await expect(page.getByTestId('logs')).toContainText(REPLICA);
});

test('events, only of some kinds', async ({ open }) => {
  const page = await open('edit', { theme: 'dark', state: { from: 'now-1h' } });
  const editor = editorOf(page);
  await chooseRadio(editor.getByRole('radiogroup', { name: 'Query type' }), 'Events');
  await panelData(page, (panel) => hasFrames(panel) && (panel.frames[0]?.length ?? 0) > 1);
  await chooseSeveral(editor, 'Kinds', [/down/i]);
  await panelData(page, (panel) => hasFrames(panel) && new Set(valuesOf(panel.frames, 'event')).size === 1);
  await expect(page.getByTestId('table').getByRole('grid')).toContainText(REPLICA);
  await screenshot(page, 'events-dark', { narrow: true });
});

test('the topology as nodes and edges', async ({ open }) => {
  const page = await open('edit');
  await chooseRadio(editorOf(page), 'Topology');
  const { frames } = await panelData(page, hasFrames);
  expect(frames.map(({ preferred }) => preferred)).toEqual(['nodeGraph', 'nodeGraph']);
  const nodes = frames.find(({ fields }) => fields.some(({ name }) => name === 'title'));
  expect(nodes?.fields.find(({ name }) => name === 'title')?.values).toEqual(expect.arrayContaining([MASTER, REPLICA]));
  const ids = valuesOf(nodes ? [nodes] : [], 'id');
  expect(valuesOf(frames, 'source').every((id) => ids.includes(id))).toBe(true);
  expect(valuesOf(frames, 'target').every((id) => ids.includes(id))).toBe(true);
  await expect(page.getByTestId('edges').getByRole('listitem')).toHaveCount(1);
  await screenshot(page, 'topology');
});
