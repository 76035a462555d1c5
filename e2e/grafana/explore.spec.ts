import { expect, test } from './fixtures';

test('a query is built by choosing, and drawn', async ({ explorePage, vitals, page }) => {
  await explorePage.goto();
  await explorePage.datasource.set(vitals.name);
  const row = explorePage.getQueryEditorRow('A');
  await expect(row).toBeVisible();
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/query') && response.ok());
  await page.getByRole('button', { name: /run query/i }).click();
  const answer = (await (await asked).json()) as { status: string };
  expect(answer.status).toBe('success');
  await expect(explorePage.timeSeriesPanel.locator).toBeVisible();
  await expect(explorePage.timeSeriesPanel.getErrorIcon()).toBeHidden();
});
