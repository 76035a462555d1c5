import { FieldColorModeId, MappingType, ThresholdsMode, type FieldConfig, type Panel } from '@grafana/schema';
import type { Look, PanelDefinition, ThresholdStep, ValueName } from './model';

/** Grafana's panel, how it draws, and how its values are drawn. */
interface PanelLook {
  readonly type: string;
  readonly options: (panel: PanelDefinition) => Readonly<Record<string, unknown>>;
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly color?: NonNullable<FieldConfig['color']>;
}

const TOOLTIP = { mode: 'multi', sort: 'desc', maxHeight: 400 };
const LEGEND = {
  showLegend: true,
  displayMode: 'table',
  placement: 'bottom',
  calcs: ['min', 'mean', 'max', 'lastNotNull'],
};
const LINE = {
  drawStyle: 'line',
  lineInterpolation: 'linear',
  lineWidth: 1,
  fillOpacity: 0,
  gradientMode: 'none',
  // A gap in the data is a gap in the line.
  spanNulls: false,
  showPoints: 'auto',
  pointSize: 4,
  stacking: { mode: 'none', group: 'A' },
  axisPlacement: 'auto',
  axisBorderShow: false,
  axisSoftMin: 0,
  scaleDistribution: { type: 'linear' },
  thresholdsStyle: { mode: 'off' },
};
const CLASSIC = { mode: FieldColorModeId.PaletteClassic };
const BY_THRESHOLD = { mode: FieldColorModeId.Thresholds };
/** All fields of numbers; of a table, each row of its one column of numbers. */
const last = ({ ofRows }: PanelDefinition) => ({ calcs: ['lastNotNull'], fields: '', values: ofRows === true });

function graph(custom: Readonly<Record<string, unknown>>): PanelLook {
  return {
    type: 'timeseries',
    options: () => ({ tooltip: TOOLTIP, legend: LEGEND }),
    custom: { ...LINE, ...custom },
    color: CLASSIC,
  };
}

const LOOKS: Readonly<Record<Look, PanelLook>> = {
  lines: graph({}),
  area: graph({ fillOpacity: 15 }),
  stacked: graph({ fillOpacity: 40, stacking: { mode: 'normal', group: 'A' } }),
  bars: graph({ drawStyle: 'bars', fillOpacity: 80, stacking: { mode: 'normal', group: 'A' } }),
  value: {
    type: 'stat',
    options: (panel) => ({
      reduceOptions: last(panel),
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      textMode: 'auto',
      orientation: 'auto',
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: 'standard',
    }),
    color: BY_THRESHOLD,
  },
  gauge: {
    type: 'gauge',
    options: (panel) => ({
      reduceOptions: last(panel),
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
      minVizWidth: 75,
      minVizHeight: 75,
    }),
    color: BY_THRESHOLD,
  },
  'bar-gauge': {
    type: 'bargauge',
    options: (panel) => ({
      reduceOptions: last(panel),
      orientation: 'horizontal',
      displayMode: 'basic',
      valueMode: 'color',
      namePlacement: 'auto',
      showUnfilled: true,
      sizing: 'auto',
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 32,
      legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
    }),
    color: BY_THRESHOLD,
  },
  table: {
    type: 'table',
    options: ({ sortBy }) => ({
      showHeader: true,
      cellHeight: 'sm',
      enablePagination: false,
      frameIndex: 0,
      ...(sortBy && { sortBy: [{ displayName: sortBy, desc: true }] }),
    }),
    custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true, inspect: false },
    color: BY_THRESHOLD,
  },
  states: {
    type: 'state-timeline',
    options: () => ({
      alignValue: 'center',
      mergeValues: true,
      rowHeight: 0.85,
      showValue: 'auto',
      legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
      tooltip: { mode: 'single', sort: 'none' },
    }),
    custom: { fillOpacity: 75, lineWidth: 0, spanNulls: false },
    // By threshold, Grafana shows ranges such as 1+ in place of the names of values.
    color: { mode: FieldColorModeId.Fixed, fixedColor: 'text' },
  },
  logs: {
    type: 'logs',
    options: () => ({
      showTime: true,
      showLabels: false,
      showCommonLabels: false,
      wrapLogMessage: true,
      prettifyLogMessage: false,
      enableLogDetails: true,
      dedupStrategy: 'none',
      sortOrder: 'Descending',
      showLogContextToggle: false,
    }),
  },
  graph: { type: 'nodeGraph', options: () => ({ layoutAlgorithm: 'layered', zoomMode: 'cooperative' }) },
  text: { type: 'text', options: ({ text = '' }) => ({ mode: 'markdown', content: text }) },
};

/** Looks whose values have a unit each column its own, or none. */
const WITHOUT_UNIT: ReadonlySet<Look> = new Set(['table', 'logs', 'graph', 'text']);

export function hasUnit(look: Look): boolean {
  return !WITHOUT_UNIT.has(look);
}

/** Type, options and the defaults of the values of a panel; its unit is given, as it may be that of its field. */
export function drawn(
  panel: PanelDefinition,
  unit: string | undefined
): Required<Pick<Panel, 'type' | 'options' | 'fieldConfig'>> {
  const { type, options, custom, color } = LOOKS[panel.look];
  const { decimals, min, max, thresholds, values, noValue = 'No data in this time range' } = panel;
  return {
    type,
    options: options(panel),
    fieldConfig: {
      defaults: {
        noValue,
        ...(unit !== undefined && { unit }),
        ...(color && { color }),
        ...(custom && { custom }),
        ...(decimals !== undefined && { decimals }),
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        thresholds: thresholdsConfig(thresholds ?? [[null, 'text']]),
        ...(values && { mappings: mappings(values) }),
      },
      overrides: [],
    },
  };
}

export function thresholdsConfig(steps: readonly ThresholdStep[]): NonNullable<FieldConfig['thresholds']> {
  return {
    mode: ThresholdsMode.Absolute,
    // Grafana's JSON has null for the least; its type cannot say so.
    steps: steps.map(([value, color]) => ({ value: value as number, color })),
  };
}

export function mappings(values: readonly ValueName[]): NonNullable<FieldConfig['mappings']> {
  const options = Object.fromEntries(
    values.map(([value, text, color], index) => [String(value), { index, text, ...(color && { color }) }])
  );
  return [{ type: MappingType.ValueToText, options }];
}
