import type { ExposedFamily, ExposedSample } from './exposition';

export type Page = ReadonlyMap<string, ExposedFamily>;

/** How a series may differ from redis_exporter's, and why. What a row does not name must be the same. */
export interface Leniency {
  /** Matches the series as PromQL writes it, labels in alphabetical order. */
  readonly series: RegExp;
  readonly why: string;
  /** The type it may have instead. */
  readonly type?: string;
  /** `more`: ours may have labels theirs has not. `other values`: the names of the labels are the same. */
  readonly labels?: 'more' | 'other values';
  /** How far the value may lie outside what theirs was before and after; Infinity: it says something else. */
  readonly slack?: (value: number) => number;
}

/**
 * What is not in `ours` as it is in `theirs`: families of another type, series that are missing, values that lie outside
 * what theirs gave `before` and `after`. Series that theirs did not give both times count for nothing.
 */
export function differences(before: Page, ours: Page, after: Page, leniencies: readonly Leniency[]): string[] {
  const types = [...before.values()].flatMap(({ name, type }) => {
    const own = ours.get(name)?.type;
    const allowed = leniencyFor(name, leniencies).some((one) => one.type !== undefined && one.type === own);
    return own === undefined || own === type || allowed ? [] : [`${name} is a ${own}, not a ${type}`];
  });
  const ourSamples = Map.groupBy(samplesOf(ours), ({ name }) => name);
  const valuesAfter = new Map(samplesOf(after).map((sample) => [seriesText(sample), sample.value]));
  const series = samplesOf(before).flatMap((sample) => {
    const key = seriesText(sample);
    const valueAfter = valuesAfter.get(key);
    if (valueAfter === undefined) return [];
    const allowed = leniencyFor(key, leniencies);
    const own = ourSamples.get(sample.name)?.find((one) => hasLabels(one, sample, allowed));
    if (own === undefined) return [`${key} is missing`];
    const slack = Math.max(0, ...allowed.map((one) => one.slack?.(sample.value) ?? 0));
    const isBetween =
      own.value >= Math.min(sample.value, valueAfter) - slack &&
      own.value <= Math.max(sample.value, valueAfter) + slack;
    const isSame = isBetween || (Number.isNaN(own.value) && Number.isNaN(sample.value));
    return isSame ? [] : [`${key} is ${own.value}, not within ${sample.value} and ${valueAfter}`];
  });
  return [...types, ...series];
}

function leniencyFor(series: string, leniencies: readonly Leniency[]): readonly Leniency[] {
  return leniencies.filter((one) => one.series.test(series));
}

function samplesOf(page: Page): readonly ExposedSample[] {
  return [...page.values()].flatMap(({ samples }) => samples);
}

function hasLabels(own: ExposedSample, theirs: ExposedSample, allowed: readonly Leniency[]): boolean {
  const names = Object.keys(theirs.labels);
  const mayHaveMore = allowed.some(({ labels }) => labels === 'more');
  const mayHaveOthers = allowed.some(({ labels }) => labels === 'other values');
  if (!mayHaveMore && Object.keys(own.labels).length !== names.length) return false;
  return names.every((name) => (mayHaveOthers ? name in own.labels : own.labels[name] === theirs.labels[name]));
}

function seriesText({ name, labels }: ExposedSample): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.sort().join()}}`;
}
