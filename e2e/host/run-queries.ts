import {
  CoreApp,
  LoadingState,
  rangeUtil,
  type AdHocVariableFilter,
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { EMPTY, type Subscription } from 'rxjs';
import type { VitalsDataSource } from '../../src/datasource';
import type { VitalsQuery } from '../../src/types';
import { templateSrv } from './services';

export interface QueryRun {
  readonly panelId: number;
  readonly queries: readonly VitalsQuery[];
  readonly range: TimeRange;
  readonly filters: AdHocVariableFilter[];
  readonly maxDataPoints: number;
  readonly app?: CoreApp;
}

/** Grafana's runRequest: one request for a panel's queries, packets merged by their key, until unsubscribed. */
export function runQueries(
  dataSource: VitalsDataSource,
  run: QueryRun,
  onData: (data: PanelData) => void
): Subscription {
  const request = requestOf(dataSource, run);
  templateSrv.filters = run.filters;
  const packets = new Map<string, DataQueryResponse>();
  const publish = (state: LoadingState, error?: DataQueryError) => {
    const all = [...packets.values()];
    const errors = [
      ...(error ? [error] : []),
      ...all.flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : [])),
    ];
    const series = all.flatMap((packet) => packet.data as DataFrame[]);
    onData({ state, series, errors, ...(errors[0] && { error: errors[0] }), request, timeRange: run.range });
  };
  publish(LoadingState.Loading);
  if (request.targets.length === 0) return EMPTY.subscribe(() => undefined);
  return dataSource.query(request).subscribe({
    next: (packet) => {
      packets.set(packet.key ?? 'A', packet);
      const isFailed = packet.error !== undefined || (packet.errors?.length ?? 0) > 0;
      publish(packet.state ?? (isFailed ? LoadingState.Error : LoadingState.Done));
    },
    error: (error: unknown) => publish(LoadingState.Error, toError(error)),
  });
}

let requests = 0;

function requestOf(dataSource: VitalsDataSource, run: QueryRun): DataQueryRequest<VitalsQuery> {
  const { queries, range, maxDataPoints, filters, panelId } = run;
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, undefined);
  const shown = queries.filter((query) => query.hide !== true && (dataSource.filterQuery?.(query) ?? true));
  requests += 1;
  return {
    ...{
      requestId: `Q${requests}`,
      app: run.app ?? CoreApp.PanelEditor,
      panelId,
      range,
      rangeRaw: range.raw,
      timezone: 'browser',
    },
    ...{ interval, intervalMs, maxDataPoints, filters, startTime: Date.now() },
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: `${intervalMs}`, value: intervalMs },
    },
    targets: shown.map((query) => structuredClone(query)),
  };
}

function toError(error: unknown): DataQueryError {
  const { message, data, status } = error as { message?: string; data?: { message?: string }; status?: number };
  return { message: data?.message ?? message ?? 'Query error', ...(status !== undefined && { status }) };
}
