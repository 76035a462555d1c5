import type { Dashboard, GridPos, Panel, RowPanel } from '@grafana/schema';
import { DERIVED_FIELDS } from '../../server/query/derived-fields';
import { storedFields } from '../../server/query/fields';
import { FAMILIES } from './fields';

/** What is wrong with a dashboard's JSON, a sentence each; it knows nothing of how it was made. */
export function lint(dashboard: Dashboard): readonly string[] {
  const panels = allPanels(dashboard);
  return [
    ...ofDashboard(dashboard),
    ...panels.flatMap((panel) => ofPanel(panel).map((problem) => `${panel.title ?? `panel ${panel.id}`}: ${problem}`)),
    ...overlaps(dashboard),
    ...twice(panels.map(({ id }) => id)).map((id) => `two panels have the id ${id}`),
  ];
}

/** Those in folded rows, too. */
export function allPanels({ panels = [] }: Dashboard): readonly Panel[] {
  return panels.flatMap((panel) => (isRow(panel) ? panel.panels : [panel]));
}

function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}

function ofDashboard({ uid, title, description, id, templating, links }: Dashboard): readonly string[] {
  const names = templating?.list?.map(({ name }) => name) ?? [];
  return [
    ...(uid === undefined || uid === '' || uid.length > 40 ? ['the uid must have 1 to 40 characters'] : []),
    ...(id === null ? [] : ['id must be null: each Grafana gives its own']),
    ...(title === undefined || title === '' ? ['it has no title'] : []),
    ...(description === undefined || description === '' ? ['it has no description'] : []),
    ...['datasource', 'instance'].filter((name) => !names.includes(name)).map((name) => `it has no variable ${name}`),
    ...((links ?? []).some(({ includeVars, keepTime }) => includeVars && keepTime)
      ? []
      : ['it has no links that keep time and variables']),
  ];
}

const WITHOUT_DATA = new Set(['text']);
const WITHOUT_UNIT = new Set(['table', 'logs', 'nodeGraph', 'text']);
const COUNTED = /^redis_.*/;

function ofPanel({ title, description, type, datasource, targets = [], fieldConfig }: Panel): readonly string[] {
  if (WITHOUT_DATA.has(type)) return title === undefined ? ['it has no title'] : [];
  const { unit, noValue, custom } = fieldConfig?.defaults ?? {};
  return [
    ...(title === undefined || title === '' ? ['it has no title'] : []),
    ...(description?.endsWith('?') === true || (description?.includes('? ') ?? false)
      ? []
      : ['its description asks no question']),
    ...(noValue === undefined ? ['it has no text for no data'] : []),
    ...(unit === undefined && !WITHOUT_UNIT.has(type) ? ['it has no unit'] : []),
    ...(datasource?.uid === '${datasource}' ? [] : ['its data source is not the variable']),
    ...(targets.length === 0 ? ['it asks for nothing'] : []),
    ...twice(targets.map(({ refId }) => String(refId))).map((refId) => `two queries are called ${refId}`),
    ...(custom?.['spanNulls'] === undefined || custom['spanNulls'] === false ? [] : ['it draws over gaps']),
    ...targets.flatMap((target) => ofTarget(target)),
  ];
}

const STORED = storedFields(FAMILIES);
const METRICS = new Map(STORED.map((field) => [field.metric, field]));
const DERIVED = new Set(DERIVED_FIELDS.map(({ field }) => field));

function ofTarget(target: Readonly<Record<string, unknown>>): readonly string[] {
  // Safe, here and below: what queries of both data sources have under these names.
  if (target['queryType'] === 'metrics') return ofFields(target['section'] as string, target['fields'] as string[]);
  return typeof target['expr'] === 'string' ? ofExpression(target['expr']) : [];
}

function ofFields(section: string, fields: readonly string[]): readonly string[] {
  const isKnown = (field: string): boolean =>
    section === 'Derived' ? DERIVED.has(field) : STORED.some((one) => one.section === section && one.field === field);
  return fields.filter((field) => !isKnown(field)).map((field) => `no collector gives ${field} of ${section}`);
}

/** Texts, and labels that series are put together by; some are called like metrics: `redis_version`. */
const TEXTS_AND_LABELS = /"[^"]*"|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;

function ofExpression(expression: string): readonly string[] {
  const names = [...new Set(expression.replace(TEXTS_AND_LABELS, '').match(/\bredis_[a-z0-9_]+/g) ?? [])];
  const bare = names.filter((name) => METRICS.get(name)?.isCounter && !isUnderRate(expression, name));
  return [
    ...names.filter((name) => !METRICS.has(name)).map((name) => `no collector gives ${name}`),
    ...bare.map((name) => `${name} is a counter: it needs a rate`),
    ...(names.length === 0 || !COUNTED.test(names[0] ?? '') ? [`${expression} asks for no metric of ours`] : []),
  ];
}

function isUnderRate(expression: string, name: string): boolean {
  return new RegExp(`(?:rate|increase|delta|changes|resets)\\(${name}\\{`).test(expression);
}

function overlaps({ panels = [] }: Dashboard): readonly string[] {
  const groups = [panels, ...panels.filter(isRow).map((row) => row.panels)];
  return groups.flatMap((group) => {
    const placed = group.flatMap(({ title = '', gridPos }) => (gridPos === undefined ? [] : [{ title, at: gridPos }]));
    const unplaced = group.length - placed.length;
    const pairs = placed.flatMap((one, index) => placed.slice(index + 1).map((other) => [one, other] as const));
    return [
      ...(unplaced > 0 ? [`${unplaced} panels have no place`] : []),
      ...placed.filter(({ at: { x, w } }) => x + w > 24).map(({ title }) => `${title} goes beyond the 24 columns`),
      ...pairs.filter(([one, other]) => overlap(one.at, other.at)).map(([a, b]) => `${a.title} overlaps ${b.title}`),
    ];
  });
}

function overlap(a: GridPos, b: GridPos): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function twice<T>(values: readonly T[]): readonly T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
