import { firstValueFrom } from 'rxjs';
import type { DataQueryRequest } from '@grafana/data';
import callsNow from '../testdata/core/calls-now.json';
import clientsByName from '../testdata/core/clients-by-name.json';
import { answerTo } from '../testdata/shop';
import catalog from '../testdata/shop/catalog.json';
import { newDataSource, NOW_MS, requestOf } from '../testing/datasource';
import { fakeBackend, type FakeBackend } from '../testing/fake-backend';
import { fakeTemplates } from '../testing/fake-templates';
import type { VariableQuery } from '../types';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('catalog', catalog);
  backend.answer('query', callsNow);
  backend.answer('table', clientsByName);
  fakeTemplates({
    role: 'slave',
    all: '$__all',
    nothing: '',
    section: 'Keyspace',
    env: { value: ['prod'], multi: true },
  });
});

async function values(query: Omit<VariableQuery, 'refId' | 'version'>): Promise<string[]> {
  const request = { ...requestOf([]), targets: [{ refId: 'V', version: 1, ...query }] };
  const { data } = await firstValueFrom(newDataSource().variables.query(request as DataQueryRequest<VariableQuery>));
  return (data as Array<{ readonly text: string; readonly value: string }>).map(({ value }) => value);
}

describe('a variable lists', () => {
  it.each<[string, Omit<VariableQuery, 'refId' | 'version'>, string[]]>([
    ['targets', { kind: 'targets' }, ['sessions', 'shop-master', 'shop-replica-1', 'shop-replica-2', 'shop-sentinel']],
    ['targets of a role', { kind: 'targets', targets: { roles: ['$role'] } }, ['shop-replica-1', 'shop-replica-2']],
    [
      'targets with labels',
      { kind: 'targets', targets: { roles: ['$all'], labels: [{ label: 'instance', op: '=~', value: '.*-[12]' }] } },
      ['shop-replica-1', 'shop-replica-2'],
    ],
    [
      'targets without a label',
      { kind: 'targets', targets: { labels: [{ label: 'env', op: '!=', value: '$env' }] } },
      ['shop-replica-2'],
    ],
    ['nothing where nothing is chosen', { kind: 'targets', targets: { names: ['$nothing'] } }, []],
    ['roles', { kind: 'roles' }, ['master', 'sentinel', 'slave']],
    ['names of labels', { kind: 'labels' }, ['instance', 'env', 'team']],
    ['values of a label', { kind: 'labels', label: 'env' }, ['prod', 'test']],
    ['values of a label, chained', { kind: 'labels', label: 'env', targets: { names: ['shop-replica-2'] } }, ['test']],
    ['fields of a section', { kind: 'fields', section: '$section' }, ['keys', 'expires', 'avg_ttl']],
    ['clients', { kind: 'clients' }, ['redis-vitals']],
    ['values of a field that does not exist', { kind: 'values', field: 'nothing' }, []],
  ])('%s', async (_name, query, expected) => {
    expect(await values(query)).toEqual(expected);
  });

  it('sections that the targets have', async () => {
    const all = await values({ kind: 'sections' });
    expect(all).toEqual(expect.arrayContaining(['Derived', 'Memory', 'Keyspace']));
    expect(await values({ kind: 'sections', targets: { names: ['sessions'] } })).not.toContain('Memory');
  });

  it('values that series have within the time that is shown', async () => {
    expect(
      await values({ kind: 'values', section: 'Commandstats', field: 'calls', targets: { roles: ['master'] } })
    ).toEqual(expect.arrayContaining(['info', 'config|get']));
    expect(backend.asked.find(({ path }) => path === 'query')?.data).toEqual({
      from: NOW_MS - 900_000,
      to: NOW_MS,
      step: 900_000,
      queries: [
        {
          refId: '0',
          section: 'Commandstats',
          fields: ['calls'],
          instant: true,
          aggregate: { op: 'max', by: ['cmd'] },
          targets: { roles: ['master'] },
        },
      ],
    });
  });
});

it('leaves out databases that are empty', async () => {
  backend.answer('query', { status: 'success', results: { 0: answerTo('keys') } });
  expect(await values({ kind: 'values', section: 'Keyspace', field: 'keys' })).toEqual(['db0', 'db2']);
});

it('fails with a sentence', async () => {
  backend.answer('catalog', '', 502);
  await expect(values({ kind: 'targets' })).rejects.toThrow(/cannot reach the collector/);
  backend.answer('catalog', catalog);
  const labels = [{ label: 'env', op: '=~' as const, value: '(' }];
  await expect(values({ kind: 'targets', targets: { labels } })).rejects.toThrow(/\( is no regular expression/);
});
