import { firstValueFrom } from 'rxjs';
import type { AdHocVariableFilter, DataSourceGetTagValuesOptions, MetricFindValue } from '@grafana/data';
import type { CatalogAnswer } from '../server/api/contract';
import { targetLabels, toMatcher } from './ad-hoc';
import type { CollectorClient } from './client/collector-client';
import { naturally } from './natural-order';
import { labelValues } from './variables/label-values';
import { labelOf, matchingTargets } from './variables/matching-targets';

/** Enough to find the values of a label, which fields of a section share. */
const MOST_FIELDS = 10;

/** Labels of targets, then those of series. */
export function tagKeys(catalog: CatalogAnswer): MetricFindValue[] {
  const ofTargets = targetLabels(catalog);
  const ofSeries = catalog.sections
    .flatMap(({ fields }) => fields)
    .filter(({ targets }) => targets.length > 0)
    .flatMap(({ labels }) => labels)
    .filter((label) => !ofTargets.has(label));
  return [
    ...[...ofTargets].map((text) => ({ text, value: text, group: 'Targets' })),
    ...naturally(ofSeries).map((text) => ({ text, value: text, group: 'Series' })),
  ];
}

/** What the other filters leave. */
export async function tagValues(
  { key, filters, timeRange }: Pick<DataSourceGetTagValuesOptions, 'key' | 'filters' | 'timeRange'>,
  catalog: CatalogAnswer,
  client: Pick<CollectorClient, 'query'>
): Promise<MetricFindValue[]> {
  const ofTargets = targetLabels(catalog);
  const others = (filters ?? []).filter(
    (filter: AdHocVariableFilter) => filter.key !== key && ofTargets.has(filter.key)
  );
  const selector = { labels: others.flatMap(toMatcher) };
  const targets = matchingTargets(catalog.targets, selector);
  const values = ofTargets.has(key)
    ? naturally(targets.map((target) => labelOf(target, key)).filter((value) => value !== ''))
    : await valuesOfSeries(key);
  return values.map((text) => ({ text, value: text }));

  function valuesOfSeries(label: string): Promise<string[]> {
    const fields = catalog.sections
      .flatMap((section) => section.fields.map((field) => ({ ...field, section: section.name })))
      .filter((field) => field.labels.includes(label) && targets.some(({ name }) => field.targets.includes(name)))
      .slice(0, MOST_FIELDS);
    return firstValueFrom(labelValues({ label, fields, targets: selector }, client, timeRange));
  }
}
