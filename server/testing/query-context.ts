import type { MetricQuery, QueryRequest, QuerySuccess, SeriesAnswer } from '../api/contract';
import { collectors } from '../collectors/registry';
import type { FamilyDescriptor } from '../model/family';
import { self } from '../poll/self-families';
import { answerQuery } from '../query/answer-query';
import type { QueryContext, TargetInfo } from '../query/context';
import { fakeHistory, type FakeSeries } from './fake-history';

/** All families that collectors and polls declare. */
export const FAMILIES: readonly FamilyDescriptor[] = [
  ...collectors.flatMap((one) => one.families),
  ...Object.values(self),
];

/** Midnight, a multiple of every step in use. */
export const T0 = 1_700_006_400_000;

/** A declared family by its name without `redis_`. */
export function family(name: string): FamilyDescriptor {
  const found = FAMILIES.find((one) => one.name === `redis_${name}`);
  if (found === undefined) throw new Error(`no collector gives redis_${name}`);
  return found;
}

/** A point every 10 s from T0 on; undefined: there is none. */
export function every10s(...values: readonly (number | undefined)[]): [number, number][] {
  return values.flatMap((value, at): [number, number][] => (value === undefined ? [] : [[T0 + at * 10_000, value]]));
}

/** A series of target `a`. */
export function seriesOfA(name: string, points: FakeSeries['points'], labels: readonly string[] = []): FakeSeries {
  return { target: 'a', family: family(name), points, labels };
}

export function targetInfo(name: string, overrides: Partial<TargetInfo> = {}): TargetInfo {
  return { name, labels: {}, role: 'master', state: 'up', intervalMs: 10_000, ...overrides };
}

/** A context in which the targets of the series are polled every 10 s, an hour after T0. */
export function queryContext(series: readonly FakeSeries[], overrides: Partial<QueryContext> = {}): QueryContext {
  const targets = [...new Set(series.map((one) => one.target))].map((name) => targetInfo(name));
  return {
    history: fakeHistory(series, 3),
    targets: () => targets,
    families: FAMILIES,
    now: () => T0 + 60 * 60_000,
    ...overrides,
  };
}

/** One query over the first minute after T0 in buckets of 20 s. */
export function ask(context: QueryContext, query: Partial<MetricQuery>, request: Partial<QueryRequest> = {}) {
  const queries = [{ refId: 'A', fields: ['used_memory'], ...query }];
  return answerQuery(context, { from: T0, to: T0 + 60_000, step: '20s', ...request, queries }).results['A']!;
}

/** Likewise, for a query that is answered; throws its error otherwise. */
export function answerOf(...args: Parameters<typeof ask>): QuerySuccess {
  const answer = ask(...args);
  if (answer.status === 'error') throw new Error(answer.error);
  return answer;
}

/** Values by labels: `instance=a,cmd=get`. */
export function valuesOf({ series }: Pick<QuerySuccess, 'series'>): Record<string, SeriesAnswer['values']> {
  return Object.fromEntries(
    series.map(({ labels, values }) => {
      const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      return [text.join(), values];
    })
  );
}
