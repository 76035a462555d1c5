import type { LoadWatch } from './load-watch';
import type { Processes } from './processes';
import type { Report } from './report';
import type { Section } from './section';

/** What all that is measured shares. */
export interface Workbench {
  readonly processes: Processes;
  readonly watch: LoadWatch;
}

/** A part of the benchmark that has a document of its own. */
export interface Part extends Pick<Report, 'title' | 'intro' | 'method'> {
  /** Below the project's root. */
  readonly document: string;
  /** Programs and their versions, besides ours. */
  readonly tools: readonly (readonly [string, string])[];
  measure(): Promise<readonly Section[]>;
}

/** Throws where a program cannot be had. */
export type MakePart = (workbench: Workbench, isQuick: boolean) => Part;
