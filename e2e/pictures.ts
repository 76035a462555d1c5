/**
 * Takes the pictures of documents that show the demo: `npm run demo` in one terminal, `npm run pictures` in another. Those of
 * dashboards need a Grafana that has them, in a browser that nobody has to log in with:
 * `npm run pictures -- --grafana http://127.0.0.1:3000`. The pictures of the plugin come from `E2E_SCREENSHOTS=publish npm run e2e`.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DASHBOARDS = [
  'fleet',
  'memory',
  'clients',
  'hits',
  'replication',
  'commands',
  'persistence',
  'cluster',
  'sentinel',
] as const;
const WIDTH = 1440;

interface Picture {
  readonly name: string;
  readonly url: string;
  readonly scheme: 'light' | 'dark';
  readonly height: number;
  /** Holds when there is nothing more to wait for. */
  readonly isDrawn: (page: Page) => Promise<boolean>;
}

function ofPage(collector: string, scheme: Picture['scheme']): Picture {
  return {
    name: scheme === 'light' ? 'status-page' : `status-page-${scheme}`,
    url: `${collector}/`,
    scheme,
    height: 1100,
    isDrawn: async (page) => (await page.locator('canvas').count()) > 0,
  };
}

function ofDashboard(grafana: string, name: string): Picture {
  return {
    name: `dashboard-${name}`,
    url: `${grafana}/d/redis-vitals-${name}?from=now-1h&to=now&kiosk&theme=light`,
    scheme: 'light',
    height: 1400,
    isDrawn: async (page) =>
      (await page.locator('[data-viz-panel-key]').count()) > 0 &&
      (await page.locator('[aria-label="Panel loading bar"]').count()) === 0,
  };
}

async function take(browser: Browser, { name, url, scheme, height, isDrawn }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height }, colorScheme: scheme });
  await page.goto(url);
  const deadline = Date.now() + 60_000;
  // What is drawn stays so for a while: panels begin to load one after another.
  for (let quiet = 0; quiet < 5; quiet = (await isDrawn(page)) ? quiet + 1 : 0) {
    if (Date.now() > deadline) throw new Error(`${url} is not drawn after a minute`);
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path: join(ROOT, 'docs/img', `${name}.png`) });
  await page.close();
  process.stdout.write(`docs/img/${name}.png\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { collector: { type: 'string', default: 'http://127.0.0.1:9121' }, grafana: { type: 'string' } },
  });
  const { collector, grafana } = values;
  const pictures = [
    ofPage(collector, 'light'),
    ofPage(collector, 'dark'),
    ...(grafana === undefined ? [] : DASHBOARDS.map((name) => ofDashboard(grafana, name))),
  ];
  const executablePath = execFileSync(join(ROOT, '.ci/find-tool'), ['chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    for (const picture of pictures) await take(browser, picture);
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
