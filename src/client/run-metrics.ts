import { catchError, map, merge, type Observable, of, toArray } from 'rxjs';
import { metricsFrames } from '../frames';
import type { MetricsQuery } from '../types';
import type { ErrorAnswer, QuerySuccess } from '../../server/api/contract';
import { MOST_QUERIES, shiftOf, toMetricQuery, windowOf } from './metric-request';
import { failed, framesOutcome, InputError, type Outcome, refused } from './outcome';
import type { Run } from './run';

/** Queries of one time range as one request; those with a time shift as one for each shift. */
export function runMetrics(queries: readonly MetricsQuery[], run: Run): Observable<readonly Outcome[]> {
  const groups = new Map<number, MetricsQuery[]>();
  const wrong: Outcome[] = [];
  for (const query of queries) {
    try {
      if (query.fields.length === 0) {
        throw noFields();
      }
      const shiftMs = shiftOf(query, run.request.range.to.valueOf());
      groups.set(shiftMs, [...(groups.get(shiftMs) ?? []), query]);
    } catch (thrown) {
      wrong.push(failed(query.refId, thrown));
    }
  }
  const asked = [...groups].flatMap(([shiftMs, group]) =>
    chunks(group, MOST_QUERIES).map((chunk) => askGroup(chunk, shiftMs, run))
  );
  return merge(of(wrong), ...asked).pipe(
    toArray(),
    map((outcomes) => outcomes.flat())
  );
}

function askGroup(queries: readonly MetricsQuery[], shiftMs: number, run: Run): Observable<readonly Outcome[]> {
  const request = { ...windowOf(run.request, shiftMs), queries: queries.map((query) => toMetricQuery(query)) };
  return run.withCatalog(run.client.query(request)).pipe(
    map(([{ results }, catalog]) =>
      queries.map((query) => toOutcome(query, results[query.refId], run.context(query.refId, catalog, shiftMs)))
    ),
    catchError((thrown: unknown) => of(queries.map(({ refId }) => failed(refId, thrown))))
  );
}

/** The collector's answer to one query, of a request or of a stream. */
export function toOutcome(
  query: MetricsQuery,
  answer: QuerySuccess | ErrorAnswer | undefined,
  context: ReturnType<Run['context']>
): Outcome {
  if (answer === undefined) {
    return failed(query.refId, new InputError('The collector left this query out: run it again.'));
  }
  return answer.status === 'error'
    ? refused(query.refId, answer)
    : framesOutcome(query.refId, () => metricsFrames(query, answer, context));
}

/** Variables may have taken them away. */
export function noFields(): InputError {
  return new InputError('No field is chosen: choose one, or give the variable that names it a value other than All.');
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
