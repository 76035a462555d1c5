import type { LoadWatch } from './load-watch';
import type { Processes } from './processes';
import type { Report } from './report';
import type { Section } from './section';

/** What all that is measured shares. */
export interface Workbench {
  readonly processes: Processes;
  readonly watch: LoadWatch;
}

/** How much is measured. */
export interface PartSize {
  /** Only to see that it works. */
  readonly isQuick: boolean;
  /** Of a soak; absent: as long as it is by itself. */
  readonly minutes?: number;
}

/** A part of the benchmark, with programs that were found. */
export interface Part extends Pick<Report, 'title' | 'intro' | 'method'> {
  /** Programs and their versions, besides ours. */
  readonly tools: readonly (readonly [string, string])[];
  measure(): Promise<readonly Section[]>;
}

/** Throws where a program cannot be had. */
export type MakePart = (workbench: Workbench, size: PartSize) => Part;

/** A part and the page it writes. */
export interface PartPage {
  readonly make: MakePart;
  /** On the first page. */
  readonly title: string;
  /** Below the project's root. */
  readonly document: string;
}
