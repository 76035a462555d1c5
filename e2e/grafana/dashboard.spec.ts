import type { Response } from '@playwright/test';
import type { EventsAnswer } from '../../server/api/contract';
import { expect, METRICS_TITLE, TABLE_TITLE, test } from './fixtures';

function answers(path: string) {
  return (response: Response) => response.url().endsWith(`/api/v1/${path}`) && response.ok();
}

test('draws metrics', async ({ dashboardUid, gotoDashboardPage }) => {
  const dashboard = await gotoDashboardPage({ uid: dashboardUid });
  const panel = dashboard.getPanelByTitle(METRICS_TITLE);
  await panel.scrollIntoView();
  await expect(panel.locator.locator('canvas').first()).toBeVisible();
  await expect(panel.locator.getByText('No data')).toBeHidden();
  await expect(panel.getErrorIcon()).toBeHidden();
});

test('shows a table', async ({ dashboardUid, gotoDashboardPage }) => {
  const dashboard = await gotoDashboardPage({ uid: dashboardUid });
  const panel = dashboard.getPanelByTitle(TABLE_TITLE);
  await panel.scrollIntoView();
  await expect(panel.fieldNames.first()).toBeVisible();
  await expect(panel.data.first()).not.toBeEmpty();
  await expect(panel.getErrorIcon()).toBeHidden();
});

test('asks for events and marks them', async ({ dashboardUid, gotoDashboardPage, page }) => {
  const asked = page.waitForResponse(answers('events'));
  const dashboard = await gotoDashboardPage({ uid: dashboardUid });
  const { events } = (await (await asked).json()) as EventsAnswer;
  test.skip(events.length === 0, 'Nothing has happened to the servers in the last 15 minutes.');
  const panel = dashboard.getPanelByTitle(METRICS_TITLE);
  await expect(panel.locator.getByTestId('data-testid annotation-marker').first()).toBeVisible();
});
