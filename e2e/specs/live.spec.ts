import type { MetricsQuery } from '../../src/types';
import { editorOf, turnOn } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, hasFrames, panelData, test } from '../lib/test';
import type { HostServer } from '../stack/host-server';

const query: MetricsQuery = {
  refId: 'A',
  version: 1,
  queryType: 'metrics',
  section: 'Derived',
  fields: ['ops_per_second'],
};
const live: MetricsQuery = { ...query, live: true };

/** How many streams are open of those that are opened from now on: one that is no longer watched lingers a while. */
function countStreams({ proxy: { requests } }: HostServer): () => number {
  const start = requests.length;
  return () => requests.slice(start).filter(({ path, isOpen }) => path === 'api/v1/stream' && isOpen).length;
}

type Panel = Awaited<ReturnType<typeof panelData>>;
const lastTime = ({ frames }: Panel) =>
  Math.max(...frames.flatMap(({ fields }) => (fields[0]?.values ?? []) as number[]));

test('the switch: history at once, then points without a click', async ({ open, stack }) => {
  const openStreams = countStreams(stack.host);
  const page = await open('edit', { state: { from: 'now-1m', queries: [query] } });
  await panelData(page, hasFrames);
  await turnOn(editorOf(page).getByRole('switch', { name: 'Live' }));
  const first = await panelData(page, (panel) => panel.state === 'Streaming' && panel.frames.length > 0);
  expect(first.frames[0]?.length).toBeGreaterThan(3);
  const later = await panelData(
    page,
    (panel) => panel.state === 'Streaming' && lastTime(panel) >= lastTime(first) + 2000
  );
  expect(later.frames[0]?.length).toBeGreaterThan(3);
  expect(openStreams()).toBe(1);
  await expect(page.getByTestId('graph').locator('canvas')).toBeVisible();
  await screenshot(page, 'live', { narrow: true });
});

test('panels share one stream, and it ends with the last of them', async ({ open, stack }) => {
  const openStreams = countStreams(stack.host);
  const page = await open('dashboard', {
    state: { from: 'now-1m', panels: [[live], [{ ...live, fields: ['hit_ratio'] }]] },
  });
  for (const id of [1, 2]) await panelData(page, ({ state, frames }) => state === 'Streaming' && frames.length > 0, id);
  await expect.poll(openStreams).toBe(1);
  await page.getByRole('button', { name: 'Remove panel 1' }).click();
  const before = await page.evaluate(() => e2e.panels[2]!.updates);
  await panelData(page, ({ updates }) => updates > before, 2);
  expect(openStreams()).toBe(1);
  await page.getByRole('button', { name: 'Remove panel 2' }).click();
  await expect.poll(openStreams).toBe(0);
});

test('a refresh does not blank the panel', async ({ open }) => {
  const page = await open('dashboard', { state: { from: 'now-1m', panels: [[live]] } });
  const graph = page.getByTestId('graph');
  await expect(graph.locator('canvas')).toBeVisible();
  await page.evaluate(() => {
    const seen = { blanks: 0 };
    Object.assign(window, { seen });
    const look = () => void (seen.blanks += document.querySelector('[data-testid=graph] canvas') === null ? 1 : 0);
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole('button', { name: 'Refresh' }).click();
  const before = await page.evaluate(() => e2e.panels[1]!.updates);
  await panelData(page, ({ updates, state }) => updates > before + 1 && state === 'Streaming');
  expect(await page.evaluate(() => (window as unknown as { seen: { blanks: number } }).seen.blanks)).toBe(0);
});

test.describe('a collector that dies', () => {
  test.use({ requestsMayFail: true });

  test('is told of in the panel, which keeps its lines, and goes on when it is back', async ({ open, stack }) => {
    const page = await open('dashboard', { state: { from: 'now-1m', panels: [[live]] } });
    const before = await panelData(page, ({ state, frames }) => state === 'Streaming' && frames.length > 0);
    await stack.collector.stop();
    const during = await panelData(page, (panel) =>
      JSON.stringify([panel.errors, panel.frames.map(({ notices }) => notices)]).includes('collector')
    );
    expect(during.frames[0]?.length).toBeGreaterThanOrEqual(before.frames[0]!.length - 2);
    const told = page.getByTestId('panel-1').getByText(/Live data has stopped.*cannot reach the collector/);
    await expect(told).toBeVisible();
    await screenshot(page, 'live-lost');
    await stack.collector.restart();
    await panelData(
      page,
      (panel) => panel.errors.length === 0 && panel.state === 'Streaming' && lastTime(panel) > lastTime(during) + 1000
    );
    await expect(told).toHaveCount(0);
  });
});

declare const e2e: { panels: Record<number, Panel> };
