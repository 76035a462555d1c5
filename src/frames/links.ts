import type { DataLink, DataLinkClickEvent } from '@grafana/data';
import { QUERY_VERSION, type LogsQuery, type MetricsQuery } from '../types';
import type { FrameContext } from './context';

const PLUGIN_ID = 'redisvitals-redis-datasource';
/** Shown in Explore before and after the moment. */
const AROUND_MS = 5 * 60_000;

/**
 * To the dashboard of one instance, none where the data source names none. `variable` is Grafana's expression of the
 * instance's name, such as `__value.raw`.
 */
export function dashboardLinks({ instanceDashboardUid: uid }: FrameContext, variable: string): DataLink[] {
  if (uid === undefined || uid === '') {
    return [];
  }
  const url = `/d/${encodeURIComponent(uid)}?var-instance=\${${variable}:percentencode}&\${__url_time_range}`;
  return [{ title: `Dashboard of \${${variable}}`, url }];
}

/**
 * From a field of times to Explore: what an instance did around that time, and its slow log. An internal link has one
 * time range for all rows of a column, so the address is built for each row.
 */
export function exploreLink({ datasourceUid }: FrameContext): DataLink {
  return {
    title: 'Explore this moment',
    url: '',
    onBuildUrl: ({ replaceVariables }: DataLinkClickEvent) => {
      const timeMs = Number(replaceVariables?.('${__value.raw}'));
      const instance = replaceVariables?.('${__data.fields.instance}') ?? '';
      return Number.isFinite(timeMs) ? exploreUrl(datasourceUid, instance, timeMs) : '';
    },
  };
}

function exploreUrl(uid: string, instance: string, timeMs: number): string {
  const common = {
    datasource: { type: PLUGIN_ID, uid },
    version: QUERY_VERSION,
    targets: instance === '' ? {} : { names: [instance] },
  };
  const load: MetricsQuery = {
    ...common,
    refId: 'A',
    queryType: 'metrics',
    section: 'Derived',
    fields: ['ops_per_second'],
  };
  const slowlog: LogsQuery = { ...common, refId: 'B', queryType: 'logs', source: 'slowlog' };
  const events: LogsQuery = { ...common, refId: 'C', queryType: 'logs', source: 'events' };
  const range = { from: String(timeMs - AROUND_MS), to: String(timeMs + AROUND_MS) };
  const panes = JSON.stringify({ vitals: { datasource: uid, queries: [load, slowlog, events], range } });
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(panes)}`;
}
