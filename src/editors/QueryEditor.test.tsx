import { configure, screen, waitFor, within } from '@testing-library/react';

import type { VitalsDataSource } from '../datasource';
import type { MetricsQuery, VitalsQuery } from '../types';
import { hostEditor } from '../testing/editor-host';
import { editorSource } from '../testing/editor-source';
import { giveElementsSize } from '../testing/layout';
import { fakeTemplates } from '../testing/fake-templates';
import { AnnotationQueryEditor } from './AnnotationQueryEditor';
import { QueryEditor } from './QueryEditor';

const MEMORY: MetricsQuery = {
  refId: 'A',
  version: 1,
  queryType: 'metrics',
  section: 'Memory',
  fields: ['used_memory'],
};

// Whether something is hidden is slow to find out, and closed lists have no options.
configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
beforeAll(giveElementsSize);
beforeEach(() => fakeTemplates({ instance: 'shop-master' }));

function edit(query: VitalsQuery, source: VitalsDataSource = editorSource().datasource) {
  return hostEditor(QueryEditor, query, { datasource: source });
}

const box = (name: string | RegExp) => screen.findByRole('combobox', { name });

describe('metrics', () => {
  it('chooses a section, a field of it and a function', async () => {
    const { user, saved, onRunQuery } = edit({ ...MEMORY, fields: [] });
    await user.click(await box('Section'));
    await user.click(await screen.findByRole('option', { name: /^Stats/ }));
    await user.type(await box('Fields'), 'keyspace_hits');
    await user.click(await screen.findByRole('option', { name: /keyspace_hits ·/ }));
    expect(saved()).toMatchObject({ section: 'Stats', fields: ['keyspace_hits'] });

    expect(await box('Function')).toHaveValue('default: rate');
    await user.click(await box('Function'));
    await user.click(await screen.findByRole('option', { name: /^increase/ }));
    expect(saved()).toMatchObject({ fields: ['keyspace_hits'], function: 'increase' });
    expect(onRunQuery).toHaveBeenCalledTimes(3);
  });

  it('finds a field of another section when the chosen one has none like it', async () => {
    const { user, saved } = edit({ ...MEMORY, section: 'Derived', fields: ['hit_ratio'] });
    await user.type(await box('Fields'), 'rdb_changes_since_last_save');
    await user.click(await screen.findByRole('option', { name: /rdb_changes_since_last_save ·/ }));
    const { section, fields } = saved() as MetricsQuery;
    expect([section, fields]).toEqual([undefined, ['hit_ratio', 'rdb_changes_since_last_save']]);
  });

  it('offers what is calculated first and marks it; it has no function', async () => {
    const { user, saved } = edit({ ...MEMORY, fields: [] });
    await screen.findByDisplayValue('Memory');
    await user.click(await box('Fields'));
    const options = await screen.findAllByRole('option');
    expect(options[0]).toHaveTextContent('Memory used of maxmemory');
    expect(screen.getByText('Calculated: ratios, rates and lags')).toBeInTheDocument();
    await user.click(options[0]!);
    expect(saved()).toMatchObject({ section: 'Derived', fields: ['memory_used_ratio'] });
    expect(await box('Section')).toHaveValue('Memory');
    expect(await box('Function')).toHaveValue('calculated');
    expect(await box('Function')).toBeDisabled();
  });

  it('says what the chosen fields mean', async () => {
    edit(MEMORY);
    expect(await screen.findByText(/^Used memory: Memory the server has allocated/)).toBeInTheDocument();
  });

  it('chooses a target, a variable and a role', async () => {
    const { user, saved } = edit(MEMORY);
    await user.click(await box('Targets'));
    await user.click(await screen.findByRole('option', { name: /^\$instance/ }));
    await user.click(await screen.findByRole('option', { name: /^shop-replica-1/ }));
    expect(saved()?.targets).toEqual({ names: ['$instance', 'shop-replica-1'] });
    await user.click(await box('Roles'));
    await user.click(await screen.findByRole('option', { name: 'Replicas' }));
    expect(saved()?.targets).toEqual({ names: ['$instance', 'shop-replica-1'], roles: ['slave'] });
  });

  it('filters by a label of the field, with the values there are', async () => {
    const { datasource, asked } = editorSource('keys');
    const { user, saved, onRunQuery } = edit({ ...MEMORY, section: 'Keyspace', fields: ['keys'] }, datasource);
    await user.click(await screen.findByRole('button', { name: 'Add label filter' }));
    await user.click(await box('Label of label filter 1'));
    await user.click(await screen.findByRole('option', { name: /^db/ }));
    expect(onRunQuery).not.toHaveBeenCalled();
    await user.click(await box('Value of label filter 1'));
    await user.click(await screen.findByRole('option', { name: 'db2' }));
    expect(saved()).toMatchObject({ labels: [{ label: 'db', op: '=', value: 'db2' }] });
    expect(onRunQuery).toHaveBeenCalledTimes(1);
    expect(asked()).toMatchObject([{ section: 'Keyspace', fields: ['keys'], instant: true }]);

    await user.click(screen.getByRole('button', { name: 'Remove label filter 1' }));
    expect(saved()).not.toHaveProperty('labels');
  });

  it('chooses several values, which become a pattern', async () => {
    const { user, saved } = edit(
      { ...MEMORY, section: 'Keyspace', fields: ['keys'], labels: [{ label: 'db', op: '=~', value: 'db0' }] },
      editorSource('keys').datasource
    );
    await user.click(await box('Values of label filter 1'));
    await user.click(await screen.findByRole('option', { name: 'db2' }));
    expect(saved()).toMatchObject({ labels: [{ label: 'db', op: '=~', value: 'db0|db2' }] });
  });

  it('aggregates by labels that the field and targets have', async () => {
    const { user, saved } = edit({ ...MEMORY, section: 'Commandstats', fields: ['calls'] });
    await user.click(await box('Aggregate'));
    await user.click(await screen.findByRole('option', { name: /^sum/ }));
    await user.click(await box('By'));
    await user.click(await screen.findByRole('option', { name: 'cmd' }));
    expect(saved()).toMatchObject({ aggregate: { op: 'sum', by: ['cmd'] } });
  });

  it('runs nothing while a number is typed, and once when it is done', async () => {
    const { user, saved, onRunQuery } = edit(MEMORY);
    const top = await screen.findByRole('spinbutton', { name: 'Top' });
    await user.type(top, '15');
    expect(onRunQuery).not.toHaveBeenCalled();
    await user.keyboard('{Enter}');
    await user.tab();
    expect(onRunQuery).toHaveBeenCalledTimes(1);
    expect(saved()).toMatchObject({ topK: 15 });
  });

  it('keeps a number that cannot be to itself and says why', async () => {
    const { user, onRunQuery } = edit(MEMORY);
    await user.type(await screen.findByRole('spinbutton', { name: 'Top' }), '0');
    await user.tab();
    expect(await screen.findByText('A whole number from 1 to 1000')).toBeInTheDocument();
    expect(onRunQuery).not.toHaveBeenCalled();
  });

  it('runs a legend of one own on Enter alone', async () => {
    const { user, saved, onRunQuery } = edit(MEMORY);
    await user.type(await box('Legend'), 'used by {{{{instance}}');
    expect(onRunQuery).not.toHaveBeenCalled();
    await user.keyboard('{Enter}');
    expect(saved()).toMatchObject({ legend: 'used by {{instance}}' });
  });

  it('switches between range and instant, and to live', async () => {
    const { user, saved } = edit(MEMORY);
    await user.click(await screen.findByRole('radio', { name: 'Instant' }));
    await user.click(screen.getByRole('switch', { name: 'Live' }));
    expect(saved()).toMatchObject({ instant: true, live: true });
    await user.click(screen.getByRole('switch', { name: 'Live' }));
    await user.click(screen.getByRole('radio', { name: 'Range' }));
    expect(saved()).toEqual(MEMORY);
  });

  it('shows a section and field that the collector does not know', async () => {
    edit({ ...MEMORY, section: 'Tracing', fields: ['spans_lost'] });
    expect(await box('Section')).toHaveValue('Tracing');
    expect(screen.getByText('spans_lost')).toBeInTheDocument();
    await screen.findByText('Tracing spans_lost');
  });
});

