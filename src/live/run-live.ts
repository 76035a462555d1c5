import { map, type Observable } from 'rxjs';
import type { QuerySuccess } from '../../server/api/contract';
import { toMetricQuery } from '../client/metric-request';
import { failed, type Outcome } from '../client/outcome';
import type { Run } from '../client/run';
import { noFields, toOutcome } from '../client/run-metrics';
import type { MetricsQuery } from '../types';
import type { LiveHub } from './live-hub';
import type { LiveState } from './live-results';
import type { LiveWindow } from './live-window';

/** Queries that go on: their history, then their frames anew with each line of the stream. */
export function runLive(
  queries: readonly MetricsQuery[],
  window: LiveWindow,
  hub: LiveHub,
  run: Run
): Observable<readonly Outcome[]> {
  const wrong = queries.filter(({ fields }) => fields.length === 0);
  const asked = queries.filter(({ fields }) => fields.length > 0);
  run.wantCatalog();
  return hub
    .of(window)
    .watch(asked.map((query) => toMetricQuery(query)))
    .pipe(
      map((state) => [
        ...wrong.map(({ refId }) => failed(refId, noFields())),
        ...asked.flatMap((query) => outcome(query, state, run)),
      ])
    );
}

function outcome(query: MetricsQuery, { results, notices, trouble }: LiveState, run: Run): Outcome[] {
  const answer = results[query.refId];
  if (answer?.status === 'success') {
    const noticed: QuerySuccess = { ...answer, notices: [...notices, ...answer.notices] };
    return [toOutcome(query, noticed, run.context(query.refId, run.latestCatalog()))];
  }
  if (answer !== undefined) {
    return [toOutcome(query, answer, run.context(query.refId, undefined))];
  }
  return trouble === undefined ? [] : [failed(query.refId, trouble)];
}
