import { chooseSeveral } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, test } from '../lib/test';
import { REPLICA } from '../stack/stack';

test('events mark the graphs, in a colour by their severity', async ({ open }) => {
  const page = await open('annotation');
  const markers = page.getByRole('list', { name: 'Markers' }).getByRole('listitem');
  await expect(markers.filter({ hasText: REPLICA }).first()).toBeVisible();
  expect(
    new Set(await markers.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.color))).size
  ).toBeGreaterThan(1);
  await screenshot(page, 'annotation', { narrow: true });
});

test('only some kinds', async ({ open }) => {
  const page = await open('annotation', { theme: 'dark' });
  const markers = page.getByRole('list', { name: 'Markers' }).getByRole('listitem');
  await expect(markers.nth(1)).toBeVisible();
  const before = await markers.count();
  await chooseSeveral(page, 'Kinds', [/down/i]);
  await expect.poll(() => markers.count()).toBeLessThan(before);
  await expect(markers.first()).toContainText(REPLICA);
  await screenshot(page, 'annotation-dark');
});