describe('other types', () => {
  it('keeps targets when the type changes, and finds a type as it was left', async () => {
    const { user, saved } = edit({ ...MEMORY, targets: { names: ['shop-master'] } });
    await user.click(await screen.findByRole('radio', { name: 'Table' }));
    expect(saved()).toMatchObject({ queryType: 'table', targets: { names: ['shop-master'] } });
    await user.click(screen.getByRole('radio', { name: 'Metrics' }));
    expect(saved()).toEqual({ ...MEMORY, targets: { names: ['shop-master'] } });
  });

  it('asks how clients are grouped', async () => {
    const { user, saved } = edit({ refId: 'A', version: 1, queryType: 'table', table: 'targets' });
    await user.click(await box('Table'));
    await user.click(await screen.findByRole('option', { name: /^Clients/ }));
    await user.click(await box('Group by'));
    await user.click(await screen.findByRole('option', { name: /^Library/ }));
    expect(saved()).toMatchObject({ table: 'clients', groupBy: 'library' });
  });

  it('asks for sections of INFO that targets have', async () => {
    const { user, saved } = edit({ refId: 'A', version: 1, queryType: 'table', table: 'info' });
    await user.click(await box('Sections'));
    await user.click(await screen.findByRole('option', { name: 'Memory' }));
    expect(screen.queryByRole('option', { name: 'Derived' })).not.toBeInTheDocument();
    expect(saved()).toMatchObject({ table: 'info', sections: ['Memory'] });
  });

  it('chooses between slow log and events as logs', async () => {
    const { user, saved } = edit({ refId: 'A', version: 1, queryType: 'logs', source: 'slowlog' });
    const lines = await screen.findByRole('radiogroup', { name: 'Lines of' });
    await user.click(within(lines).getByRole('radio', { name: 'Events' }));
    expect(saved()).toMatchObject({ queryType: 'logs', source: 'events' });
  });

  it('chooses kinds and severities of events', async () => {
    const { user, saved } = edit({ refId: 'A', version: 1, queryType: 'events' });
    await user.type(await box('Kinds'), 'fail');
    await user.click(await screen.findByRole('option', { name: /^Failover/ }));
    await user.click(await box('Severities'));
    await user.click(await screen.findByRole('option', { name: /^Critical/ }));
    expect(saved()).toMatchObject({ kinds: ['failover'], severities: ['critical'] });
  });

  it('wants nothing but targets for the topology', async () => {
    edit({ refId: 'A', version: 1, queryType: 'topology' });
    expect(await box('Targets')).toBeInTheDocument();
    expect(screen.queryByRole('combobox', { name: 'Fields' })).not.toBeInTheDocument();
  });
});

