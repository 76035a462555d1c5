import {
  FieldType,
  applyFieldOverrides,
  colorManipulator,
  createTheme,
  formattedValueToString,
  type DataFrame,
  type Field,
} from '@grafana/data';
import type { TableAnswer, TableName } from '../../server/api/contract';
import { clientsByAddressTable, linkDownTable, tables } from '../testdata/shop';
import { QUERY_VERSION, type TableQuery } from '../types';
import { tableFrame } from './tables';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals' };

function frameOf(table: TableName, answer: TableAnswer = tables[table]): DataFrame {
  const query: TableQuery = { refId: 'A', version: QUERY_VERSION, queryType: 'table', table };
  return tableFrame(query, answer, context);
}

function fieldOf(frame: DataFrame, name: string): Field {
  const field = frame.fields.find((one) => one.name === name);
  if (field === undefined) {
    throw new Error(`no field ${name}`);
  }
  return field;
}

/** Text and colour of cells, as Grafana's table draws them. */
function drawn(frame: DataFrame, name: string): Array<readonly [string, string | undefined]> {
  const theme = createTheme();
  const fieldConfig = { defaults: {}, overrides: [] };
  const [overridden] = applyFieldOverrides({ data: [frame], fieldConfig, replaceVariables: (text) => text, theme });
  const { values, display } = fieldOf(overridden!, name);
  const named = ['green', 'orange', 'red', 'blue', 'purple'];
  const nameOf = (color: string | undefined) =>
    named.find((one) => theme.visualization.getColorByName(one) === color) ??
    (color === colorManipulator.asHexString(theme.colors.text.primary) ? 'text' : color);
  return values.map((value) => [formattedValueToString(display!(value)), nameOf(display!(value).color)]);
}

describe('tableFrame', () => {
  it.each(Object.keys(tables) as TableName[])('has the columns of the table %s', (table) => {
    const { columns, notices } = tables[table];
    const { refId, fields, length, meta } = frameOf(table);
    expect([refId, length]).toEqual(['A', columns[0]!.values.length]);
    expect(fields.map(({ name, config, values }) => [name, config.displayNameFromDS, values])).toEqual(
      columns.map(({ name, title, values }) => [name, title, values])
    );
    expect(meta).toEqual({
      preferredVisualisationType: 'table',
      executedQueryString: `table of ${table}`,
      notices,
    });
  });

  it('has times, numbers and texts', () => {
    const { fields } = frameOf('slowlog');
    const types = Object.fromEntries(fields.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ time: FieldType.time, duration: FieldType.number, command: FieldType.string });
    expect(fieldOf(frameOf('config'), 'differs').type).toBe(FieldType.boolean);
  });

  it.each<[TableName, string, string | undefined]>([
    ['slowlog', 'duration', 'µs'],
    ['slowlog', 'size', 'bytes'],
    ['slowlog', 'id', undefined],
    ['clients', 'age', 's'],
    ['clients', 'total_memory', 'bytes'],
    ['clients', 'db', undefined],
    ['keyspace', 'keys', 'locale'],
    ['keyspace', 'hit_ratio', 'percentunit'],
    ['keyspace', 'hits_per_second', 'cps'],
    ['targets', 'poll_duration', 'ms'],
    ['targets', 'last_poll', undefined],
    ['info', 'shop-master', undefined],
  ])('gives the unit of %s, %s', (table, column, unit) => {
    expect(fieldOf(frameOf(table), column).config.unit).toBe(unit);
  });

  it('colours states', () => {
    expect(drawn(frameOf('targets'), 'state')).toEqual([
      ...Array.from({ length: 4 }, () => ['up', 'green']),
      ['down', 'red'],
    ]);
    expect(drawn(frameOf('replication', linkDownTable), 'link').slice(1)).toEqual([
      ['up', 'green'],
      ['down', 'red'],
    ]);
  });

  it('colours roles', () => {
    expect(drawn(frameOf('targets'), 'role').slice(0, 4)).toEqual([
      ['master', 'blue'],
      ...Array.from({ length: 2 }, () => ['slave', 'purple']),
      ['sentinel', 'text'],
    ]);
  });

  it.each(['memory_used_ratio', 'hit_ratio'])('has a bar of up to 100 % for %s of targets', (name) => {
    const answer: TableAnswer = {
      status: 'success',
      columns: [{ name, title: name, type: 'number', unit: 'ratio', values: [0.5] }],
      notices: [],
    };
    const bar = { min: 0, max: 1, unit: 'percentunit', custom: { cellOptions: { type: 'gauge' } } };
    expect(fieldOf(frameOf('targets', answer), name).config).toMatchObject(bar);
  });

  it('colours what takes long', () => {
    expect(drawn(frameOf('slowlog'), 'duration')).toEqual([
      ['935 µs', 'text'],
      ['202 µs', 'text'],
      ['974 µs', 'text'],
      ['1.09 ms', 'text'],
      ['10.1 ms', 'text'],
      ['135 ms', 'orange'],
      ['13.3 ms', 'text'],
    ]);
  });

  it('says where settings differ', () => {
    const frame = frameOf('config');
    const row = fieldOf(frame, 'setting').values.indexOf('maxmemory');
    expect(drawn(frame, 'differs')[row]).toEqual(['differs', 'orange']);
    expect(drawn(frame, 'differs')).toContainEqual(['same', 'text']);
  });

  it('has room for times', () => {
    expect(fieldOf(frameOf('slowlog'), 'time').config.custom).toMatchObject({ width: 200 });
  });

  it.each(['p50', 'p99', 'p99_9'])('does not say 0.001 µs of %s, which was too short to be measured', (name) => {
    const values = [0.001, 1.003, null];
    const columns = [{ name, title: name, type: 'number' as const, unit: 'microseconds' as const, values }];
    const shown = drawn(frameOf('commands', { status: 'success', columns, notices: [] }), name);
    expect(shown.map(([text]) => text)).toEqual(['< 1 µs', '1.00 µs', '']);
  });

  it('has no bar for the hit ratio of databases, most of which have none', () => {
    expect(fieldOf(frameOf('keyspace'), 'hit_ratio').values).toContain(null);
    expect(fieldOf(frameOf('keyspace'), 'hit_ratio').config.custom).toBeUndefined();
  });

  it('has a bar for rates and counts', () => {
    expect(fieldOf(frameOf('commands'), 'calls_per_second').config).toMatchObject({
      min: 0,
      custom: { cellOptions: { type: 'gauge' } },
    });
    expect(fieldOf(frameOf('clients', clientsByAddressTable), 'clients').config).toMatchObject({
      min: 0,
      unit: 'locale',
    });
  });

  it('lets dashboards be filtered by instance', () => {
    const filterable = (table: TableName) =>
      frameOf(table)
        .fields.filter(({ config }) => config.filterable === true)
        .map(({ name }) => name);
    expect([filterable('clients'), filterable('info')]).toEqual([['instance'], []]);
  });

  it('leaves a target alone that is called like a column', () => {
    const values = ['1'];
    const answer: TableAnswer = {
      status: 'success',
      columns: [{ name: 'section', title: 'section', type: 'string', values }],
      notices: [],
    };
    expect(frameOf('info', answer).fields[0]!.config).toEqual({
      displayNameFromDS: 'section',
      custom: { filterable: true },
    });
  });

  it('is empty without columns', () => {
    expect(frameOf('cluster', { status: 'success', columns: [], notices: [] })).toMatchObject({
      fields: [],
      length: 0,
    });
  });
});
