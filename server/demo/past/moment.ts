import { swayAt, swaySum, trafficAt, trafficBetween, type Wave } from '../waves';

const MINUTE = 60_000;

/** A server from its start to its end. */
export interface Run {
  readonly id: string;
  readonly startMs: number;
}

/** What a slow log holds. */
export interface SlowSoFar {
  /** Entries there ever were. */
  readonly count: number;
  readonly lastMs: number;
  readonly lastSeconds: number;
}

/** All that values at one time of one server depend on. */
export interface Moment {
  readonly atMs: number;
  readonly run: Run;
  /** 1 on average. */
  readonly traffic: number;
  /** Of each group, from -1 to 1. */
  readonly sways: Float64Array;
  /** Of each group: how often there was by now, since the run began, what there is once a second on average. */
  readonly grown: Float64Array;
  readonly savedMs: number;
  readonly isSaveFailing: boolean;
  readonly slow: SlowSoFar;
}

const LIKE_TRAFFIC = 11;
/** Series of a group go up and down together; misses have a group of their own, so that the hit ratio moves. */
export const MISSES_GROUP = LIKE_TRAFFIC;
export const GROUPS = LIKE_TRAFFIC + 1;

/** Together with the traffic, which is never below 0.2, no group's ever comes below 0: counters do not fall. */
const GROUP_WAVES: readonly (readonly Wave[])[] = Array.from({ length: GROUPS }, (_, group) =>
  group === MISSES_GROUP
    ? [
        { amplitude: 0.14, periodMs: 43 * MINUTE, phase: 0 },
        { amplitude: 0.05, periodMs: 6 * MINUTE, phase: 0.4 },
      ]
    : [
        { amplitude: 0.1, periodMs: (13 + 7 * group) * MINUTE, phase: (group * 0.37) % 1 },
        { amplitude: 0.07, periodMs: (2 + 0.9 * group) * MINUTE, phase: (group * 0.61) % 1 },
      ]
);
const AMPLITUDES = GROUP_WAVES.map((waves) => waves.reduce((sum, { amplitude }) => sum + amplitude, 0));

/** `phaseMs` sets servers apart. */
export function momentAt(
  atMs: number,
  run: Run,
  phaseMs: number,
  rest: Pick<Moment, 'savedMs' | 'isSaveFailing' | 'slow'>
): Moment {
  const [at, start] = [atMs + phaseMs, run.startMs + phaseMs];
  const traffic = trafficBetween(run.startMs, atMs);
  return {
    ...rest,
    atMs,
    run,
    traffic: trafficAt(atMs),
    sways: Float64Array.from(GROUP_WAVES, (waves, group) => swayAt(waves, at) / (AMPLITUDES[group] ?? 1)),
    grown: Float64Array.from(GROUP_WAVES, (waves) => traffic + swaySum(waves, at) - swaySum(waves, start)),
  };
}
