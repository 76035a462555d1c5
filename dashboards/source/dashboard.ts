import {
  DashboardCursorSync,
  VariableRefresh,
  VariableSort,
  type Dashboard,
  type Panel,
  type RowPanel,
  type VariableModel,
} from '@grafana/schema';
import { placed } from './layout';
import { linkBar, tagOf, uidOf } from './links';
import type { DashboardDefinition, Flavour, LabelVariable, RowDefinition } from './model';
import { buildPanel, isIn } from './panel';
import { PROMETHEUS_DATASOURCE, prometheusAnnotations, prometheusVariable } from './promql';
import { VITALS_DATASOURCE, vitalsAnnotations, vitalsVariable } from './vitals';

const GRAFANAS_OWN = {
  builtIn: 1,
  name: 'Annotations & Alerts',
  type: 'dashboard',
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
};

/** A dashboard as Grafana's JSON. */
export function buildDashboard(definition: DashboardDefinition, flavour: Flavour): Dashboard {
  const { name, title, description, from, variables = [], rows } = definition;
  const annotations = flavour === 'vitals' ? vitalsAnnotations() : prometheusAnnotations();
  const suffix = flavour === 'vitals' ? '' : ' (Prometheus)';
  return {
    id: null, // Grafana's to give
    uid: uidOf(name, flavour),
    title: `Redis ${title}${suffix}`,
    description,
    tags: ['redis', tagOf(flavour)],
    schemaVersion: 42,
    version: 1,
    editable: true,
    graphTooltip: DashboardCursorSync.Crosshair,
    liveNow: false,
    refresh: '10s',
    timezone: 'browser',
    time: { from, to: 'now' },
    timepicker: { refresh_intervals: ['5s', '10s', '30s', '1m', '5m', '15m', '1h'] },
    fiscalYearStartMonth: 0,
    weekStart: '',
    links: [...linkBar(flavour)],
    // Safe: the parts of Grafana's own type that annotations of other data sources do not have.
    annotations: { list: [GRAFANAS_OWN, ...annotations] } as unknown as NonNullable<Dashboard['annotations']>,
    templating: { list: variableModels(variables, flavour) },
    panels: panelsOf(rows, flavour),
  };
}

function variableModels(variables: readonly LabelVariable[], flavour: Flavour): VariableModel[] {
  const isVitals = flavour === 'vitals';
  const datasource = isVitals ? VITALS_DATASOURCE : PROMETHEUS_DATASOURCE;
  const all = { text: ['All'], value: ['$__all'] };
  const queried = (name: string, label: string, query: Record<string, unknown>): VariableModel => ({
    name,
    label,
    type: 'query',
    datasource,
    query,
    refresh: VariableRefresh.onTimeRangeChanged,
    multi: true,
    includeAll: true,
    // All series, also those that come later; without it a long list of names would stand in every query.
    ...(!isVitals && { allValue: '.*' }),
    current: all,
    options: [],
    sort: VariableSort.naturalAsc,
    skipUrlSync: false,
  });
  const variableQuery = isVitals ? vitalsVariable : prometheusVariable;
  return [
    {
      name: 'datasource',
      label: 'Data source',
      type: 'datasource',
      query: datasource.type,
      options: [],
      refresh: VariableRefresh.onDashboardLoad,
      regex: '',
      multi: false,
      includeAll: false,
      skipUrlSync: false,
    },
    queried('instance', 'Instance', variableQuery('instance')),
    ...variables.map((variable) => queried(variable.name, variable.title, variableQuery(variable))),
  ];
}

/** Rows without a panel that the flavour can answer are left out. */
function panelsOf(rows: readonly RowDefinition[], flavour: Flavour): (Panel | RowPanel)[] {
  const all: (Panel | RowPanel)[] = [];
  let y = 0;
  let id = 1;
  for (const { title, collapsed = false, panels } of rows) {
    const shown = panels.filter((panel) => isIn(flavour, panel));
    if (shown.length === 0) continue;
    const top = title === undefined ? y : y + 1;
    const row = title === undefined ? undefined : rowPanel(title, collapsed, id++, y);
    const { positions, bottom } = placed(shown, top);
    const built = shown.map((panel, index) => {
      const at = positions[index];
      if (at === undefined) throw new Error('Every panel has a place.');
      return buildPanel(panel, id++, at, flavour);
    });
    if (row !== undefined) all.push(row);
    if (row !== undefined && collapsed) row.panels = built;
    else all.push(...built);
    // What is folded away takes no room.
    y = collapsed && row !== undefined ? top : bottom;
  }
  return all;
}

function rowPanel(title: string, collapsed: boolean, id: number, y: number): RowPanel {
  return { id, type: 'row', title, collapsed, gridPos: { x: 0, y, w: 24, h: 1 }, panels: [] };
}
