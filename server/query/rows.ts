import type { Labels } from './labels';

/** A series under way: a value for each bucket, NaN where there is nothing. */
export interface Row {
  readonly labels: Labels;
  readonly values: Float64Array;
}

/** The rows of values that stand one behind the other. */
export function rowsOf(labels: readonly Labels[], values: Float64Array, count: number): readonly Row[] {
  return labels.map((one, at) => ({ labels: one, values: values.subarray(at * count, (at + 1) * count) }));
}
