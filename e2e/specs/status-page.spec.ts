import { hash } from 'bcryptjs';
import { screenshot } from '../lib/screenshot';
import { axeProblems, chart, expect, feed, picture, test, total } from '../lib/status-test';
import { Collector } from '../stack/collector';
import { startCrowd } from '../stack/crowd';
import { PathProxy } from '../stack/path-proxy';
import { MASTER, REPLICA } from '../stack/stack';

const OVERVIEW = ['operations', 'memory', 'clients', 'hits', 'lag', 'slow'];

test('charts are drawn, and move with the polls', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  await expect(feed(page)).toHaveText('Live');
  for (const id of OVERVIEW) {
    await expect(chart(page, id).locator('canvas'), id).toBeVisible();
    await expect(total(page, id), id).toHaveText(/\d/);
  }
  await expect(total(page, 'operations')).toHaveText(/\/s$/);
  await expect(total(page, 'memory')).toHaveText(/MiB$/);
  await expect(total(page, 'hits')).toHaveText(/%$/);
  await expect(chart(page, 'memory').locator('.legend li')).toHaveText([
    new RegExp(`^${MASTER} [\\d.]+ MiB$`),
    new RegExp(`^${REPLICA} [\\d.]+ MiB$`),
  ]);
  await expect(chart(page, 'lag').locator('.legend')).toContainText(`${MASTER} → 127.0.0.1:${stack.replica.port}`);
  const [value, drawn] = [await total(page, 'operations').textContent(), await picture(page, 'operations')];
  await expect(total(page, 'operations')).not.toHaveText(value ?? '');
  await expect.poll(() => picture(page, 'operations')).not.toBe(drawn);
});

test('what happened and what was slow stands below, and in the charts', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  const events = page.getByRole('group', { name: 'What happened' });
  await expect(events).toContainText('The server answers again');
  await expect(events.getByRole('link', { name: REPLICA }).first()).toHaveAttribute('href', `./targets/${REPLICA}`);
  const row = page.getByRole('table', { name: 'Slow log' }).locator('tbody tr').first();
  await expect(row).toContainText(/\d ms/);
  await expect(row).toContainText('eval');
  await expect(chart(page, 'memory').locator('canvas')).toBeVisible();
  // The restart was a moment ago, near the right end: somewhere there its mark is found.
  const over = chart(page, 'memory').locator('.u-over');
  const { width, height } = (await over.boundingBox()) ?? { width: 0, height: 0 };
  const tip = chart(page, 'memory').locator('.tip');
  for (let x = width - 2; x > 0 && (await tip.locator('p').count()) === 0; x -= 4) {
    await over.hover({ position: { x, y: height / 2 } });
  }
  await expect(tip).toContainText(/answers again|cannot be polled|restarted/);
  await expect(tip).toContainText(/\d\d:\d\d:\d\d/);
  await expect(tip.locator('li')).toHaveCount(2);
});

test('a page of its own for each target', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  await page.locator('#details').getByRole('link', { name: MASTER, exact: true }).click();
  await expect(feed(page)).toHaveText('Live');
  for (const id of [...OVERVIEW, 'latency', 'cpu', 'network']) {
    await expect(chart(page, id).locator('canvas'), id).toBeVisible();
  }
  await expect(chart(page, 'memory').locator('.legend li')).toHaveText([/^Used memory \d/, /^Used memory RSS \d/]);
  await expect(page.getByRole('table', { name: 'Slow log' }).locator('tbody tr').first()).toContainText('eval');
  await screenshot(page, 'target-page', { narrow: true });
  expect(await axeProblems(page)).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`it can be read in ${theme} colours, and by a screen reader`, async ({ visit, stack }) => {
    const page = await visit(stack.collector.url, {
      colorScheme: theme,
      reducedMotion: theme === 'dark' ? 'reduce' : 'no-preference',
    });
    await expect(feed(page)).toHaveText('Live');
    await expect(page.getByRole('table', { name: 'Slow log' })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await screenshot(page, `status-page-${theme}`, { narrow: true });
  });
}

