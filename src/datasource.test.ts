import { firstValueFrom } from 'rxjs';
import { type DataFrame, type DataQueryRequest, dateTime, LoadingState } from '@grafana/data';
import type { VitalsDataSource } from './datasource';
import failures from './testdata/core/failures.json';
import answers from './testdata/core/query.json';
import catalog from './testdata/shop/catalog.json';
import events from './testdata/shop/events.json';
import clients from './testdata/shop/table-clients.json';
import replication from './testdata/shop/table-replication.json';
import slowlog from './testdata/shop/table-slowlog.json';
import { newDataSource, NOW_MS, requestOf } from './testing/datasource';
import { type Asked, fakeBackend, type FakeBackend } from './testing/fake-backend';
import { fakeTemplates } from './testing/fake-templates';
import { recordedStream } from './testing/recorded-stream';
import type { MetricsQuery, VitalsQuery } from './types';

const memory: MetricsQuery = {
  refId: 'A',
  version: 1,
  queryType: 'metrics',
  section: 'Memory',
  fields: ['used_memory'],
};
const wrong: MetricsQuery = { ...memory, refId: 'B', section: undefined, fields: ['no_such_field'] };
const operations: MetricsQuery = { ...memory, refId: 'C', section: 'Derived', fields: ['ops_per_second'] };

let backend: FakeBackend;
let datasource: VitalsDataSource;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('catalog', catalog);
  backend.answer('query', answers);
  backend.answer('events', events);
  backend.answer('table', ({ data }: Asked) => {
    const { table } = data as { readonly table: string };
    return { clients, slowlog, replication }[table] ?? { status: 'success', columns: [], notices: [] };
  });
  fakeTemplates({ instance: { value: ['cache-1', 'cache-2'], multi: true }, none: { value: [], multi: true } });
  datasource = newDataSource();
});

function run(targets: VitalsQuery[], more?: Partial<DataQueryRequest<VitalsQuery>>) {
  return firstValueFrom(datasource.query(requestOf(targets, more)));
}

function asked(path: string) {
  return backend.asked.filter((one) => one.path === path).map(({ data }) => data);
}

function refIds(frames: DataFrame[]) {
  return [...new Set(frames.map(({ refId }) => refId))];
}

describe('metrics', () => {
  it('of one time range are one request, and each fails alone', async () => {
    const { data, errors, state } = await run([memory, wrong, operations]);
    expect(asked('query')).toEqual([
      {
        from: NOW_MS - 900_000,
        to: NOW_MS,
        maxDataPoints: 900,
        queries: [
          { refId: 'A', section: 'Memory', fields: ['used_memory'], targets: {} },
          { refId: 'B', fields: ['no_such_field'], targets: {} },
          { refId: 'C', section: 'Derived', fields: ['ops_per_second'], targets: {} },
        ],
      },
    ]);
    expect(refIds(data)).toEqual(['A', 'C']);
    expect(errors).toEqual([{ refId: 'B', message: expect.stringContaining('there is no field `no_such_field`') }]);
    expect(state).toBe(LoadingState.Error);
  });

  it('with a time shift ask for another time, and draw it at this one', async () => {
    const { data } = await run([memory, { ...operations, timeShift: '1d' }]);
    expect(asked('query')).toMatchObject([
      { to: NOW_MS, queries: [{ refId: 'A' }] },
      { from: NOW_MS - 900_000 - 86_400_000, to: NOW_MS - 86_400_000, queries: [{ refId: 'C' }] },
    ]);
    const times = data.map((frame: DataFrame) => frame.fields[0]?.values[0] as number);
    const firstOf = answers.results.C.times?.[0] ?? NaN;
    expect(times).toEqual([answers.results.A.times?.[0], firstOf + 86_400_000]);
  });

  it('honour the least interval of the panel, and leave the rest to the collector', async () => {
    await run([memory], { intervalMs: 60_000 });
    await run([memory], { intervalMs: 50, maxDataPoints: 20_000 });
    expect(asked('query')).toMatchObject([{ step: 60_000 }, { maxDataPoints: 11_000 }]);
    expect(asked('query')[1]).not.toHaveProperty('step');
  });

  it('whose input is wrong say so beside those that are right', async () => {
    const { data, errors } = await run([memory, { ...operations, timeShift: 'yesterday' }]);
    expect(refIds(data)).toEqual(['A']);
    expect(errors).toMatchObject([{ refId: 'C', message: expect.stringContaining('yesterday is no duration') }]);
  });

  it('that the collector cannot answer at all have its reason each', async () => {
    backend.answer('query', failures.historyOff.body, failures.historyOff.status);
    const { data, errors } = await run([memory, operations]);
    expect(data).toEqual([]);
    const message = 'The history is off: set `history.enabled: true` in the configuration.';
    expect(errors).toEqual([
      { refId: 'A', message, status: 503 },
      { refId: 'C', message, status: 503 },
    ]);
  });

  it('do without the catalogue', async () => {
    backend.answer('catalog', '', 502);
    expect((await run([memory])).errors).toBeUndefined();
  });
});

