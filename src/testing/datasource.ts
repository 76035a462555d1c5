import { type DataQueryRequest, type DataSourceInstanceSettings, dateTime } from '@grafana/data';
import { VitalsDataSource } from '../datasource';
import type { VitalsOptions, VitalsQuery } from '../types';

/** A data source as Grafana makes it; what it answers comes from the fake backend. */
export function newDataSource(jsonData: VitalsOptions = {}): VitalsDataSource {
  const settings: Pick<DataSourceInstanceSettings<VitalsOptions>, 'uid' | 'name' | 'type' | 'url' | 'jsonData'> = {
    uid: 'vitals',
    name: 'Redis Vitals',
    type: 'redisvitals-redis-datasource',
    url: '/api/datasources/proxy/uid/vitals',
    jsonData,
  };
  return new VitalsDataSource(settings as DataSourceInstanceSettings<VitalsOptions>);
}

/** The last quarter of an hour before this. */
export const NOW_MS = 1_795_183_200_000;

/** A panel's request. */
export function requestOf(
  targets: VitalsQuery[],
  more: Partial<DataQueryRequest<VitalsQuery>> = {}
): DataQueryRequest<VitalsQuery> {
  return {
    requestId: 'Q1',
    interval: '1s',
    intervalMs: 1000,
    maxDataPoints: 900,
    range: {
      from: dateTime(NOW_MS - 900_000),
      to: dateTime(NOW_MS),
      raw: { from: 'now-15m', to: 'now' },
    },
    scopedVars: {},
    targets,
    timezone: 'browser',
    app: 'dashboard',
    startTime: NOW_MS,
    ...more,
  };
}