test('it fits a phone', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url, { viewport: { width: 360, height: 740 } });
  for (const path of ['', `/targets/${MASTER}`]) {
    await page.goto(`${stack.collector.url}${path}`);
    await expect(feed(page)).toHaveText('Live');
    await expect(chart(page, 'memory').locator('canvas')).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await axeProblems(page)).toEqual([]);
  }
});

test('all of it by keyboard', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  await expect(feed(page)).toHaveText('Live');
  await page.getByRole('radio', { name: 'the last 15 minutes' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'the last hour' })).toBeChecked();
  await expect(feed(page)).toHaveText('Live');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(feed(page)).toHaveText('Paused');
  const still = await picture(page, 'memory');
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await expect(feed(page)).toHaveText('Live');
  await expect.poll(() => picture(page, 'memory')).not.toBe(still);

  const plot = chart(page, 'memory').getByRole('group', { name: /^Memory\. Arrow keys/ });
  await plot.focus();
  const spoken = chart(page, 'memory').getByRole('status');
  // The last bucket may have just begun.
  await expect(async () => {
    await plot.press('End');
    await expect(spoken).toHaveText(new RegExp(`^\\d\\d:\\d\\d:\\d\\d: ${MASTER} [\\d.]+ MiB, ${REPLICA} `), {
      timeout: 200,
    });
  }).toPass();
  const last = await spoken.textContent();
  await plot.press('ArrowLeft');
  await expect(spoken).not.toHaveText(last ?? '');
  await plot.press('+');
  await expect(feed(page)).toHaveText('A closer look, not live');
  await plot.press('Escape');
  await expect(feed(page)).toHaveText('Live');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'the last hour' })).toBeChecked();
});

test('dragging looks closer in all charts, a double click comes back', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  const over = chart(page, 'clients').locator('.u-over');
  await expect(over).toBeVisible();
  const before = await picture(page, 'memory');
  const box = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 5, box.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect(feed(page)).toHaveText('A closer look, not live');
  await expect.poll(() => picture(page, 'memory')).not.toBe(before);
  await over.dblclick();
  await expect(feed(page)).toHaveText('Live');
});

test('what is opened and where the focus is stays, while the table is kept current', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  const details = page.locator('#details details').first();
  await details.locator('summary').click();
  const polls = page.locator(`tr[data-key="${MASTER}"] td[data-label=Polls] span`);
  const before = await polls.textContent();
  await expect(polls).not.toHaveText(before ?? '', { timeout: 15_000 });
  await expect(details).toHaveAttribute('open', '');
  await expect(details.locator('summary')).toBeFocused();
});

test('a page in the background asks for nothing, and goes on when it is looked at', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url);
  await expect(feed(page)).toHaveText('Live');
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stream'));
  const turn = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await turn(true);
  await ended;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.waitForTimeout(6_000);
  expect(asked).toEqual([]);
  await turn(false);
  await expect.poll(() => asked.filter((url) => url.endsWith('/stream'))).toHaveLength(1);
  await expect(feed(page)).toHaveText('Live');
});

test('without scripts it is what it was', async ({ visit, stack }) => {
  const page = await visit(stack.collector.url, { javaScriptEnabled: false });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All 2 targets up');
  await expect(page.getByRole('link', { name: 'Refresh every 10 s' })).toBeVisible();
  await expect(page.locator('noscript p')).toHaveText('Charts, events and the slow log are drawn by a script.');
  await expect(page.locator('#live')).toBeHidden();
  expect(await page.locator('#details tbody tr').count()).toBe(2);
});

test('behind a proxy, under a path', async ({ visit, stack }) => {
  const proxy = await PathProxy.start('/tools/redis/', stack.collector.url);
  const page = await visit(proxy.url);
  await expect(feed(page)).toHaveText('Live');
  await page.locator('#details').getByRole('link', { name: MASTER, exact: true }).click();
  await expect(page).toHaveURL(`${proxy.url}targets/${MASTER}`);
  await expect(feed(page)).toHaveText('Live');
  await expect(total(page, 'memory')).toHaveText(/MiB$/);
  await page.close();
  proxy.close();
});

