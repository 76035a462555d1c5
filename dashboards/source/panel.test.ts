import type { DataLink } from '@grafana/data';
import { metric, promql, total } from './metrics';
import type { PanelDefinition } from './model';
import { buildPanel } from './panel';

const PANEL: PanelDefinition = {
  look: 'value',
  title: 'Memory',
  description: 'How much?',
  targets: [metric('redis_memory_used_bytes', '{{instance}}')],
  width: 12,
};

function built(changes: Partial<PanelDefinition> = {}, flavour: 'vitals' | 'prometheus' = 'vitals') {
  return buildPanel({ ...PANEL, ...changes }, 1, { x: 0, y: 0, w: 12, h: 8 }, flavour);
}

function dashboardsOf(links: unknown): readonly string[] {
  // Safe: the links that the panel was given.
  return ((links ?? []) as DataLink[]).map(({ url }) => url.slice(0, url.indexOf('?')));
}

describe('links', () => {
  it.each<[string, Partial<PanelDefinition>, readonly string[]]>([
    ['of an instance lead to the overview', {}, ['/d/redis-vitals-fleet']],
    ['of an instance lead where the panel says', { leadsTo: 'hits' }, ['/d/redis-vitals-hits']],
    ['of all instances together lead nowhere', { targets: [total('redis_memory_used_bytes', 'all')] }, []],
    ['of tables are those of their columns', { look: 'table', targets: [{ ask: 'table', table: 'targets' }] }, []],
  ])('%s', (_, changes, expected) => {
    expect(dashboardsOf(built(changes).fieldConfig?.defaults.links)).toEqual(expected);
  });

  it.each([
    ['one', 'memory', ['/d/redis-vitals-prometheus-memory']],
    ['several', ['memory', 'hits'], ['/d/redis-vitals-prometheus-memory', '/d/redis-vitals-prometheus-hits']],
  ])('of a column lead to %s', (_, leadsTo, expected) => {
    const [rule] = built({ overrides: [{ of: 'Instance', leadsTo }] }, 'prometheus').fieldConfig?.overrides ?? [];
    expect(dashboardsOf(rule?.properties.find(({ id }) => id === 'links')?.value)).toEqual(expected);
  });
});

it.each([
  [undefined, false],
  [true, true],
] as const)('has a value for each row of a table only where that is said: %s', (ofRows, values) => {
  expect(built({ look: 'bar-gauge', ...(ofRows && { ofRows }) }).options).toMatchObject({ reduceOptions: { values } });
});

it.each([
  [{}, { range: true, instant: false }],
  [{ instant: true }, { range: false, instant: true }],
  [{ asTable: true }, { range: false, instant: true, format: 'table' }],
] as const)('asks Prometheus as is said: %j', (options, expected) => {
  const prometheus = [promql('redis_up{$S}', '{{instance}}', options)];
  const [query] = built({ prometheus }, 'prometheus').targets ?? [];
  expect(query).toMatchObject({ expr: 'redis_up{instance=~"$instance"}', ...expected });
});
