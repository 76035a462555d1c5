import type { StoredSeries } from '../history/interfaces';
import type { FamilyDescriptor } from '../model/family';
import { csv } from './csv';
import { openMetrics } from './openmetrics';

/** How samples are written. Called for each family and series once, and for each sample; so it is quick at those. */
export interface ExportFormat {
  readonly head: string;
  /** What stands before the lines of a family of this name. */
  familyHead(family: FamilyDescriptor, name: string): string;
  /** Writes the line of a sample of this series. */
  lineWriter(stored: StoredSeries): LineWriter;
  readonly tail: string;
}

export type LineWriter = (timeMs: number, value: number) => string;

export const FORMATS = { csv, openmetrics: openMetrics } as const satisfies Readonly<Record<string, ExportFormat>>;
export type FormatName = keyof typeof FORMATS;
