import type { QueryAnswer, QuerySuccess, SeriesAnswer } from '../../server/api/contract';
import { randomNumbers } from '../../server/testing/random';
import type { MetricsQuery } from './plugin-code';

export interface Size {
  readonly queries: number;
  /** Of each query. */
  readonly series: number;
  /** Of each series. */
  readonly points: number;
}

const STEP_MS = 15_000;
const TO_MS = Date.parse('2026-11-20T12:00:00Z');

type Shape = Pick<SeriesAnswer, 'field' | 'metric' | 'displayName' | 'unit' | 'function'> & {
  /** From 0 to 1 to a value with as many digits as the collector gives. */
  readonly scale: (random: number) => number;
};

const digits = (value: number): number => Number(value.toPrecision(9));

/** What dashboards ask for: as many bytes, counts, rates and ratios. */
// prettier-ignore
const SHAPES: readonly Shape[] = [
  { field: 'used_memory', metric: 'redis_memory_used_bytes', displayName: 'Used memory', unit: 'bytes', function: 'avg', scale: (random) => Math.round(random * 4e9) },
  { field: 'connected_clients', metric: 'redis_connected_clients', displayName: 'Connected clients', unit: 'none', function: 'avg', scale: (random) => Math.round(random * 500) },
  { field: 'total_commands_processed', metric: 'redis_commands_processed_total', displayName: 'Total commands processed', unit: 'per_second', function: 'rate', scale: (random) => digits(random * 20_000) },
  { field: 'hit_ratio', metric: 'hit_ratio', displayName: 'Hit ratio', unit: 'ratio', function: 'derived', scale: (random) => digits(0.5 + random / 2) },
  { field: 'used_cpu_user', metric: 'redis_cpu_user_seconds_total', displayName: 'Used CPU user', unit: 'seconds_per_second', function: 'rate', scale: digits },
];

/** Queries of a dashboard, each of another field or the same of others, and the collector's answer to all as JSON. */
export function madeAnswer(size: Size): { readonly queries: readonly MetricsQuery[]; readonly json: string } {
  const queries = Array.from({ length: size.queries }, (_, at): MetricsQuery => {
    const { field } = SHAPES[at % SHAPES.length]!;
    return { refId: `Q${at}`, version: 1, queryType: 'metrics', fields: [field] };
  });
  const results = Object.fromEntries(queries.map(({ refId }, at) => [refId, answer(size, at)]));
  const whole: QueryAnswer = { status: 'success', results };
  return { queries, json: JSON.stringify(whole) };
}

function answer({ series, points }: Size, at: number): QuerySuccess {
  const { scale, ...shape } = SHAPES[at % SHAPES.length]!;
  const random = randomNumbers(at + 1);
  return {
    status: 'success',
    times: Array.from({ length: points }, (_, index) => TO_MS - (points - index) * STEP_MS),
    stepMs: STEP_MS,
    series: Array.from({ length: series }, (_, number) => ({
      ...shape,
      labels: { instance: `cache-${number}`, env: number % 2 === 0 ? 'prod' : 'test', team: `team-${number % 10}` },
      // One in fifty is missing, as after a restart.
      values: Array.from({ length: points }, (__, index) => ((index + number) % 50 === 0 ? null : scale(random()))),
    })),
    notices: [],
  };
}
