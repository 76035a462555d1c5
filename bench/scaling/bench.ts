import type { Workbench } from '../lib/part';
import type { Shape } from './replay';

/** How much is measured. */
export interface ScalingPlan {
  /** Sizes of fleets; those of a group are measured at the same time. */
  readonly targets: readonly (readonly number[])[];
  /** Targets of each fleet where the series of a target grow. */
  readonly seriesTargets: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** In which the delay of the event loop is measured, between two pages. */
  readonly lagSeconds: number;
  readonly readers: ReadersPlan;
}

export interface ReadersPlan {
  readonly targets: number;
  /** Of each target, stored before. */
  readonly series: number;
  readonly hours: number;
  /** How many ask at once. */
  readonly connections: readonly number[];
  readonly seconds: number;
}

/** What all curves share. */
export interface ScalingBench extends Workbench {
  readonly plan: ScalingPlan;
  readonly wrk: string;
}

/** The recorded server as it was. */
export const RECORDED: Shape = { commands: 41, databases: 3, errors: 2 };
