import { expect, test as base, type ConsoleMessage, type Page } from '@playwright/test';
import type { E2eWindow, FieldSummary, FrameSummary, PanelSummary } from '../host/e2e-window';
import type { PageName, View } from '../host/page-state';
import { isPublishing } from './screenshot';
import { startStack, VITALS, type Stack } from '../stack/stack';

export { expect };

declare const e2e: E2eWindow;
declare const host: { open(view: View): Promise<void> };

type OpenOptions = Partial<Omit<View, 'page'>>;

interface Fixtures {
  /** Opens a page of the host; resolves when it is drawn. */
  readonly open: (name: PageName, options?: OpenOptions) => Promise<Page>;
  /** The data proxy is to answer some requests of this test with an error, which the browser reports. */
  readonly requestsMayFail: boolean;
}

interface WorkerFixtures {
  readonly stack: Stack;
  /** The host with the plugin loaded; one for all tests, as that takes seconds, and anew after one that failed. */
  readonly hostPage: { get(): Promise<Page>; discard(): Promise<void> };
}

/** Every test has a stack, and fails on any error on the page's console and any exception nobody caught. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  requestsMayFail: [false, { option: true }],
  stack: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stack = await startStack({ historySeconds: isPublishing ? 60 : 0 });
      await use(stack);
      await stack.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  hostPage: [
    async ({ browser, stack }, use) => {
      const context = await browser.newContext({
        viewport: { width: 1200, height: 1000 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      let page: Page | undefined;
      const load = async () => {
        page = await context.newPage();
        const problems: string[] = [];
        page.on('pageerror', (error) => problems.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text());
        });
        await page.goto(stack.host.url);
        await page
          .waitForFunction(() => 'host' in window, undefined, { timeout: 15_000 })
          .catch((cause: unknown) => {
            throw new Error(`the plugin did not load: ${problems.join('; ')}`, { cause });
          });
        return page;
      };
      await use({
        get: async () => page ?? load(),
        discard: async () => {
          await page?.close();
          page = undefined;
        },
      });
      await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ hostPage, requestsMayFail }, use, info) => {
    const page = await hostPage.get();
    const problems: string[] = [];
    const onException = (error: Error) => void problems.push(`exception: ${error.stack ?? error.message}`);
    const onMessage = (message: ConsoleMessage) => {
      if (message.type() === 'error' && !isExpected(message, requestsMayFail)) problems.push(describe(message));
    };
    page.on('pageerror', onException).on('console', onMessage);
    await use(page);
    page.off('pageerror', onException).off('console', onMessage);
    const toasts = await page.evaluate(() => [...e2e.toasts]);
    if (info.status !== info.expectedStatus || problems.length > 0 || toasts.length > 0) {
      await page.screenshot({ path: info.outputPath('failed.png'), fullPage: true });
      await hostPage.discard();
    }
    expect(problems, 'errors on the console').toEqual([]);
    expect(toasts, 'toasts that Grafana would pop up').toEqual([]);
  },
  open: async ({ page }, use) => {
    await use(async (name, { state = {}, uid = VITALS, theme = 'light' } = {}) => {
      await page.evaluate((view) => host.open(view), { page: name, uid, theme, state } satisfies View);
      await page.locator('main').waitFor();
      return page;
    });
  },
});

/** A failed request is reported by the browser itself, with the address as its place. */
function isExpected(message: ConsoleMessage, requestsMayFail: boolean): boolean {
  const { url } = message.location();
  if (url.includes('/public/fonts/')) return true;
  return (
    requestsMayFail && url.includes('/api/datasources/proxy/') && message.text().startsWith('Failed to load resource')
  );
}

function describe(message: ConsoleMessage): string {
  return `${message.text()} (${message.location().url}:${message.location().lineNumber})`;
}

/** What a panel has; waits until `isDone` says that this is what was waited for. */
export async function panelData(
  page: Page,
  isDone: (panel: PanelSummary) => boolean = ({ state }) => state === 'Done' || state === 'Error',
  id = 1
): Promise<PanelSummary> {
  const end = Date.now() + 8_000;
  for (;;) {
    const panel = await page.evaluate((number) => e2e.panels[number], id);
    if (panel !== undefined && isDone(panel)) return panel;
    if (Date.now() > end) throw new Error(`panel ${id} has only ${JSON.stringify(panel)?.slice(0, 2000)}`);
    await page.waitForTimeout(50);
  }
}

export function hasFrames({ state, frames, errors }: PanelSummary): boolean {
  return (state === 'Done' || state === 'Streaming') && frames.length > 0 && errors.length === 0;
}

export async function savedQueries<Query>(page: Page): Promise<Query[]> {
  return (await page.evaluate(() => e2e.queries[1])) as Query[];
}

/** Every series: the number fields of all frames. */
export function seriesOf(frames: readonly FrameSummary[]): FieldSummary[] {
  return frames.flatMap(({ fields }) => fields.filter(({ type }) => type === 'number'));
}

/** Values of the first field of that name, of all frames. */
export function valuesOf(frames: readonly FrameSummary[], name: string): unknown[] {
  return frames.flatMap(({ fields }) => fields.find((field) => field.name === name)?.values ?? []);
}
