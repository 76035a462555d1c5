import type { FamilyDescriptor } from './family';

/** Which line of a histogram or summary a series is; `''` is the plain value, and a summary's quantile. */
export type SamplePart = '' | '_bucket' | '_sum' | '_count';

/**
 * The identity of a series within its target. One object for as long as any target gives the series: targets that give
 * the same series share it.
 */
export interface Series {
  readonly family: FamilyDescriptor;
  readonly part: SamplePart;
  /** Values for `family.labelNames`; a bucket's `le` and a summary's `quantile` stand behind them. */
  readonly labels: readonly string[];
}

/** The label whose value stands behind those of the family: of a bucket `le`, else a summary's `quantile`. */
export function lastLabelName(part: SamplePart): string {
  return part === '_bucket' ? 'le' : 'quantile';
}

/** Names and values of the labels of a series as they are written: without optional ones that are empty. */
export function labelsOf({ family, part, labels }: Series): readonly (readonly [name: string, value: string])[] {
  const { labelNames, optionalLabelNames = [] } = family;
  return labels
    .map((value, at) => [labelNames[at] ?? lastLabelName(part), value] as const)
    .filter(([name, value]) => value !== '' || !optionalLabelNames.includes(name));
}

/**
 * The series of a poll, in the order their values have. The object stays the same while nothing comes or goes, and
 * targets that give the same series in the same order share it.
 */
export interface Layout {
  readonly series: readonly Series[];
}

/** Samples of one poll: `values[i]` belongs to `layout.series[i]`. The time stands on the poll result. */
export interface SampleSet {
  readonly layout: Layout;
  readonly values: Float64Array;
}

/** Where collectors put what they found. */
export interface SampleSink {
  /** `labels` must not be changed afterwards. */
  add(family: FamilyDescriptor, value: number, labels?: readonly string[], part?: SamplePart): void;
}
