import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { startStack, type Stack } from '../stack/stack';

export { expect };

interface OpenOptions extends BrowserContextOptions {
  /** The browser reports a request that fails; here some are meant to. */
  readonly requestsMayFail?: boolean;
}

interface Fixtures {
  /** Opens an address in a browser of its own; whatever is told on its console, or asked of others, fails the test. */
  readonly visit: (url: string, options?: OpenOptions) => Promise<Page>;
}

interface WorkerFixtures {
  readonly stack: Stack;
}

/** The status page in a browser, with real servers behind it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  stack: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  visit: async ({ browser }, use) => {
    const problems: string[] = [];
    const pages: Page[] = [];
    await use(async (url, { requestsMayFail = false, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
      const page = await context.newPage();
      pages.push(page);
      page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        const isExpected = requestsMayFail && message.text().startsWith('Failed to load resource');
        if (['error', 'warning'].includes(message.type()) && !isExpected) problems.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== 'data:' && host !== new URL(url).host) problems.push(`request to ${request.url()}`);
      });
      await page.goto(url);
      return page;
    });
    for (const page of pages) await page.context().close();
    expect(problems, 'errors, and requests to others').toEqual([]);
  },
});

export function chart(page: Page, id: string): Locator {
  return page.locator(`[data-chart=${id}]`);
}

/** What stands beside the title. */
export function total(page: Page, id: string): Locator {
  return chart(page, id).locator('.total b');
}

/** How the charts are fed. */
export function feed(page: Page): Locator {
  return page.locator('.feed');
}

/** What is drawn, to be compared with later. */
export function picture(page: Page, id: string): Promise<string> {
  return chart(page, id)
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

/** What keeps people from reading it. */
export async function axeProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
