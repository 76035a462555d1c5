import type { Page } from '@playwright/test';
import { hash } from 'bcryptjs';
import { Collector } from '../stack/collector';
import { freePort } from '../../server/testing/free-port';
import { chooseRadio, turnOn } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, test } from '../lib/test';

const URL_LABEL = /URL of the collector/;

async function saveAndTest(page: Page, url?: string): Promise<void> {
  if (url !== undefined) await page.getByLabel(URL_LABEL).fill(url);
  await page.getByRole('button', { name: 'Save & test' }).click();
}

function answer(page: Page) {
  return page.getByTestId('test-answer');
}

test('a new data source is configured, saved and tested', async ({ open, stack }) => {
  const page = await open('config', { uid: 'new' });
  await screenshot(page, 'config-empty', { narrow: true });
  await saveAndTest(page, stack.collector.url);
  await expect(answer(page)).toHaveAttribute('data-status', 'success');
  await expect(answer(page)).toContainText(/Redis Vitals \d+\.\d+\.\d+: 2 of 2 targets up/);
  expect(stack.host.dataSources.get('new')).toMatchObject({ url: stack.collector.url });
  await screenshot(page, 'config', { narrow: true, publish: true });
});

test('all sections of the settings, in the dark', async ({ open }) => {
  const page = await open('config', { theme: 'dark' });
  await chooseRadio(page, 'User and password');
  for (const section of ['TLS', 'More settings']) await page.getByRole('button', { name: new RegExp(section) }).click();
  await turnOn(page.getByRole('checkbox', { name: /own CA/ }));
  await expect(page.getByLabel(/^CA certificate/)).toBeVisible();
  await screenshot(page, 'config-dark');
});

test.describe('what is wrong is told, with what to do', () => {
  test.use({ requestsMayFail: true });

  test('a wrong port', async ({ open }) => {
    const page = await open('config', { uid: 'wrong-port' });
    await saveAndTest(page, `http://127.0.0.1:${await freePort()}`);
    await expect(answer(page)).toHaveAttribute('data-status', 'error');
    await expect(answer(page)).toContainText(/cannot reach the collector.*port/s);
    await screenshot(page, 'config-wrong-port');
  });

  test('a web page instead of the collector', async ({ open, stack }) => {
    const page = await open('config', { uid: 'web-page' });
    await saveAndTest(page, stack.otherSite.url);
    await expect(answer(page)).toHaveAttribute('data-status', 'error');
    await expect(answer(page)).toContainText(/web page.*instead of JSON/s);
  });

  test('a password that is refused, then the right one, then a token; none comes back to the page', async ({
    open,
    stack,
  }) => {
    const target = { name: 'shop', url: `redis://127.0.0.1:${stack.master.port}` };
    const collector = await Collector.start([target], {
      basicAuthUsers: { grafana: await hash('right-password', 4) },
      bearerTokens: [{ token: 'right-token' }],
    });
    try {
      const page = await open('config', { uid: 'secured' });
      await saveAndTest(page, collector.url);
      await expect(answer(page)).toContainText(/refused|credentials/);
      await chooseRadio(page, 'User and password');
      await page.getByLabel(/^User/, { exact: false }).and(page.getByRole('textbox')).fill('grafana');
      await page.getByLabel(/^Password/).fill('wrong-password');
      await saveAndTest(page);
      await expect(answer(page)).toHaveAttribute('data-status', 'error');
      await expect(answer(page)).toContainText(/refused the credentials.*(user|password)/s);
      await screenshot(page, 'config-refused');

      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByLabel(/^Password/).fill('right-password');
      await saveAndTest(page);
      await expect(answer(page)).toHaveAttribute('data-status', 'success');
      await expect(page.getByLabel(/^Password/)).toHaveValue('configured');

      await chooseRadio(page, 'Bearer token');
      await page.getByLabel(/^Token/).fill('right-token');
      await saveAndTest(page);
      await expect(answer(page)).toHaveAttribute('data-status', 'success');
      expect(stack.host.dataSources.get('secured')).toMatchObject({ basicAuth: false });
      expect(stack.host.dataSources.secrets('secured')).toMatchObject({ httpHeaderValue1: 'Bearer right-token' });

      const shown = await (await open('config', { uid: 'secured' })).content();
      expect(shown).not.toMatch(/right-(password|token)/);
      const sent = stack.host.proxy.requests.filter(({ uid }) => uid === 'secured');
      expect(JSON.stringify(sent)).not.toMatch(/right-(password|token)|authorization/i);
    } finally {
      await collector.stop();
    }
  });
});
