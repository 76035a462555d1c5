import { expect, test as base, type DataSourceSettings } from '@grafana/plugin-e2e';
import type { MetricsQuery, TableQuery } from '../../src/types';
import plugin from '../../src/plugin.json';

export { expect };
export const PLUGIN_ID = plugin.id;
export const COLLECTOR_URL = process.env.COLLECTOR_URL ?? 'http://localhost:9121';

export const METRICS_TITLE = 'Operations';
export const TABLE_TITLE = 'Targets';

interface Fixtures {
  /** A data source of the collector. */
  readonly vitals: DataSourceSettings;
  /** UID of a dashboard with a panel of metrics, one of a table, and events as annotations. */
  readonly dashboardUid: string;
}

type Saved<Query> = Omit<Query, 'refId'> & { refId: 'A' };

const METRICS: Saved<MetricsQuery> = {
  refId: 'A',
  version: 1,
  queryType: 'metrics',
  section: 'Derived',
  fields: ['ops_per_second'],
};
const TABLE: Saved<TableQuery> = { refId: 'A', version: 1, queryType: 'table', table: 'targets' };

export const test = base.extend<Fixtures>({
  vitals: async ({ createDataSource, grafanaAPIClient }, use) => {
    const source = await createDataSource({
      type: PLUGIN_ID,
      name: 'Redis Vitals (e2e)',
      access: 'proxy',
      url: COLLECTOR_URL,
    });
    await use(source);
    await grafanaAPIClient.deleteDataSourceByUID(source.uid);
  },
  dashboardUid: async ({ request, vitals }, use) => {
    const dashboard = dashboardOf({ type: PLUGIN_ID, uid: vitals.uid });
    const saved = await request.post('/api/dashboards/db', { data: { dashboard, overwrite: true } });
    expect(saved.ok(), await saved.text()).toBe(true);
    await use(dashboard.uid);
    await request.delete(`/api/dashboards/uid/${dashboard.uid}`);
  },
});

function dashboardOf(datasource: { readonly type: string; readonly uid: string }) {
  const panel = (id: number, type: string, title: string, query: object) => ({
    id,
    type,
    title,
    datasource,
    gridPos: { x: 0, y: 8 * id, w: 24, h: 8 },
    targets: [{ ...query, datasource }],
  });
  return {
    id: null,
    uid: 'redis-vitals-e2e',
    title: 'Redis Vitals (e2e)',
    schemaVersion: 42,
    time: { from: 'now-15m', to: 'now' },
    panels: [panel(1, 'timeseries', METRICS_TITLE, METRICS), panel(2, 'table', TABLE_TITLE, TABLE)],
    annotations: {
      list: [
        {
          name: 'Events',
          enable: true,
          iconColor: 'red',
          datasource,
          target: { refId: 'Anno', version: 1, queryType: 'events' },
        },
      ],
    },
  };
}
