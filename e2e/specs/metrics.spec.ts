import type { MetricsQuery } from '../../src/types';
import { choose, chooseRadio, chooseSeveral, editorOf, fillAndCommit } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, hasFrames, panelData, savedQueries, seriesOf, test } from '../lib/test';
import { MASTER, REPLICA } from '../stack/stack';

const base = { refId: 'A', version: 1, queryType: 'metrics' } as const;

test('fields of a section, chosen by clicking, are drawn with their unit', async ({ open }) => {
  const page = await open('edit');
  const editor = editorOf(page);
  await choose(editor, 'Section', /^Memory/);
  await chooseSeveral(editor, 'Fields', [/^Used memory/]);
  const { frames } = await panelData(page, hasFrames);
  const values = seriesOf(frames);
  expect(values.map(({ labels }) => labels?.instance).sort()).toEqual([MASTER, REPLICA]);
  expect(new Set(values.map(({ unit }) => unit))).toEqual(new Set(['bytes']));
  expect(values[0]?.values.filter((value) => typeof value === 'number' && value > 500_000).length).toBeGreaterThan(1);
  await expect(page.getByTestId('graph').locator('canvas')).toBeVisible();
  await expect(page.getByTestId('graph')).toContainText(MASTER);
  await expect(editor.getByRole('group', { name: 'Query as text' })).toContainText('used_memory');
  await screenshot(page, 'query-metrics', { narrow: true, publish: true });
});

test('a derived ratio beside the counters it comes from', async ({ open }) => {
  const page = await open('edit', { theme: 'dark' });
  const editor = editorOf(page);
  await choose(editor, 'Section', /^Stats/);
  await chooseSeveral(editor, 'Fields', [/^Hit ratio/i, /^Keyspace hits/i]);
  const names = (panel: Awaited<ReturnType<typeof panelData>>) => seriesOf(panel.frames).map(({ name }) => name);
  const { frames } = await panelData(
    page,
    (panel) => hasFrames(panel) && ['hit_ratio', 'keyspace_hits'].every((name) => names(panel).includes(name))
  );
  const units = seriesOf(frames).map(({ unit }) => unit);
  expect(units).toContain('percentunit');
  expect(units.some((unit) => unit === 'ops' || unit === 'cps' || unit?.includes('/s'))).toBe(true);
  await screenshot(page, 'query-derived-dark', { publish: true });
});

test('commands: filtered, aggregated, the top ones, with a legend', async ({ open }) => {
  const page = await open('edit', {
    state: { queries: [{ ...base, section: 'Derived', fields: ['commands_per_second'] }] },
  });
  const editor = editorOf(page);
  await editor.getByRole('button', { name: 'Add label filter' }).click();
  await choose(editor, 'Label of label filter 1', 'cmd');
  await choose(editor, 'Operator of label filter 1', /^!=/);
  await choose(editor, 'Value of label filter 1', /^info/);
  await choose(editor, 'Aggregate', 'sum');
  await chooseSeveral(editor, 'By', [/^cmd/]);
  await fillAndCommit(editor, 'Top', '3');
  await choose(editor, 'Legend', '{{cmd}}');
  const isDone = (panel: Parameters<typeof hasFrames>[0]) => {
    const series = seriesOf(panel.frames);
    return hasFrames(panel) && series.length === 3 && series.every(({ labels }) => labels?.instance === undefined);
  };
  const { frames } = await panelData(page, isDone);
  const [query] = await savedQueries<MetricsQuery>(page);
  expect(query).toMatchObject({
    labels: [{ label: 'cmd', op: '!=', value: 'info' }],
    aggregate: { op: 'sum', by: ['cmd'] },
    topK: 3,
    legend: '{{cmd}}',
  });
  const names = seriesOf(frames).map(({ displayName }) => displayName);
  expect(names).not.toContain('info');
  for (const name of names) await expect(page.getByTestId('graph')).toContainText(name);
  await screenshot(page, 'query-commands', { narrow: true });
});

test('one value now', async ({ open }) => {
  const page = await open('edit', {
    state: { queries: [{ ...base, section: 'Clients', fields: ['connected_clients'] }] },
  });
  await chooseRadio(editorOf(page), 'Instant');
  const { frames } = await panelData(
    page,
    (panel) => hasFrames(panel) && panel.frames.every(({ length }) => length === 1)
  );
  expect(seriesOf(frames).length).toBeGreaterThanOrEqual(2);
});

