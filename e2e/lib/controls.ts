import { expect, type Locator, type Page } from '@playwright/test';

/** Editor of a query: all controls are looked for in it. */
export function editorOf(page: Page, refId = 'A'): Locator {
  return page.getByTestId(`query-${refId}`);
}

/** Opens the list of a combobox, searches, and clicks what a user would. */
export async function choose(scope: Locator | Page, label: string, option: string | RegExp): Promise<void> {
  const page = 'page' in scope ? scope.page() : scope;
  const box = scope.getByRole('combobox', { name: label, exact: true });
  await box.click();
  await box.fill(typeof option === 'string' ? option : option.source.replace(/[\\^$]/g, ''));
  await page.getByRole('option', { name: option }).first().click();
}

/** The same for several; the list stays open between them and is closed at the end. */
export async function chooseSeveral(
  scope: Locator | Page,
  label: string,
  options: readonly (string | RegExp)[]
): Promise<void> {
  for (const option of options) await choose(scope, label, option);
  await ('page' in scope ? scope.page() : scope).keyboard.press('Escape');
}

export async function chooseRadio(scope: Locator | Page, label: string): Promise<void> {
  await turnOn(scope.getByRole('radio', { name: label, exact: true }));
}

export async function fillAndCommit(scope: Locator | Page, label: string, text: string): Promise<void> {
  const input = scope.getByLabel(label, { exact: true });
  await input.fill(text);
  await input.press('Enter');
  await expect(input).toHaveValue(text);
}

/** By the keyboard: what is drawn in place of a radio, checkbox or switch lies over it. */
export async function turnOn(control: Locator): Promise<void> {
  await control.press(' ');
  await expect(control).toBeChecked();
}
