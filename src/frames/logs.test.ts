import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';
import { events, tables } from '../testdata/shop';
import { QUERY_VERSION, type LogsQuery } from '../types';
import { eventLogsFrame, slowLogFrame } from './logs';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals' };
const query: LogsQuery = { refId: 'A', version: QUERY_VERSION, queryType: 'logs', source: 'slowlog' };
const slow = slowLogFrame(query, tables.slowlog, context);
const happened = eventLogsFrame({ ...query, source: 'events' }, events, context);

const column = ({ fields }: DataFrame, name: string): readonly unknown[] =>
  fields.find((field) => field.name === name)!.values;

describe.each([
  ['slowLogFrame', slow, 'slow log as logs'],
  ['eventLogsFrame', happened, 'events as logs'],
])('%s', (_, frame, text) => {
  it('is of log lines', () => {
    expect(frame.meta).toEqual({
      type: DataFrameType.LogLines,
      typeVersion: [0, 0],
      preferredVisualisationType: 'logs',
      executedQueryString: text,
      notices: [],
    });
    expect(frame.fields.map(({ name, type }) => [name, type])).toEqual([
      ['timestamp', FieldType.time],
      ['body', FieldType.string],
      ['severity', FieldType.string],
      ['id', FieldType.string],
      ['labels', FieldType.other],
    ]);
  });

  it('has the newest first, each with an id of its own', () => {
    const times = column(frame, 'timestamp') as readonly number[];
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(column(frame, 'id')).size).toBe(frame.length);
  });
});

it('says who ran what and how long it took', () => {
  expect(column(slow, 'body')).toEqual([
    'shop-replica-2: lrange orders (935 µs)',
    'shop-replica-2: info (202 µs)',
    'shop-replica-2: command docs (974 µs)',
    'shop-replica-2: eval (1.09 ms)',
    'shop-replica-2: eval (10.1 ms)',
    'shop-master: eval (135 ms)',
    'shop-master: eval (13.3 ms)',
  ]);
  expect(column(slow, 'severity')[5]).toBe('warning');
  expect(new Set(column(slow, 'severity'))).toEqual(new Set(['info', 'warning']));
  expect(column(slow, 'labels')[1]).toEqual({
    instance: 'shop-replica-2',
    log: 'slow',
    command: 'info',
    client_address: '127.0.0.1:38342',
    client_name: 'redis-vitals',
  });
});

it('says which server an event is of', () => {
  const at = column(happened, 'body').indexOf('shop-replica-1: The server restarted; it has been up for 1 s.');
  expect(column(happened, 'severity')[at]).toBe('warning');
  expect(column(happened, 'labels')[at]).toMatchObject({
    instance: 'shop-replica-1',
    kind: 'restart',
    uptimeSeconds: '1',
  });
});
