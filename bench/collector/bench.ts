import type { Workbench } from '../lib/part';

/** How much is measured. */
export interface Plan {
  /** Rounds of each side; the first does not count. */
  readonly rounds: number;
  /** Of a round in which scrapes come as fast as they are answered. */
  readonly loadSeconds: number;
  /** Of one in which they are paced. */
  readonly pacedSeconds: number;
  readonly targets: number;
  /** How long many targets are scraped before memory is read. */
  readonly memorySeconds: number;
  /** How long the idle ones run before their memory is read, and how often they are scraped meanwhile. */
  readonly idleSeconds: number;
  readonly idleScrapeSeconds: number;
}

export interface Tools {
  readonly redis: string;
  readonly exporter: string;
  readonly wrk: string;
}

/** What all scenarios share. */
export interface Bench extends Workbench {
  readonly plan: Plan;
  readonly tools: Tools;
}

export const ENCODINGS: Readonly<Record<'plain' | 'gzip', Readonly<Record<string, string>>>> = {
  plain: {},
  gzip: { 'Accept-Encoding': 'gzip' },
};
