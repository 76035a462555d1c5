import type { VariableQuery } from '../../src/types';
import { choose, chooseSeveral } from '../lib/controls';
import { screenshot } from '../lib/screenshot';
import { expect, test } from '../lib/test';
import { MASTER, REPLICA } from '../stack/stack';

test('a new variable lists the targets', async ({ open }) => {
  const page = await open('variable');
  await expect(page.getByRole('list', { name: 'Preview of values' }).getByRole('listitem')).toHaveText([
    MASTER,
    REPLICA,
  ]);
  await screenshot(page, 'variable', { narrow: true });
});

test('values of a label of targets, of a role', async ({ open }) => {
  const page = await open('variable');
  const values = page.getByRole('list', { name: 'Preview of values' }).getByRole('listitem');
  await choose(page, 'Lists', /^Target labels/);
  await choose(page, 'Label', 'team');
  await expect(values).toHaveText(['data', 'shop']);
  await chooseSeveral(page, 'Roles', [/^Replicas/]);
  await expect(values).toHaveText(['data']);
});

test('databases that a field tells apart', async ({ open }) => {
  const page = await open('variable', { theme: 'dark' });
  const values = page.getByRole('list', { name: 'Preview of values' }).getByRole('listitem');
  await choose(page, 'Lists', /^Label values/);
  await choose(page, 'Section', /^Keyspace/);
  await choose(page, 'Field', /keys/i);
  await expect(values.filter({ hasText: /^db[03]$/ })).toHaveText(['db0', 'db3']);
  await screenshot(page, 'variable-values-dark');
});

test('chained: targets of the team that another variable has', async ({ open }) => {
  const variableQuery: VariableQuery = {
    ...{ refId: 'v', version: 1, kind: 'targets' },
    targets: { labels: [{ label: 'team', op: '=', value: '$team' }] },
  };
  const team = { name: 'team', multi: false, value: ['data'], options: ['data', 'shop'] };
  const page = await open('variable', { state: { variableQuery, variables: [team] } });
  await expect(page.getByRole('list', { name: 'Preview of values' }).getByRole('listitem')).toHaveText([REPLICA]);
});

test('clients by their names, of a chained target', async ({ open }) => {
  const variableQuery: VariableQuery = {
    ...{ refId: 'v', version: 1, kind: 'clients' },
    targets: { names: ['$instance'] },
  };
  const instance = { name: 'instance', multi: true, value: [MASTER], options: [MASTER, REPLICA] };
  const page = await open('variable', { state: { variableQuery, variables: [instance] } });
  const values = page.getByRole('list', { name: 'Preview of values' });
  await expect(values).toContainText('shop-web');
  await expect(values).toContainText('reports');
});
