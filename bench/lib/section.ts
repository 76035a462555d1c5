import type { Curve } from './curve';
import type { Measurement } from './measurement';

/** A table of the document with what is said above it. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Names of the programs beside ours, in the order `its`, `other`; none: the table is about ours alone. */
  readonly rivals: readonly string[];
  /** None: it has no table of this kind. */
  readonly measurements: readonly Measurement[];
  /** Stands before the measurements. */
  readonly curve?: Curve;
}
