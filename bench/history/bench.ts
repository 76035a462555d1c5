import type { Workbench } from '../lib/part';

/** How large a data set is. */
export interface Size {
  readonly targets: number;
  /** Of each target. */
  readonly series: number;
  readonly hours: number;
}

/** How much is measured. */
export interface HistoryPlan {
  /** Rounds of each side; the first does not count. */
  readonly rounds: number;
  /** In each round, one after another. */
  readonly requests: number;
  readonly recordedPolls: number;
  readonly wide: Size;
  readonly long: Size;
  /** Stored by a process of its own, so many times. */
  readonly store: Size & { readonly runs: number };
  /** What is there when the collector starts. */
  readonly start: Size;
  /** `hours` are there when it begins. */
  readonly live: Omit<Size, 'series'> & { readonly warmUpSeconds: number; readonly seconds: number };
}

export interface HistoryTools {
  readonly redis: string;
  readonly prometheus: string;
  readonly promtool: string;
  /** Undefined: it is not installed, and the benchmark does without it. */
  readonly victoriaMetrics: string | undefined;
}

/** What all scenarios share. */
export interface HistoryBench extends Workbench {
  readonly plan: HistoryPlan;
  readonly tools: HistoryTools;
}

export const RIVALS = ['Prometheus', 'VictoriaMetrics'];

/** `10 targets × 60 series × 24 h`. */
export function sizeText({ targets, series, hours }: Size): string {
  return `${targets} targets × ${series} series × ${hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} h`}`;
}
