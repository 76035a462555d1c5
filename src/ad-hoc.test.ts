import type { CatalogAnswer } from '../server/api/contract';
import { adHocFilters, applyFilters, applyFix } from './ad-hoc';
import { tagKeys, tagValues } from './ad-hoc-tags';
import { CollectorClient } from './client/collector-client';
import recorded from './testdata/shop/catalog.json';
import callsNow from './testdata/core/calls-now.json';
import { fakeBackend } from './testing/fake-backend';
import { fakeTemplates } from './testing/fake-templates';
import type { MetricsQuery, TableQuery } from './types';

const catalog = recorded as CatalogAnswer;
const metrics: MetricsQuery = { refId: 'A', version: 1, queryType: 'metrics', fields: ['calls'] };
const table: TableQuery = { refId: 'B', version: 1, queryType: 'table', table: 'clients', targets: { names: ['a'] } };

describe('filters of the dashboard', () => {
  it('choose targets by their labels, and series by theirs', () => {
    const filters = [
      { key: 'env', operator: '=', value: 'prod' },
      { key: 'cmd', operator: '=~', value: 'get|set' },
      { key: 'instance', operator: '=|', value: 'a.b', values: ['a.b', 'c'] },
      { key: 'team', operator: '!=|', value: 'x', values: ['x'] },
      { key: 'db', operator: '<', value: '3' },
    ];
    const targets = [
      { label: 'env', op: '=', value: 'prod' },
      { label: 'instance', op: '=~', value: 'a\\.b|c' },
      { label: 'team', op: '!~', value: 'x' },
    ];
    expect(applyFilters(metrics, filters, catalog)).toEqual({
      ...metrics,
      targets: { labels: targets },
      labels: [{ label: 'cmd', op: '=~', value: 'get|set' }],
    });
    expect(applyFilters(table, filters, catalog)).toEqual({ ...table, targets: { names: ['a'], labels: targets } });
  });

  it('know the instance without a catalogue', () => {
    const query = applyFilters(metrics, [{ key: 'instance', operator: '=', value: 'a' }], undefined);
    expect(query.targets).toEqual({ labels: [{ label: 'instance', op: '=', value: 'a' }] });
  });

  it('come with the request, or from the variables of an older dashboard', () => {
    const filter = { key: 'env', operator: '=', value: 'prod' };
    fakeTemplates();
    expect(adHocFilters(undefined, 'Vitals')).toEqual([]);
    expect(adHocFilters([filter], 'Vitals')).toEqual([filter]);
  });
});

it.each([
  ['ADD_FILTER', '='],
  ['ADD_FILTER_OUT', '!='],
])("Explore's %s becomes a matcher", (type, op) => {
  expect(applyFix(metrics, { type, options: { key: 'cmd', value: 'get' } }, catalog)).toMatchObject({
    labels: [{ label: 'cmd', op, value: 'get' }],
  });
});

it('offers labels of targets, then labels of series', () => {
  const keys = tagKeys(catalog);
  expect(keys.slice(0, 3).map(({ text, group }) => [text, group])).toEqual([
    ['instance', 'Targets'],
    ['env', 'Targets'],
    ['team', 'Targets'],
  ]);
  expect(keys).toContainEqual({ text: 'cmd', value: 'cmd', group: 'Series' });
  expect(new Set(keys.map(({ text }) => text)).size).toBe(keys.length);
});

describe('values of a filter', () => {
  const client = new CollectorClient('/proxy');
  const values = async (key: string, filters: Parameters<typeof tagValues>[0]['filters'] = []) =>
    (await tagValues({ key, filters }, catalog, client)).map(({ text }) => text);

  it('are what the other filters leave of the targets', async () => {
    expect(await values('env')).toEqual(['prod', 'test']);
    expect(await values('instance', [{ key: 'env', operator: '=', value: 'test' }])).toEqual(['shop-replica-2']);
    expect(await values('env', [{ key: 'env', operator: '=', value: 'test' }])).toEqual(['prod', 'test']);
  });

  it('of a series are asked for', async () => {
    const backend = fakeBackend();
    backend.answer('query', callsNow);
    expect(await values('cmd')).toContain('info');
    expect(backend.asked[0]?.data).toMatchObject({
      queries: expect.arrayContaining([expect.objectContaining({ fields: ['calls'], instant: true })]),
    });
  });

  it('of a label that nothing has are none', async () => {
    expect(await values('nothing')).toEqual([]);
  });
});
