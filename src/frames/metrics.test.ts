import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';
import { answerTo, catalog } from '../testdata/shop';
import { QUERY_VERSION, type MetricsQuery } from '../types';
import { metricsFrames } from './metrics';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals', catalog };
const query: MetricsQuery = { refId: 'A', version: QUERY_VERSION, queryType: 'metrics', fields: ['used_memory'] };

function frameOf(answer: string, changes: Partial<MetricsQuery> = {}, more: object = {}): DataFrame {
  const [frame, ...others] = metricsFrames({ ...query, ...changes }, answerTo(answer), { ...context, ...more });
  expect(others).toEqual([]);
  return frame!;
}

const names = ({ fields }: DataFrame) => fields.slice(1).map(({ config }) => config.displayNameFromDS);

describe('metricsFrames', () => {
  it('has the times once and a field for each series, whose arrays are those of the answer', () => {
    const answer = answerTo('memory');
    const { fields, length, meta, refId } = frameOf('memory');
    expect([refId, length, fields.length]).toEqual(['A', answer.times.length, answer.series.length + 1]);
    expect(fields[0]).toMatchObject({ name: 'Time', type: FieldType.time, config: { interval: 5000 } });
    expect(fields[0]!.values).toBe(answer.times);
    expect(fields[1]).toMatchObject({ name: 'used_memory', type: FieldType.number, labels: answer.series[0]!.labels });
    expect(fields.slice(1).every((field, at) => field.values === answer.series[at]!.values)).toBe(true);
    expect(meta).toEqual({
      type: DataFrameType.TimeSeriesWide,
      typeVersion: [0, 1],
      preferredVisualisationType: 'graph',
      executedQueryString: 'used_memory',
      notices: [],
    });
  });

  it.each([
    ['instances of one field', 'commands', ['shop-master', 'shop-replica-1', 'shop-replica-2', 'shop-sentinel']],
    ['one series', 'one', ['Used memory']],
    ['fields of one instance', 'several', ['Connected clients', 'Blocked clients']],
    ['labels of an aggregate', 'byEnv', ['prod', 'test']],
    ['an aggregate of everything', 'total', ['Connected clients']],
    ['labels of one instance', 'byCommandOfOne', expect.arrayContaining(['get', 'hset', 'incr'])],
    ['labels beside instances', 'byCommand', expect.arrayContaining(['shop-master get', 'shop-replica-2 hset'])],
    ['a label that one instance has several of', 'link', expect.arrayContaining(['shop-replica-2 7999'])],
    [
      'fields of several instances',
      'memory',
      expect.arrayContaining(['shop-master · Used memory', 'shop-replica-2 · Maxmemory']),
    ],
  ])('names series by what tells them apart: %s', (_, answer, expected) => {
    expect(names(frameOf(answer))).toEqual(expected);
    expect(new Set(names(frameOf(answer))).size).toBe(answerTo(answer).series.length);
  });

  it('leaves labels of targets out without a catalogue, too', () => {
    expect(names(frameOf('commands', {}, { catalog: undefined }))[2]).toBe('shop-replica-2');
  });

  it.each([
    ['{{instance}}: {{ field }}', 'shop-master: Used memory'],
    ['{{function}} of {{metric}} in {{env}}', 'avg of redis_memory_used_bytes in prod'],
    ['memory{{nothing}}', 'memory'],
    ['{{nothing}}', 'Used memory'],
    ['  ', 'Used memory'],
  ])('fills the legend %s', (legend, name) => {
    expect(names(frameOf('one', { legend }))).toEqual([name]);
  });

  it.each([
    ['one', 'bytes'],
    ['network', 'binBps'],
    ['commands', 'cps'],
    ['cpu', 'percentunit'],
    ['ratio', 'percentunit'],
    ['total', 'short'],
    ['saved', 'dateTimeFromNow'],
  ])('gives the unit of %s', (answer, unit) => {
    expect(frameOf(answer).fields[1]!.config.unit).toBe(unit);
  });

  it('makes milliseconds of Unix seconds', () => {
    const seconds = answerTo('saved').series[0]!.values;
    expect(frameOf('saved').fields[1]!.values).toEqual(seconds.map((value) => value && value * 1000));
  });

  it("describes fields with the catalogue's help", () => {
    const { description } = frameOf('one', { section: 'Memory' }).fields[1]!.config;
    const { fields } = catalog.sections.find(({ name }) => name === 'Memory')!;
    expect(description).toBe(fields.find(({ field }) => field === 'used_memory')!.help);
    expect(frameOf('one', {}, { catalog: undefined }).fields[1]!.config).not.toHaveProperty('description');
  });

  it('gives what an instant query has as numbers', () => {
    const { meta, length, fields } = frameOf('instant', { instant: true });
    expect(meta).toMatchObject({ type: DataFrameType.NumericWide, preferredVisualisationType: 'table' });
    expect([length, fields[0]!.config]).toEqual([1, {}]);
  });

  it('links series of an instance to its dashboard', () => {
    const linked = { instanceDashboardUid: 'redis/one' };
    expect(frameOf('one', {}, linked).fields[1]!.config.links).toEqual([
      {
        title: 'Dashboard of ${__field.labels.instance}',
        url: '/d/redis%2Fone?var-instance=${__field.labels.instance:percentencode}&${__url_time_range}',
      },
    ]);
    expect(frameOf('total', {}, linked).fields[1]!.config).not.toHaveProperty('links');
    expect(frameOf('one').fields[1]!.config).not.toHaveProperty('links');
  });

  it('draws the past at the present, dashed and named', () => {
    const { fields } = frameOf('one', { timeShift: '1d' }, { timeShiftMs: 86_400_000 });
    expect(fields[0]!.values[0]).toBe(answerTo('one').times[0]! + 86_400_000);
    expect(fields[1]!.config).toMatchObject({
      displayNameFromDS: 'Used memory (1d earlier)',
      custom: { lineStyle: { fill: 'dash' } },
    });
  });

  it('tells notices, also where there are no series', () => {
    expect(frameOf('byCommand').meta?.notices).toEqual(answerTo('byCommand').notices);
    const notices = [{ severity: 'info' as const, text: 'Nothing.' }];
    const [frame] = metricsFrames(query, { ...answerTo('one'), series: [], notices }, context);
    expect(frame).toMatchObject({ fields: [], length: 0, meta: { notices } });
  });
});
