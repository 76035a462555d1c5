import type { Workbench } from '../lib/part';

/** How much a soak does. */
export interface SoakPlan {
  readonly seconds: number;
  readonly replayed: number;
  readonly real: number;
  readonly readEverySeconds: number;
  /** A page of all targets is read, and with it the delay of the event loop. */
  readonly pageEverySeconds: number;
  readonly restartEverySeconds: number;
  readonly streams: number;
  readonly streamSeconds: number;
}

export interface SoakBench extends Workbench {
  readonly plan: SoakPlan;
  readonly redis: string;
}
