import type { Unit } from './measurement';

/** What was measured at one size. */
export interface CurvePoint {
  /** `1000`: its place on the axis, and its row of the table. */
  readonly at: number;
  /** One for each column; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

export interface CurveColumn {
  readonly name: string;
  readonly unit: Unit;
}

/** Numbers that grow, or do not, with the size of something. */
export interface Curve {
  /** What the size is: `targets`. */
  readonly by: string;
  readonly columns: readonly CurveColumn[];
  readonly points: readonly CurvePoint[];
  /** The pictures of some columns, each in a file of its own; below docs/img, without an ending. */
  readonly picture: string;
  readonly drawn: readonly number[];
}
