import { screenshot } from '../lib/screenshot';
import { expect, hasFrames, panelData, test } from '../lib/test';

test('the help shows what can be asked, and a click asks it', async ({ open }) => {
  const page = await open('help');
  await screenshot(page, 'help', { narrow: true });
  await page.getByRole('button', { name: 'Hit ratio' }).click();
  await panelData(page, hasFrames);
  await expect(page.getByTestId('graph').locator('canvas')).toBeVisible();
});
