import { applyFieldOverrides, createTheme, type DataFrame, type ScopedVars } from '@grafana/data';
import { tables } from '../testdata/shop';
import { QUERY_VERSION } from '../types';
import { tableFrame } from './tables';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals', instanceDashboardUid: 'one' };
const [RAW, INSTANCE] = ['${__value.raw}', '${__data.fields.instance}'];

/** Grafana's own, as far as the links here need it. */
function replaceVariables(text: string, vars: ScopedVars = {}): string {
  const { field, rowIndex: row = -1, frame } = vars['__dataContext']?.value ?? {};
  const instance = (frame as DataFrame | undefined)?.fields.find(({ name }) => name === 'instance')?.values[row];
  return text
    .replaceAll(RAW, String(field?.values[row]))
    .replaceAll('${__value.raw:percentencode}', encodeURIComponent(String(field?.values[row])))
    .replaceAll(INSTANCE, String(instance));
}

/** The address a cell links to, as Grafana's panels make it. */
function hrefOf(frame: DataFrame, name: string, row: number): string {
  const [drawn] = applyFieldOverrides({
    data: [frame],
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables,
    theme: createTheme(),
  });
  const [link] = drawn!.fields.find((field) => field.name === name)!.getLinks!({ valueRowIndex: row });
  return link!.href;
}

const slowlog = () =>
  tableFrame({ refId: 'A', version: QUERY_VERSION, queryType: 'table', table: 'slowlog' }, tables.slowlog, context);

it('leads from a time to Explore, some minutes before and after, for the instance of the row', () => {
  const frame = slowlog();
  const row = frame.length - 1;
  const timeMs = Number(frame.fields.find(({ name }) => name === 'time')!.values[row]);
  const url = new URL(hrefOf(frame, 'time', row), 'http://grafana');
  expect([url.pathname, url.searchParams.get('schemaVersion')]).toEqual(['/explore', '1']);
  const { vitals } = JSON.parse(url.searchParams.get('panes')!);
  expect(vitals).toMatchObject({
    datasource: 'vitals',
    range: { from: String(timeMs - 300_000), to: String(timeMs + 300_000) },
    queries: [
      { refId: 'A', queryType: 'metrics', section: 'Derived', fields: ['ops_per_second'] },
      { refId: 'B', queryType: 'logs', source: 'slowlog' },
      { refId: 'C', queryType: 'logs', source: 'events' },
    ],
  });
  for (const query of vitals.queries) {
    expect(query).toMatchObject({
      version: QUERY_VERSION,
      targets: { names: ['shop-master'] },
      datasource: { uid: 'vitals' },
    });
  }
});

it('leads from an instance to its dashboard', () => {
  expect(hrefOf(slowlog(), 'instance', 0)).toBe('/d/one?var-instance=shop-replica-2&${__url_time_range}');
});