test('with a password, also one in the address', async ({ visit, stack }) => {
  const web = { basicAuthUsers: { anna: await hash('right', 4) } };
  const collector = await Collector.start([{ name: MASTER, url: `redis://127.0.0.1:${stack.master.port}` }], web);
  const byBrowser = await visit(collector.url, { httpCredentials: { username: 'anna', password: 'right' } });
  await expect(feed(byBrowser)).toHaveText('Live');
  await expect(total(byBrowser, 'memory')).toHaveText(/MiB$/);
  const byAddress = await visit(collector.url.replace('//', '//anna:right@'));
  await expect(feed(byAddress)).toHaveText('Live');
  for (const page of [byBrowser, byAddress]) await page.close();
  await collector.stop();
});

test('says that the collector is gone, and goes on when it is back', async ({ visit, stack }) => {
  const collector = await Collector.start([{ name: MASTER, url: `redis://127.0.0.1:${stack.master.port}` }]);
  const page = await visit(collector.url, { requestsMayFail: true });
  await expect(feed(page)).toHaveText('Live');
  await expect(total(page, 'memory')).toHaveText(/MiB$/);
  await collector.stop();
  await expect(feed(page)).toHaveText(
    /^The collector does not answer\. Trying again in \d+ s\. What you see is of \d\d:\d\d:\d\d\.$/
  );
  await expect(chart(page, 'memory').locator('canvas')).toBeVisible();
  await screenshot(page, 'status-page-gone');
  await collector.restart();
  await expect(feed(page)).toHaveText('Live', { timeout: 15_000 });
  await expect(page.locator('#outcome')).toBeEmpty();
  const drawn = await picture(page, 'memory');
  await expect.poll(() => picture(page, 'memory')).not.toBe(drawn);
  await page.close();
  await collector.stop();
});

test('a target that goes down is told of at the top, without a click', async ({ visit }) => {
  const { redis, targets } = await startCrowd(2);
  const collector = await Collector.start(targets);
  const page = await visit(collector.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All 2 targets up');
  await expect(feed(page)).toHaveText('Live');
  await redis.stop();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2 of 2 targets down', { timeout: 15_000 });
  await expect(page.locator('.troubles li').first()).toContainText('cache-1');
  await expect(page.getByRole('group', { name: 'What happened' })).toContainText('cannot be polled', {
    timeout: 15_000,
  });
  await screenshot(page, 'status-page-down', { narrow: true });
  expect(await axeProblems(page)).toEqual([]);
  await page.close();
  await collector.stop();
});

test('without a history it says how to get one', async ({ visit, stack }) => {
  const targets = [{ name: MASTER, url: `redis://127.0.0.1:${stack.master.port}` }];
  const collector = await Collector.start(targets, {}, { history: { enabled: false } });
  const page = await visit(collector.url);
  await expect(page.locator('#live')).toContainText('No charts, as the history is off');
  await expect(page.locator('.chart, .side')).toHaveCount(0);
  const polls = page.locator('td[data-label=Polls] span');
  const before = await polls.textContent();
  await expect(polls).not.toHaveText(before ?? '', { timeout: 15_000 });
  await screenshot(page, 'status-page-no-history', { narrow: true });
  expect(await axeProblems(page)).toEqual([]);
  await page.close();
  await collector.stop();
});

test('fifty targets: the highest are shown, and what all make together', async ({ visit }) => {
  const { redis, targets } = await startCrowd(50);
  const collector = await Collector.start(targets);
  const page = await visit(collector.url);
  await expect(feed(page)).toHaveText('Live');
  await expect(chart(page, 'memory').locator('.which')).toHaveText('The 10 highest of 50 targets');
  await expect(chart(page, 'memory').locator('.legend li')).toHaveCount(10);
  await expect(total(page, 'clients')).toHaveText(/^[\d.]+ k$/);
  await expect(page.locator('#details tbody tr')).toHaveCount(50);
  const drawn = await picture(page, 'operations');
  await expect.poll(() => picture(page, 'operations')).not.toBe(drawn);
  await screenshot(page, 'status-page-50', { narrow: true });
  expect(await axeProblems(page)).toEqual([]);
  await page.close();
  await collector.stop();
  await redis.stop();
});