it('runs queries of all types beside each other, and puts frames in their order', async () => {
  const { data, errors } = await run([
    { refId: 'T', version: 1, queryType: 'topology' },
    { refId: 'E', version: 1, queryType: 'events', kinds: ['restart'], limit: 5 },
    { refId: 'S', version: 1, queryType: 'logs', source: 'slowlog' },
    { refId: 'L', version: 1, queryType: 'logs', source: 'events' },
    memory,
    { refId: 'K', version: 1, queryType: 'table', table: 'clients', groupBy: 'name' },
  ]);
  expect(errors).toBeUndefined();
  expect(refIds(data)).toEqual(['T', 'E', 'S', 'L', 'A', 'K']);
  expect(asked('events')).toContainEqual(
    expect.objectContaining({ from: NOW_MS - 900_000, to: NOW_MS, kinds: ['restart'], limit: 5 })
  );
  expect(asked('table')).toContainEqual({ table: 'clients', groupBy: 'name', targets: {} });
  expect(asked('table')).toContainEqual(expect.objectContaining({ table: 'slowlog', to: NOW_MS }));
});

it('fails a table alone', async () => {
  backend.answer('table', '', 504);
  const { data, errors } = await run([{ refId: 'K', version: 1, queryType: 'table', table: 'clients' }, memory]);
  expect(refIds(data)).toEqual(['A']);
  expect(errors).toMatchObject([{ refId: 'K', status: 504, message: expect.stringContaining('took too long') }]);
});

describe('what a dashboard adds', () => {
  it('is the values of its variables', async () => {
    await run([{ ...memory, targets: { names: ['$instance'] } }]);
    expect(asked('query')).toMatchObject([{ queries: [{ targets: { names: ['cache-1', 'cache-2'] } }] }]);
  });

  it('is nothing where its variables choose no target', async () => {
    expect(await run([{ ...memory, targets: { names: ['$none'] } }])).toEqual({ data: [], state: LoadingState.Done });
    expect(backend.asked).toEqual([]);
  });

  it('is its filters', async () => {
    const filters = [
      { key: 'env', operator: '=', value: 'prod' },
      { key: 'cmd', operator: '=', value: 'get' },
    ];
    await run([memory], { filters });
    expect(asked('query')).toMatchObject([
      {
        queries: [
          {
            targets: { labels: [{ label: 'env', op: '=', value: 'prod' }] },
            labels: [{ label: 'cmd', op: '=', value: 'get' }],
          },
        ],
      },
    ]);
    expect(asked('catalog')).toHaveLength(1);
  });

  it('comes along to Explore', () => {
    const query = { ...memory, targets: { names: ['$instance'] } };
    expect(
      datasource.interpolateVariablesInQueries([query], {}, [{ key: 'instance', operator: '=', value: 'a' }])
    ).toEqual([
      expect.objectContaining({
        targets: { names: ['cache-1', 'cache-2'], labels: [{ label: 'instance', op: '=', value: 'a' }] },
        datasource: { type: 'redisvitals-redis-datasource', uid: 'vitals' },
      }),
    ]);
  });
});

it('leaves out what is hidden, and what asks for nothing', async () => {
  const { data } = await run([
    { ...memory, hide: true },
    { ...memory, fields: [] },
  ]);
  expect(data).toEqual([]);
  expect(backend.asked).toEqual([]);
});

it('asks for the catalogue once for many panels', async () => {
  await Promise.all([run([memory]), run([operations]), datasource.catalog()]);
  expect(asked('catalog')).toHaveLength(1);
});

it('cancels what a panel does not wait for any more', async () => {
  const states: unknown[] = [];
  datasource
    .query(requestOf([memory]))
    .subscribe((state) => states.push(state))
    .unsubscribe();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(states).toEqual([]);
});

describe('live', () => {
  const live: MetricsQuery = { ...memory, live: true, targets: { names: ['cache-1'] } };

  it('goes on, beside what does not', async () => {
    const states: Array<{ state?: LoadingState; frames: DataFrame[] }> = [];
    const panel = datasource
      .query(requestOf([live, operations]))
      .subscribe(({ data, state }) => states.push({ state, frames: data as DataFrame[] }));
    await new Promise((resolve) => setTimeout(resolve, 80));
    const [history, next] = recordedStream;
    backend.streams[0]?.write(history);
    backend.streams[0]?.write(next);
    expect(states.map(({ state, frames }) => [state, refIds(frames)])).toEqual([
      [LoadingState.Streaming, ['A', 'C']],
      [LoadingState.Streaming, ['A', 'C']],
    ]);
    const lengths = states.map(({ frames }) => frames[0]?.length ?? 0);
    expect(lengths[1]).toBeGreaterThanOrEqual(lengths[0] ?? 0);

    const again: unknown[] = [];
    const refreshed = datasource.query(requestOf([live])).subscribe((state) => again.push(state));
    expect(again).toHaveLength(1);
    backend.streams[0]?.fail(502, '');
    [panel, refreshed].forEach((subscription) => subscription.unsubscribe());
  });

  it.each([
    ['a time that has ended', { range: { ...requestOf([]).range, raw: { from: dateTime(0), to: dateTime(1) } } }, live],
    ['another time', {}, { ...live, timeShift: '1h' }],
  ])('is not for %s', async (_name, more, query) => {
    expect((await run([query], more)).state).toBe(LoadingState.Done);
    expect(backend.streams).toEqual([]);
  });
});

it('draws events as annotations', async () => {
  const { annotations } = datasource;
  const query = annotations.prepareQuery?.({
    name: 'Events',
    enable: true,
    iconColor: 'red',
    target: { refId: 'Anno', ...annotations.getDefaultQuery?.() } as VitalsQuery,
  });
  expect(query).toMatchObject({ queryType: 'events', kinds: expect.arrayContaining(['restart', 'failover']) });
  const { data } = await run([query!]);
  const fields = (data as DataFrame[]).flatMap((frame) => frame.fields.map(({ name }) => name));
  expect(fields).toEqual(expect.arrayContaining(['time', 'timeEnd', 'text', 'title', 'tags']));
});