it('shows the query as text, to copy', async () => {
  edit(MEMORY);
  const form = await screen.findByRole('group', { name: 'Query as text' });
  expect(form).toHaveTextContent('Memory used_memory');
  expect(within(form).getByRole('button', { name: 'Copy the query as text' })).toBeInTheDocument();
});

it('says why there is no catalogue, works without, and tries again', async () => {
  const { datasource, comeBack } = editorSource('keys', true);
  const { user, saved } = edit({ ...MEMORY, fields: [] }, datasource);
  expect(await screen.findByText(/could not be loaded: .*cannot reach the collector/)).toBeInTheDocument();
  await user.type(await box('Fields'), 'used_memory');
  await user.click(await screen.findByRole('option', { name: /^used_memory/ }));
  expect(saved()).toMatchObject({ section: 'Memory', fields: ['used_memory'] });

  comeBack();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByText(/could not be loaded/)).not.toBeInTheDocument());
  expect(await screen.findByText(/^Used memory: /)).toBeInTheDocument();
});

it('can be used with the keyboard alone', async () => {
  const { user, saved } = edit({ ...MEMORY, fields: [] });
  await screen.findByDisplayValue('Memory');
  await user.tab();
  expect(screen.getByRole('radio', { name: 'Metrics' })).toHaveFocus();
  await user.tab();
  await user.tab();
  expect(screen.getByRole('switch', { name: 'Live' })).toHaveFocus();
  await user.tab();
  expect(await box('Section')).toHaveFocus();
  await user.keyboard('Persistence{ArrowDown}{Enter}');
  await user.tab();
  expect(await box('Fields')).toHaveFocus();
  await user.keyboard('rdb_changes');
  await screen.findByRole('option', { name: /rdb_changes_since_last_save/ });
  await user.keyboard('{ArrowDown}{Enter}');
  expect(saved()).toMatchObject({ section: 'Persistence', fields: ['rdb_changes_since_last_save'] });
});

it('offers only events for annotations', async () => {
  const { user, saved } = hostEditor(
    AnnotationQueryEditor,
    { refId: 'Anno', version: 1, queryType: 'metrics', fields: [] } as VitalsQuery,
    { datasource: editorSource().datasource }
  );
  expect(screen.queryByRole('radio', { name: 'Metrics' })).not.toBeInTheDocument();
  await user.click(await box('Kinds'));
  await user.click(await screen.findByRole('option', { name: /^Restart/ }));
  expect(saved()).toMatchObject({ queryType: 'events', kinds: ['restart'] });
});
