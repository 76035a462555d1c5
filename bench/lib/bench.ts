import type { LoadWatch } from './load-watch';
import type { Processes } from './processes';

/** How much is measured. */
export interface Plan {
  /** Rounds of each side; the first does not count. */
  readonly rounds: number;
  readonly seconds: number;
  readonly targets: number;
  /** How long many targets are scraped before memory is read. */
  readonly memorySeconds: number;
  /** How long the idle pair runs before its memory is read, and how often it is scraped meanwhile. */
  readonly idleSeconds: number;
  readonly idleScrapeSeconds: number;
}

export interface Tools {
  readonly redis: string;
  readonly exporter: string;
  readonly wrk: string;
}

/** What all scenarios share. */
export interface Bench {
  readonly plan: Plan;
  readonly tools: Tools;
  readonly processes: Processes;
  readonly watch: LoadWatch;
}

export const ENCODINGS: Readonly<Record<'plain' | 'gzip', Readonly<Record<string, string>>>> = {
  plain: {},
  gzip: { 'Accept-Encoding': 'gzip' },
};
