import type { Dashboard, Panel } from '@grafana/schema';
import { buildDashboard } from './dashboard';
import { lint } from './lint';
import { metric, promql } from './metrics';
import type { DashboardDefinition, PanelDefinition } from './model';

const PANEL: PanelDefinition = {
  look: 'lines',
  title: 'Memory',
  description: 'How much memory is used?',
  targets: [metric('redis_memory_used_bytes', '{{instance}}')],
  width: 12,
};
const DEFINITION: DashboardDefinition = {
  name: 'some',
  title: 'some',
  description: 'Some.',
  from: 'now-1h',
  rows: [
    { panels: [PANEL, { ...PANEL, title: 'Other' }] },
    { title: 'Details', collapsed: true, panels: [{ ...PANEL, title: 'Folded' }] },
  ],
};

/** A sound dashboard, changed. */
function changed(change: (dashboard: Dashboard, panel: Panel) => void, flavour: 'vitals' | 'prometheus' = 'vitals') {
  const dashboard = buildDashboard(DEFINITION, flavour);
  // Safe: the definition begins with a panel.
  change(dashboard, dashboard.panels?.[0] as Panel);
  return lint(dashboard);
}

function without(name: 'unit' | 'noValue', { fieldConfig }: Panel): NonNullable<Panel['fieldConfig']> {
  const kept = Object.entries(fieldConfig?.defaults ?? {}).filter(([key]) => key !== name);
  return { defaults: Object.fromEntries(kept), overrides: [] };
}

it.each(['vitals', 'prometheus'] as const)('finds nothing in a sound dashboard for %s', (flavour) => {
  expect(changed(() => undefined, flavour)).toEqual([]);
});

it.each<[string, (dashboard: Dashboard, panel: Panel) => void, string]>([
  ['no description', (_, panel) => (panel.description = ''), 'Memory: its description asks no question'],
  ['no unit', (_, panel) => (panel.fieldConfig = without('unit', panel)), 'Memory: it has no unit'],
  ['no text', (_, panel) => (panel.fieldConfig = without('noValue', panel)), 'Memory: it has no text for no data'],
  [
    'a fixed data source',
    (_, panel) => (panel.datasource = { uid: 'x' }),
    'Memory: its data source is not the variable',
  ],
  ['no queries', (_, panel) => (panel.targets = []), 'Memory: it asks for nothing'],
  [
    'an unknown field',
    (_, panel) => (panel.targets = [{ refId: 'A', queryType: 'metrics', section: 'Memory', fields: ['used_memroy'] }]),
    'Memory: no collector gives used_memroy of Memory',
  ],
  [
    'an unknown metric',
    (_, panel) => (panel.targets = [{ refId: 'A', expr: 'redis_memroy{}' }]),
    'Memory: no collector gives redis_memroy',
  ],
  [
    'a counter as it is',
    (_, panel) => (panel.targets = [{ refId: 'A', expr: 'redis_evicted_keys_total{}' }]),
    'Memory: redis_evicted_keys_total is a counter: it needs a rate',
  ],
  ['panels on one another', (_, panel) => (panel.gridPos = { x: 6, y: 0, w: 12, h: 8 }), 'Memory overlaps Other'],
  [
    'a panel too wide',
    (_, panel) => (panel.gridPos = { x: 20, y: 90, w: 12, h: 8 }),
    'Memory goes beyond the 24 columns',
  ],
  ['ids twice', (_, panel) => (panel.id = 2), 'two panels have the id 2'],
  ['no instance', (dashboard) => void dashboard.templating?.list?.pop(), 'it has no variable instance'],
  ['no links', (dashboard) => (dashboard.links = []), 'it has no links that keep time and variables'],
])('finds %s', (_, change, problem) => {
  expect(changed(change)).toEqual([problem]);
});

it('lets nothing be asked for that no collector gives', () => {
  const targets = [metric('redis_memroy_used_bytes', '')];
  const rows = [{ panels: [{ ...PANEL, targets }] }];
  expect(() => buildDashboard({ ...DEFINITION, rows }, 'vitals')).toThrow('No collector gives redis_memroy_used_bytes');
});

it('takes no label for a metric', () => {
  const expr = 'max by (instance, redis_version) (redis_instance_info{})';
  expect(changed((_, panel) => (panel.targets = [{ refId: 'A', expr }]), 'prometheus')).toEqual([]);
});

it('leaves out what the flavour cannot answer, and rows without panels', () => {
  const rows = [
    { title: 'Slow log', panels: [{ ...PANEL, look: 'logs', targets: [{ ask: 'logs', source: 'slowlog' }] }] },
    {
      panels: [{ ...PANEL, targets: [metric('hit_ratio', '')], prometheus: [promql('redis_up{$S}', '{{instance}}')] }],
    },
  ] as const;
  const titles = buildDashboard({ ...DEFINITION, rows }, 'prometheus').panels?.map(({ title }) => title);
  expect(titles).toEqual(['Memory']);
});
