import type { Measurement } from './measurement';

/** A table of the document with what is said above it. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly measurements: readonly Measurement[];
}
