import { interpolateQuery } from './interpolate';
import { fakeTemplates } from './testing/fake-templates';
import type { MetricsQuery, TargetChoice } from './types';

const metrics: MetricsQuery = { refId: 'A', version: 1, queryType: 'metrics', fields: ['used_memory'] };

beforeEach(() =>
  fakeTemplates({
    one: 'cache-1',
    many: { value: ['cache-1', 'cache.2'], multi: true },
    all: { value: ['$__all'], multi: true },
    custom: { value: '$__all', allValue: 'cache-.*' },
    everything: { value: '$__all', allValue: '.*' },
    none: { value: [], multi: true },
    empty: '',
    pattern: 'cache-[12]',
    field: { value: ['used_memory', 'maxmemory'], multi: true },
  })
);

function targetsOf(targets: TargetChoice) {
  return interpolateQuery({ ...metrics, targets }, {})?.targets;
}

describe('targets', () => {
  it.each<[string, TargetChoice, TargetChoice | undefined]>([
    ['written', { names: ['cache-1'] }, { names: ['cache-1'] }],
    ['nothing', {}, {}],
    ['one', { names: ['$one'] }, { names: ['cache-1'] }],
    ['several', { names: ['$many'] }, { names: ['cache-1', 'cache.2'] }],
    ['each once', { names: ['$one', '${many}'] }, { names: ['cache-1', 'cache.2'] }],
    ['within a text', { names: ['a-$many-z'] }, { names: ['a-cache-1-z', 'a-cache.2-z'] }],
    ['All', { names: ['$all'] }, {}],
    ['All beside others', { names: ['$all', 'cache-1'] }, {}],
    ['All that leaves nothing out', { names: ['$everything'] }, {}],
    ['All with a pattern', { names: ['$custom'] }, { labels: [{ label: 'instance', op: '=~', value: 'cache-.*' }] }],
    [
      'All with a pattern beside a name',
      { names: ['$custom', 'a.b'] },
      { labels: [{ label: 'instance', op: '=~', value: 'a\\.b|cache-.*' }] },
    ],
    ['no value', { names: ['$none'] }, undefined],
    ['an empty value', { names: ['$empty'] }, undefined],
    ['no value beside a name', { names: ['$none', 'cache-1'] }, { names: ['cache-1'] }],
    ['an unknown variable', { names: ['$unknown'] }, { names: ['$unknown'] }],
    ['roles', { roles: ['$all'] }, {}],
    ['labels', { labels: [{ label: 'env', op: '=', value: '$all' }] }, {}],
  ])('%s', (_name, choice, expected) => {
    expect(targetsOf(choice)).toEqual(expected);
  });

  it('are those of a panel that is repeated', () => {
    const scoped = { all: { value: 'cache-7', text: 'cache-7' } };
    expect(interpolateQuery({ ...metrics, targets: { names: ['$all'] } }, scoped)?.targets).toEqual({
      names: ['cache-7'],
    });
  });
});

describe('matchers', () => {
  it.each([
    ['=', '$one', '=', 'cache-1'],
    ['=', '$many', '=~', 'cache-1|cache\\.2'],
    ['!=', '$many', '!~', 'cache-1|cache\\.2'],
    ['=~', '$many', '=~', 'cache-1|cache\\.2'],
    ['=~', '$pattern', '=~', 'cache-[12]'],
    ['=~', 'x.*$one', '=~', 'x.*cache-1'],
    ['=~', 'a|b.*', '=~', 'a|b.*'],
    ['=', '$custom', '=~', 'cache-.*'],
    ['!=', '$all', '!~', '.*'],
    ['=', '$empty', '=', ''],
  ] as const)('%s %s', (op, value, expectedOp, expectedValue) => {
    const query = interpolateQuery({ ...metrics, labels: [{ label: 'cmd', op, value }] }, {});
    expect(query?.labels).toEqual([{ label: 'cmd', op: expectedOp, value: expectedValue }]);
  });

  it('of All are left out', () => {
    expect(interpolateQuery({ ...metrics, labels: [{ label: 'cmd', op: '=', value: '$all' }] }, {})?.labels).toEqual(
      []
    );
  });
});

it('replaces variables in everything else of a query', () => {
  const query = {
    ...metrics,
    section: '$empty',
    fields: ['$field', 'mem_$one'],
    legend: '{{instance}} of $one',
    timeShift: '$one',
    aggregate: { op: 'sum' as const, by: ['$field'] },
  };
  expect(interpolateQuery(query, {})).toEqual({
    ...query,
    section: undefined,
    fields: ['used_memory', 'maxmemory', 'mem_cache-1'],
    legend: '{{instance}} of cache-1',
    timeShift: 'cache-1',
    aggregate: { op: 'sum', by: ['used_memory', 'maxmemory'] },
    targets: {},
  });
});

it('replaces variables in tables and events', () => {
  expect(
    interpolateQuery({ refId: 'A', version: 1, queryType: 'table', table: 'info', sections: ['$field'] }, {})
  ).toMatchObject({ sections: ['used_memory', 'maxmemory'] });
  expect(
    interpolateQuery(
      { refId: 'A', version: 1, queryType: 'events', kinds: ['restart'], targets: { names: ['$one'] } },
      {}
    )
  ).toMatchObject({ kinds: ['restart'], targets: { names: ['cache-1'] } });
});
