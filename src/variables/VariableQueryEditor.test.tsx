import { configure, screen } from '@testing-library/react';
import { hostEditor } from '../testing/editor-host';
import { editorSource } from '../testing/editor-source';
import { giveElementsSize } from '../testing/layout';
import { fakeTemplates } from '../testing/fake-templates';
import type { VariableQuery } from '../types';
import { VariableQueryEditor } from './VariableQueryEditor';

configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
beforeAll(giveElementsSize);
beforeEach(() => fakeTemplates({ env: 'prod' }));

const edit = (query: Partial<VariableQuery>) =>
  // A new variable has no query yet.
  hostEditor(VariableQueryEditor, query as VariableQuery, { datasource: editorSource().datasource });

const box = (name: string) => screen.findByRole('combobox', { name });

it('lists targets at first, and says so', async () => {
  edit({ refId: 'v' });
  expect(await box('Lists')).toHaveValue('Targets');
  expect(screen.getByText('Lists the names of all targets.')).toBeInTheDocument();
});

it('chooses a field that tells something apart, and its label at once', async () => {
  const { user, saved } = edit({ refId: 'v', version: 1, kind: 'targets' });
  await user.click(await box('Lists'));
  await user.click(await screen.findByRole('option', { name: /^Label values/ }));
  expect(screen.getByText('Choose a field and one of its labels.')).toBeInTheDocument();
  await user.click(await box('Section'));
  await user.click(await screen.findByRole('option', { name: 'Keyspace' }));
  await user.click(await box('Field'));
  await user.click(await screen.findByRole('option', { name: /^DB keys keys ·/ }));
  expect(saved()).toEqual({ refId: 'v', version: 1, kind: 'values', section: 'Keyspace', field: 'keys', label: 'db' });
  expect(screen.getByText('Lists the values of the label db of Keyspace keys, of all targets.')).toBeInTheDocument();
});

it('makes a chain with another variable', async () => {
  const { user, saved, onRunQuery } = edit({ refId: 'v', version: 1, kind: 'targets' });
  await user.click(await screen.findByRole('button', { name: 'Add target filter' }));
  await user.click(await box('Label of target filter 1'));
  await user.click(await screen.findByRole('option', { name: 'env' }));
  await user.click(await box('Value of target filter 1'));
  await user.click(await screen.findByRole('option', { name: /^\$env/ }));
  expect(saved()?.targets).toEqual({ labels: [{ label: 'env', op: '=', value: '$env' }] });
  expect(onRunQuery).toHaveBeenCalledTimes(1);
  expect(screen.getByText('Lists the names of targets with env = $env.')).toBeInTheDocument();
});

it('drops what belongs to another kind', async () => {
  const { user, saved } = edit({ refId: 'v', version: 1, kind: 'fields', section: 'Memory' });
  expect(screen.getByText('Lists the fields of Memory that all targets have.')).toBeInTheDocument();
  await user.click(await box('Lists'));
  await user.click(await screen.findByRole('option', { name: /^Roles/ }));
  expect(saved()).toEqual({ refId: 'v', version: 1, kind: 'roles' });
});
