/** Kinds of metric families. `info` is written as a gauge of constant 1 in Prometheus text 0.0.4. */
export type FamilyType = 'counter' | 'gauge' | 'info' | 'summary' | 'histogram';

/** What one unit of a sample's value is; `none` for counts of things, states (0 or 1) and versions. */
export type Unit =
  | 'none'
  | 'bytes'
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'timestamp' // unix time in seconds
  | 'ratio' // 1 is the whole
  | 'percent' // 100 is the whole
  | 'hertz'
  | 'bytes_per_second';

/** Where a family's values come from: the Redis command, and for INFO also section and field, in Redis' own words. */
export interface Source {
  readonly command: string;
  readonly section?: string;
  readonly field?: string;
}

/** A metric family, written once: exposition, docs/metrics.md and the history's catalogue all read it. */
export interface FamilyDescriptor {
  readonly name: string;
  readonly type: FamilyType;
  readonly unit: Unit;
  readonly help: string;
  /** Names of the labels, in the order in which samples give the values. `le` and `quantile` are not listed. */
  readonly labelNames: readonly string[];
  /** Labels that are left out where their value is empty; all others are written with an empty value. */
  readonly optionalLabelNames?: readonly string[];
  readonly source: Source;
}
