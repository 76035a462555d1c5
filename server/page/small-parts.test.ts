import type { EventAnswer } from '../api/contract.ts';
import { valueRange } from './axis-range.ts';
import { markNear, marksOf } from './marks.ts';
import { backoffMs, pause } from './pause.ts';
import type { ChartSeries } from './series-data.ts';
import { lineNames } from './series-names.ts';
import { slowRows } from './slow-rows.ts';
import { totalOf } from './totals.ts';
import { clampWindow, rangeNamed, shownWindow, windowOf } from './view.ts';

describe('the axis of values', () => {
  it.each([
    ['nothing', null, null, 'bytes', 1024, [0, 1024]],
    ['zeros', 0, 0, 'per_second', 1, [0, 1]],
    ['values', 100, 200, 'bytes', 1, [0, 220]],
    ['a value that falls', -100, 100, 'bytes_per_second', 1, [-110, 110]],
    ['ratios', 0.3, 0.8, 'ratio', 1, [0, 1]],
    ['good ratios', 0.95, 0.97, 'ratio', 1, [0.9, 1]],
    ['perfect ones', 1, 1, 'ratio', 1, [0.99, 1]],
    ['a ratio of nothing', 0, 0, 'ratio', 1, [0, 1]],
  ] as const)('has room for %s', (_, least, greatest, unit, leastTop, range) => {
    const [from, to] = valueRange(least, greatest, unit, leastTop);
    expect(from).toBeCloseTo(range[0]);
    expect(to).toBeCloseTo(range[1]);
  });
});

describe('marks', () => {
  const event = (timeMs: number, severity: EventAnswer['severity'], text: string): EventAnswer => ({
    ...{ id: timeMs, timeMs, target: 'a', kind: 'restart', severity, text, details: {} },
  });
  const marks = marksOf([event(100, 'info', 'one'), event(104, 'critical', 'two'), event(300, 'info', 'three')], 10);

  it('are shared by what happened at one spot, in the colour of the worst', () => {
    expect(marks).toEqual([
      { timeMs: 100, severity: 'critical', text: 'one\ntwo' },
      { timeMs: 300, severity: 'info', text: 'three' },
    ]);
  });

  it.each([
    [101, 'one\ntwo'],
    [295, 'three'],
    [200, undefined],
  ])('near %d: %s', (timeMs, text) => expect(markNear(marks, timeMs, 5)?.text).toBe(text));
});

describe('waiting', () => {
  it.each([
    [1, 0.5, 1000],
    [3, 0.5, 4000],
    [20, 0.5, 30_000],
    [1, 0, 800],
    [1, 1, 1200],
  ])('after %d failures (chance %d) takes %d ms', (failures, chance, ms) => {
    expect(backoffMs(failures, chance)).toBe(ms);
  });

  it('ends when it is aborted, or was before', async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort();
    await expect(Promise.all([waiting, pause(60_000, controller.signal)])).resolves.toHaveLength(2);
  });
});

describe('the time shown', () => {
  it.each([
    ['1 h', 3_600_000],
    ['nonsense', 900_000],
    [null, 900_000],
  ])('%s', (name, ms) => expect(rangeNamed(name)).toBe(ms));

  it('moves while it is live, and stands still otherwise', () => {
    expect(windowOf({ kind: 'live', rangeMs: 10 }, 100)).toEqual({ fromMs: 90, toMs: 100 });
    const window = { fromMs: 1, toMs: 2 };
    expect(windowOf({ kind: 'paused', rangeMs: 10, window }, 100)).toEqual(window);
  });

  it.each([
    ['that has just begun', 980_000, 975_000, 940_000],
    ['that began a while ago', 500_000, 450_000, 500_000],
    ['that is as old', 0, 0, 100_000],
    ['with a gap at its beginning', 500_000, 50_000, 100_000],
    ['without a value', Infinity, Infinity, 940_000],
  ])('leaves out the time before a history %s', (_, firstMs, oldestMs, fromMs) => {
    const view = { kind: 'live', rangeMs: 900_000 } as const;
    expect(shownWindow(view, 1_000_000, firstMs, oldestMs)).toEqual({ fromMs, toMs: 1_000_000 });
    const window = { fromMs: 1, toMs: 2 };
    expect(shownWindow({ ...view, kind: 'zoomed', window }, 1_000_000, firstMs, oldestMs)).toEqual(window);
  });

  it.each([
    ['as it is', [100_000, 200_000], [100_000, 200_000]],
    ['not too short', [100_000, 100_010], [95_005, 105_005]],
    ['not in the future', [900_000, 1_100_000], [800_000, 1_000_000]],
  ] as const)('is %s', (_, [fromMs, toMs], [from, to]) => {
    expect(clampWindow({ fromMs, toMs }, 1_000_000)).toEqual({ fromMs: from, toMs: to });
  });
});

const line = (labels: Record<string, string>, values: (number | null)[], field = 'f'): ChartSeries => ({
  ...{ key: JSON.stringify([field, labels]), field, displayName: `Title of ${field}`, labels, values },
});

describe('lines', () => {
  const replica = { instance: 'a', slave_ip: '10.0.0.1', slave_port: '6379' };
  it.each([
    ['by target', [line({ instance: 'a' }, [])], false, ['a']],
    ['by replica', [line(replica, [])], false, ['a → 10.0.0.1:6379']],
    ['by replica, of one target', [line({ ...replica, slave_ip: 'fd00::1' }, [])], true, ['→ [fd00::1]:6379']],
    ['by field, of one target', [line({}, [], 'f'), line({}, [], 'g')], true, ['Title of f', 'Title of g']],
    ['alone, of one target', [line({}, [])], true, ['Title of f']],
  ])('are named %s', (_, series, isOneTarget, names) => expect(lineNames(series, isOneTarget)).toEqual(names));

  it.each([
    ['sum', 6],
    ['avg', 3],
    ['min', 2],
    ['max', 4],
  ] as const)('make a %s of the first field', (total, value) => {
    const series = [line({}, [1, 2]), line({}, [4]), line({}, [null, null]), line({}, [100], 'g')];
    const data = { unit: 'none', stepMs: 1, timesMs: [1, 2], series } as const;
    expect(totalOf({ total, fields: ['f', 'g'] }, data)).toBe(value);
    expect(totalOf({ total, fields: ['f'] }, { ...data, series: [] })).toBeNull();
  });
});

it('reads the slow log by the names of its columns', () => {
  const column = (name: string, values: (string | number | null)[]) =>
    ({ name, title: name, type: 'string', values }) as const;
  const columns = [
    column('instance', ['a', 'b']),
    column('time', [1, 2]),
    column('duration', [31_547, null]),
    column('size', [null, 4096]),
    column('command', ['config|set', 'get']),
    column('text', ['', 'user:*']),
    column('client_address', ['10.0.0.1:5', '10.0.0.2:6']),
    column('client_name', ['', 'web']),
  ];
  expect(slowRows({ status: 'success', columns, notices: [] })).toEqual([
    {
      instance: 'a',
      timeMs: 1,
      tookMicroseconds: 31_547,
      sizeBytes: undefined,
      text: 'config set',
      client: '10.0.0.1:5',
    },
    { instance: 'b', timeMs: 2, tookMicroseconds: undefined, sizeBytes: 4096, text: 'get user:*', client: 'web' },
  ]);
  expect(slowRows({ status: 'success', columns: [], notices: [] })).toEqual([]);
});
