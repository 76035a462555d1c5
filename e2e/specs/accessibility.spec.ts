import { AxeBuilder } from '@axe-core/playwright';
import type { QueryType } from '../../src/types';
import { chooseRadio, editorOf } from '../lib/controls';
import { expect, test } from '../lib/test';
import type { Page } from '@playwright/test';

/** Colours are the theme's. */
const NOT_OURS = ['color-contrast'];

async function problems(page: Page, ...parts: string[]): Promise<string[]> {
  const builder = parts.reduce((axe, part) => axe.include(part), new AxeBuilder({ page }));
  const { violations } = await builder.withTags(['wcag2a', 'wcag2aa']).disableRules(NOT_OURS).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

test('settings can be read by a screen reader', async ({ open }) => {
  const page = await open('config');
  await chooseRadio(page, 'User and password');
  expect(await problems(page, 'main')).toEqual([]);
});

const TYPES: Readonly<Record<QueryType, string>> = {
  metrics: 'Metrics',
  table: 'Table',
  logs: 'Logs',
  events: 'Events',
  topology: 'Topology',
};

for (const [type, label] of Object.entries(TYPES)) {
  test(`so can the editor of ${type}`, async ({ open }) => {
    const page = await open('edit');
    await chooseRadio(editorOf(page).getByRole('radiogroup', { name: 'Query type' }), label);
    await expect(editorOf(page).getByRole('group', { name: 'Query as text' })).toBeVisible();
    expect(await problems(page, '[data-testid=query-A]')).toEqual([]);
  });
}

for (const name of ['variable', 'help'] as const) {
  test(`so can ${name}`, async ({ open }) => {
    const page = await open(name);
    expect(await problems(page, 'main')).toEqual([]);
  });
}
