import { COLLECTOR_URL, expect, PLUGIN_ID, test } from './fixtures';

const STATUS = { path: '/api/v1/status' };

test('Save & test answers with the version of the collector', async ({ createDataSourceConfigPage, page }) => {
  const settings = await createDataSourceConfigPage({ type: PLUGIN_ID });
  await page.getByLabel('URL of the collector').fill(COLLECTOR_URL);
  const answer = await settings.saveAndTest(STATUS);
  expect(answer.ok(), await answer.text()).toBe(true);
  await expect(settings).toHaveAlert('success', { hasText: /Redis Vitals \d+\.\d+\.\d+: \d+ of \d+ targets? up/ });
});

test('Save & test says what to do where nobody listens', async ({ createDataSourceConfigPage, page }) => {
  const settings = await createDataSourceConfigPage({ type: PLUGIN_ID });
  await page.getByLabel('URL of the collector').fill('http://127.0.0.1:1');
  const answer = await settings.saveAndTest(STATUS);
  expect(answer.ok()).toBe(false);
  await expect(settings).toHaveAlert('error');
});

test('a secret is kept by the server and does not come back', async ({ createDataSourceConfigPage, page, request }) => {
  const settings = await createDataSourceConfigPage({ type: PLUGIN_ID });
  await page.getByLabel('URL of the collector').fill(COLLECTOR_URL);
  await page.getByRole('radio', { name: 'Bearer token' }).click();
  await page.getByLabel(/^Token/).fill('e2e-token');
  await settings.saveAndTest(STATUS);
  await page.reload();
  await expect(page.getByLabel(/^Token/)).toHaveValue('configured');
  const saved = await request.get(`/api/datasources/uid/${settings.datasource.uid}`);
  const text = await saved.text();
  expect(text).not.toContain('e2e-token');
  expect(JSON.parse(text)).toMatchObject({ secureJsonFields: { httpHeaderValue1: true } });
});
