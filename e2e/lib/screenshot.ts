import { expect, type Page } from '@playwright/test';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../stack/tool';

const SHOTS = join(ROOT, 'e2e/.out/screenshots');
const NARROW = { width: 480, height: 800 };
/** Where the documents and plugin.json have them. */
const PUBLISHED: readonly string[] = ['docs/img', 'src/img/screenshots'];

/** Pictures are to be published: graphs then get time to fill. */
export const isPublishing = process.env.E2E_SCREENSHOTS === 'publish';

interface ShotOptions {
  /** 480 pixels wide, too, where all of it must fit. */
  readonly narrow?: boolean;
  /** With E2E_SCREENSHOTS=publish it is also put where the documents and plugin.json have it. */
  readonly publish?: boolean;
}

/** A picture of the page as it is, in e2e/.out/screenshots. */
export async function screenshot(
  page: Page,
  name: string,
  { narrow = false, publish = false }: ShotOptions = {}
): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  const file = join(SHOTS, `${name}.png`);
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  await page.locator('main').screenshot({ path: file, animations: 'disabled' });
  if (publish && isPublishing) {
    for (const folder of PUBLISHED) {
      mkdirSync(join(ROOT, folder), { recursive: true });
      copyFileSync(file, join(ROOT, folder, `${name}.png`));
    }
  }
  const size = page.viewportSize();
  if (!narrow || size === null) return;
  await page.setViewportSize(NARROW);
  await page.screenshot({ path: join(SHOTS, `${name}-narrow.png`), fullPage: true, animations: 'disabled' });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, `width of ${name} in a narrow pane`).toBeLessThanOrEqual(NARROW.width);
  await page.setViewportSize(size);
}