test('a variable with several values, and All', async ({ open }) => {
  const variable = { name: 'instance', multi: true, value: [MASTER], options: [MASTER, REPLICA] };
  const page = await open('edit', {
    state: { variables: [variable], queries: [{ ...base, section: 'Clients', fields: ['connected_clients'] }] },
  });
  const editor = editorOf(page);
  await chooseSeveral(editor, 'Targets', [/^\$instance/]);
  const instances = (panel: Awaited<ReturnType<typeof panelData>>) =>
    seriesOf(panel.frames)
      .map(({ labels }) => labels?.instance)
      .sort()
      .join();
  await panelData(page, (panel) => hasFrames(panel) && instances(panel) === MASTER);
  await chooseSeveral(page, 'instance', [new RegExp(`^${REPLICA}`)]);
  await panelData(page, (panel) => hasFrames(panel) && instances(panel) === `${MASTER},${REPLICA}`);
  expect((await savedQueries<MetricsQuery>(page))[0]?.targets?.names).toEqual(['$instance']);
  await screenshot(page, 'query-variable');
});

test('an ad-hoc filter of the dashboard', async ({ open }) => {
  const page = await open('edit', {
    state: { queries: [{ ...base, section: 'Clients', fields: ['connected_clients'] }] },
  });
  await panelData(page, (panel) => hasFrames(panel) && seriesOf(panel.frames).length === 2);
  await choose(page, 'Filter label', 'team');
  await choose(page, 'Filter value', 'data');
  const { frames } = await panelData(page, (panel) => hasFrames(panel) && seriesOf(panel.frames).length === 1);
  expect(seriesOf(frames)[0]?.labels).toMatchObject({ instance: REPLICA });
});

test('a time shift is drawn over the time that is shown', async ({ open }) => {
  const query: MetricsQuery = {
    ...base,
    section: 'Clients',
    fields: ['connected_clients'],
    targets: { names: [MASTER] },
  };
  const page = await open('edit', {
    state: { from: 'now-1m', queries: [query, { ...query, refId: 'B', timeShift: '2s' }] },
  });
  const { frames } = await panelData(page, (panel) => hasFrames(panel) && panel.frames.length === 2);
  const [now, shifted] = frames.map(({ fields }) => (fields[0]?.values ?? []) as number[]);
  expect(Math.abs(Math.max(...shifted!) - Math.max(...now!))).toBeLessThan(3000);
  expect(frames[0]?.fields[1]?.displayName).not.toBe(frames[1]?.fields[1]?.displayName);
});

test.describe('failures', () => {
  test.use({ requestsMayFail: true });

  test('a query that fails leaves the one beside it alone', async ({ open }) => {
    const good: MetricsQuery = { ...base, section: 'Clients', fields: ['connected_clients'] };
    const bad: MetricsQuery = { ...base, refId: 'B', fields: ['no_such_field'] };
    const page = await open('edit', { state: { queries: [good, bad] } });
    const { frames, errors } = await panelData(page, (panel) => panel.errors.length > 0 && panel.frames.length > 0);
    expect(errors.map(({ refId }) => refId)).toEqual(['B']);
    expect(errors[0]?.message).toContain('no_such_field');
    expect(new Set(frames.map(({ refId }) => refId))).toEqual(new Set(['A']));
    await expect(page.getByTestId('graph').locator('canvas')).toBeVisible();
    await expect(page.getByTestId('panel-1').getByRole('alert').first()).toContainText('no_such_field');
    await screenshot(page, 'query-error');
  });

  test('a collector that is not there says so in the editor and the panel', async ({ open, stack }) => {
    stack.host.dataSources.save('nobody', { name: 'nobody', url: 'http://127.0.0.1:1' });
    const page = await open('edit', {
      uid: 'nobody',
      state: { queries: [{ ...base, section: 'Clients', fields: ['connected_clients'] }] },
    });
    const { errors } = await panelData(page, ({ errors: found }) => found.length > 0);
    expect(errors[0]?.message).toContain('cannot reach the collector');
    await expect(editorOf(page)).toContainText('cannot reach the collector');
    await screenshot(page, 'query-unreachable', { narrow: true });
  });
});

test('the query as text is copied by one click', async ({ open }) => {
  const page = await open('edit', { state: { queries: [{ ...base, section: 'Memory', fields: ['used_memory'] }] } });
  const text = editorOf(page).getByRole('group', { name: 'Query as text' });
  await text.getByRole('button').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('used_memory');
  await expect(text).toContainText(copied);
});
