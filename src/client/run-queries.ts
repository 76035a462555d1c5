import { combineLatest, map, type Observable, of } from 'rxjs';
import { type DataQueryResponse, LoadingState } from '@grafana/data';
import type { LiveHub } from '../live/live-hub';
import { liveWindow } from '../live/live-window';
import { runLive } from '../live/run-live';
import type { MetricsQuery, VitalsQuery } from '../types';
import type { Outcome } from './outcome';
import type { Run } from './run';
import { runMetrics } from './run-metrics';
import { runOther } from './run-others';

/** All queries of a panel beside each other; once, or again and again where some are live. */
export function runQueries(queries: readonly VitalsQuery[], run: Run, hub: LiveHub): Observable<DataQueryResponse> {
  const window = liveWindow(run.request);
  const goesOn = (query: VitalsQuery): query is MetricsQuery =>
    query.queryType === 'metrics' &&
    window !== undefined &&
    (query.live === true || run.request.liveStreaming === true) &&
    !query.timeShift;
  const live = queries.filter(goesOn);
  const metrics = queries.filter((query) => query.queryType === 'metrics').filter((query) => !goesOn(query));
  const others = queries.filter((query) => query.queryType !== 'metrics');
  const parts = [
    ...(metrics.length > 0 ? [runMetrics(metrics, run)] : []),
    ...others.map((query) => runOther(query, run).pipe(map((outcome) => [outcome]))),
    ...(window !== undefined && live.length > 0 ? [runLive(live, window, hub, run)] : []),
  ];
  if (parts.length === 0) {
    return of({ data: [], state: LoadingState.Done });
  }
  const order = queries.map(({ refId }) => refId);
  return combineLatest(parts).pipe(map((outcomes) => toResponse(outcomes.flat(), order, live.length > 0)));
}

function toResponse(outcomes: readonly Outcome[], order: readonly string[], goesOn: boolean): DataQueryResponse {
  const sorted = [...outcomes].sort((a, b) => order.indexOf(a.refId) - order.indexOf(b.refId));
  const errors = sorted.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const settled = errors.length > 0 ? LoadingState.Error : LoadingState.Done;
  return {
    data: sorted.flatMap(({ frames }) => frames),
    state: goesOn ? LoadingState.Streaming : settled,
    ...(errors.length > 0 && { errors }),
  };
}
