import type { FamilyType, Unit } from '../../model/family';
import type { PollResult } from '../../model/poll-result';
import { SampleRecorder } from '../../model/sample-recorder';
import { makePoll } from '../../testing/poll-results';
import { sampleValues } from '../../testing/sample-values';
import { momentAt, type Run } from './moment';
import { NO_SLOW_LOG } from './slow-log';
import { Compiled, makeTracks, relabel, replicationRate, withValue, type Track } from './tracks';

const NOW = Date.UTC(2026, 0, 31, 18);
const HOUR = 3_600_000;
const run: Run = { id: 'past', startMs: NOW - 48 * HOUR };

interface Row {
  readonly name: string;
  readonly type?: FamilyType;
  readonly unit?: Unit;
  readonly field?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly part?: '' | '_bucket';
  /** Of the polls, one second after another. */
  readonly values: readonly number[];
}

const families = new Map<string, Parameters<SampleRecorder['add']>[0]>();

function polls(rows: readonly Row[]): PollResult[] {
  return Array.from({ length: rows[0]?.values.length ?? 0 }, (_, poll) => {
    const recorder = new SampleRecorder();
    for (const { name, type = 'gauge', unit = 'none', field = name, labels = {}, part = '', values } of rows) {
      const source = { command: 'INFO', section: unit === 'bytes' ? 'Memory' : 'Stats', field };
      const labelNames = Object.keys(labels).filter((label) => label !== 'le');
      const family = families.get(name) ?? { name, type, unit, help: '', labelNames, source };
      families.set(name, family);
      recorder.add(family, values[poll]!, Object.values(labels), part);
    }
    return { ...makePoll({ atMs: NOW + poll * 1000 }), samples: recorder.finish() };
  });
}

const moment = (atMs: number, of = run) =>
  momentAt(atMs, of, 0, { savedMs: atMs - 10_000, isSaveFailing: false, slow: NO_SLOW_LOG });

/** Of the only series of a family, through a day and a half before now. */
function course(tracks: readonly Track[], name: string): number[] {
  const { at } = tracks.find(({ series }) => series.family.name === name)!;
  return Array.from({ length: 1000 }, (_, step) => at(moment(NOW - 36 * HOUR + step * 130_000)));
}

describe('makeTracks', () => {
  it('has counters grow at the rate that was measured, never backwards, and in whole numbers', () => {
    const values = course(makeTracks(polls([{ name: 'calls', type: 'counter', values: [100, 150, 200] }])), 'calls');
    expect(values.every((value, at) => Number.isInteger(value) && value >= (values[at - 1] ?? 0))).toBe(true);
    const perSecond = (values.at(-1)! - values[0]!) / (999 * 130);
    expect(perSecond).toBeGreaterThan(25);
    expect(perSecond).toBeLessThan(120);
  });

  it.each<[string, Row, (values: number[]) => boolean]>([
    ['what never changes stays', { name: 'limit', values: [7, 7, 7] }, (values) => values.every((one) => one === 7)],
    [
      'what sways stays near its middle, and is not negative',
      { name: 'keys', values: [90, 100, 110] },
      (values) => Math.min(...values) >= 85 && Math.max(...values) <= 115 && new Set(values).size > 10,
    ],
    [
      'memory stays below what was seen last',
      { name: 'used', unit: 'bytes', values: [900_000, 990_000, 1_000_000] },
      (values) => Math.max(...values) <= 1_000_000 && Math.min(...values) >= 960_000,
    ],
    [
      'a counter that stands still stays',
      { name: 'rejected', type: 'counter', values: [3, 3, 3] },
      (values) => values.every((one) => one === 3),
    ],
    [
      'a rare command grows although none was seen',
      { name: 'cmd', type: 'counter', labels: { cmd: 'eval' }, values: [1, 1, 1] },
      (values) => values.at(-1)! > 2000,
    ],
    [
      'what goes with the traffic waxes and wanes',
      { name: 'ops', field: 'instantaneous_ops_per_sec', values: [100, 100, 100] },
      (values) => Math.max(...values) > 1.5 * Math.min(...values) && Math.min(...values) > 0,
    ],
    [
      'uptime is that of the run',
      { name: 'redis_uptime_in_seconds', values: [1, 2, 3] },
      (values) => values[0] === 12 * 3600,
    ],
    [
      'decimals keep six digits',
      { name: 'cpu', type: 'counter', values: [0.1, 0.2, 0.31] },
      (values) => values.every((one) => `${one}`.length <= 16 && one > 0),
    ],
  ])('%s', (_, row, holds) => {
    const values = course(makeTracks(polls([row])), row.name);
    expect(holds(values) ? [] : values).toEqual([]);
  });

  it('keeps the buckets of a histogram in order', () => {
    const bucket = (le: string, values: number[]): Row => ({
      name: 'usec',
      type: 'histogram',
      part: '_bucket',
      labels: { cmd: 'get', le },
      values,
    });
    const tracks = makeTracks(polls([bucket('1', [0, 5, 9]), bucket('2', [0, 8, 20]), bucket('+Inf', [0, 9, 21])]));
    for (let ms = NOW - HOUR; ms < NOW; ms += 61_000) {
      const values = tracks.map(({ at }) => at(moment(ms)));
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });
});

describe('replicationRate', () => {
  it('is that of masters', () => {
    const [first, last] = polls([{ name: 'offset', field: 'master_repl_offset', values: [0, 1000] }]);
    expect(replicationRate([first!, last!])).toBeGreaterThan(100);
    expect(replicationRate([first!, { ...last!, facts: { ...last!.facts!, role: 'slave' } }])).toBe(0);
  });
});

describe('Compiled', () => {
  const counting = (rate: number) =>
    makeTracks(
      polls([
        { name: 'calls', type: 'counter', values: [0, rate] },
        { name: 'limit', values: [rate, rate] },
      ])
    );

  it('goes on from what was before, where something is counted', () => {
    const [before, after] = [new Compiled(counting(100)), new Compiled(counting(10))];
    const at = moment(NOW - HOUR);
    after.goOnFrom(before.samplesAt(at), at);
    expect(sampleValues({ samples: after.samplesAt(at) }, 'calls')).toEqual(
      sampleValues({ samples: before.samplesAt(at) }, 'calls')
    );
    expect(sampleValues({ samples: after.samplesAt(at) }, 'limit')).toEqual({ '': 10 });
    expect(sampleValues({ samples: after.samplesAt(moment(NOW)) }, 'calls')['']).toBeGreaterThan(
      sampleValues({ samples: after.samplesAt(at) }, 'calls')['']!
    );
  });
});

describe('relabel and withValue', () => {
  const tracks = makeTracks(
    polls([
      { name: 'link', labels: { master: '127.0.0.1:7001', port: '7001' }, values: [1, 1] },
      { name: 'sizes', type: 'histogram', part: '_bucket', labels: { le: '7001' }, values: [1, 2] },
    ])
  );

  it('puts other words into labels, but not into the bounds of buckets', () => {
    const words = new Map([
      ['7001', '7002'],
      ['7002', '7001'],
    ]);
    expect(relabel(tracks, words).map(({ series }) => series.labels)).toEqual([['127.0.0.1:7002', '7002'], ['7001']]);
  });

  it('gives a family another value', () => {
    const changed = withValue(tracks, 'link', () => 0);
    expect(changed.map(({ at }) => at(moment(NOW)) > 0)).toEqual([false, true]);
  });
});
