import type { CatalogAnswer, SeriesAnswer } from '../../server/api/contract';

export type NameSeries = (series: SeriesAnswer) => string;

/** Names by the legend's template where there is one and it says something, else the shortest that tell series apart. */
export function seriesNames(
  all: readonly SeriesAnswer[],
  legend: string | undefined,
  catalog: CatalogAnswer | undefined
): NameSeries {
  const shortest = shortestNames(all, catalog);
  return legend === undefined || legend.trim() === ''
    ? shortest
    : (series) => fillTemplate(legend, series) || shortest(series);
}

/** `{{instance}} {{cmd}}`; besides labels `{{field}}` (its title), `{{metric}}` and `{{function}}`. What is not there is empty. */
function fillTemplate(legend: string, series: SeriesAnswer): string {
  const { displayName: field, metric, function: of } = series;
  const words: Readonly<Record<string, string>> = { ...series.labels, field, metric, function: of };
  return legend.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => words[name] ?? '').trim();
}

/** Values of the labels that differ, and the field where there are several: `cache-1 get · Calls`. */
function shortestNames(all: readonly SeriesAnswer[], catalog: CatalogAnswer | undefined): NameSeries {
  const labels = tellingLabels(all, catalog);
  const titleOf = titles(all);
  const hasTitle = labels.length === 0 || new Set(all.map(({ metric }) => metric)).size > 1;
  return (series) => {
    const values = labels.map((label) => series.labels[label] ?? '').filter((value) => value !== '');
    const title = hasTitle || values.length === 0 ? [titleOf(series)] : [];
    return [...(values.length > 0 ? [values.join(' ')] : []), ...title].join(' · ');
  };
}

/** Labels whose values differ, `instance` first; those of targets only where their instance is not told. */
function tellingLabels(all: readonly SeriesAnswer[], catalog: CatalogAnswer | undefined): readonly string[] {
  const names = new Set(all.flatMap(({ labels }) => Object.keys(labels)));
  const differing = [...names].filter((name) => new Set(all.map(({ labels }) => labels[name] ?? '')).size > 1);
  if (!differing.includes('instance')) {
    return differing;
  }
  const ofTargets = new Set(catalog?.targets.flatMap(({ labels }) => Object.keys(labels)));
  const isOfTarget = (name: string) => (catalog === undefined ? followsInstance(all, name) : ofTargets.has(name));
  return ['instance', ...differing.filter((name) => name !== 'instance' && !isOfTarget(name))];
}

/** Whether all series of an instance have the same value of the label. */
function followsInstance(all: readonly SeriesAnswer[], name: string): boolean {
  const values = new Map<string | undefined, string>();
  return all.every(({ labels }) => {
    const value = labels[name] ?? '';
    const first = values.get(labels['instance']) ?? value;
    values.set(labels['instance'], first);
    return first === value;
  });
}

/** The title of a series' field; where fields share it, as parts of a histogram do, the name of its metric. */
function titles(all: readonly SeriesAnswer[]): NameSeries {
  const metrics = new Map<string, Set<string>>();
  for (const { displayName, metric } of all) {
    metrics.set(displayName, (metrics.get(displayName) ?? new Set()).add(metric));
  }
  return ({ displayName, metric }) => ((metrics.get(displayName)?.size ?? 0) > 1 ? metric : displayName);
}
