import type { Panel } from '@grafana/schema';
import { instanceLink } from './links';
import { mappings, thresholdsConfig } from './looks';
import type { Flavour, Override } from './model';

type Rule = NonNullable<Panel['fieldConfig']>['overrides'][number];
type Property = Rule['properties'][number];

const CELLS = {
  gauge: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' },
  'coloured-text': { type: 'color-text' },
  'coloured-background': { type: 'color-background', mode: 'basic' },
} as const;

/** What an override may say, and the properties that Grafana knows it by. */
const PROPERTIES: {
  readonly [Key in Exclude<keyof Override, 'of' | 'leadsTo'>]-?: (
    given: NonNullable<Override[Key]>
  ) => readonly Property[];
} = {
  unit: (value) => [{ id: 'unit', value }],
  decimals: (value) => [{ id: 'decimals', value }],
  title: (value) => [{ id: 'displayName', value }],
  width: (value) => [{ id: 'custom.width', value }],
  hidden: () => [{ id: 'custom.hideFrom', value: { legend: true, tooltip: true, viz: true } }],
  colour: (fixedColor) => [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  dashed: () => [
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
    { id: 'custom.fillOpacity', value: 0 },
    { id: 'custom.stacking', value: { mode: 'none' } },
  ],
  negative: () => [{ id: 'custom.transform', value: 'negative-Y' }],
  rightAxis: () => [{ id: 'custom.axisPlacement', value: 'right' }],
  values: (value) => [{ id: 'mappings', value: mappings(value) }],
  thresholds: (value) => [{ id: 'thresholds', value: thresholdsConfig(value) }],
  cell: (value) => [{ id: 'custom.cellOptions', value: CELLS[value] }],
  min: (value) => [{ id: 'min', value }],
  max: (value) => [{ id: 'max', value }],
};

/** The unit that a panel names itself: what the data source says of its fields would win over the panel's default. */
export function unitOfAll(unit: string): Rule {
  return { matcher: { id: 'byRegexp', options: '/.*/' }, properties: [{ id: 'unit', value: unit }] };
}

/** The text for no data is for a table without rows; in a cell it would be as if there were none. */
export const EMPTY_CELLS: Rule = {
  matcher: { id: 'byRegexp', options: '/.*/' },
  properties: [{ id: 'noValue', value: '–' }],
};

export function overrideRule(override: Override, flavour: Flavour): Rule {
  const { of, leadsTo } = override;
  const pattern = /^\/.*\/$/.test(of);
  const keys = (Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).filter((key) => override[key] !== undefined);
  return {
    matcher: { id: pattern ? 'byRegexp' : 'byName', options: of },
    properties: [
      // Safe: the value under a key is what the function under the same key takes.
      ...keys.flatMap((key) => (PROPERTIES[key] as (given: unknown) => readonly Property[])(override[key])),
      ...(leadsTo === undefined
        ? []
        : [{ id: 'links', value: [leadsTo].flat().map((name) => instanceLink(name, '__value.raw', flavour)) }]),
    ],
  };
}
