import { latencystats } from '../../server/collectors/latencystats';
import type { FamilyDescriptor, FamilyType } from '../../server/model/family';
import type { SampleSet, Series } from '../../server/model/samples';
import { recordedMix, toRecording, withoutCollectors, type Recording } from './recorded';

function series(field: string, type: FamilyType): Series {
  const source = { command: 'INFO', field };
  const family: FamilyDescriptor = { name: `redis_${field}`, type, unit: 'none', help: '', labelNames: [], source };
  return { family, part: '', labels: [] };
}

const memory = series('used_memory', 'gauge');
const commands = series('total_commands_processed', 'counter');
const cpu = series('used_cpu_user', 'counter');

function recording(all: readonly Series[], ...polls: number[][]): Recording {
  return { series: all, polls: polls.map((values) => Float64Array.from(values)) };
}

/** What a target's polls give, one after another. */
function valuesOf(recorded: Recording, polls: number, target = 0): number[][] {
  const mix = recordedMix(recorded);
  const next = mix.start(target + 1);
  const values = new Float64Array(mix.layout.series.length);
  return Array.from({ length: polls }, () => {
    next(target, values);
    return [...values];
  });
}

describe('recordedMix', () => {
  it('lets a counter go on where it ended, with the steps it made', () => {
    const values = valuesOf(recording([commands], [10], [11], [15], [16]), 8);
    expect(values.flat()).toEqual([10, 11, 15, 16, 17, 21, 22, 23]);
  });

  it('lets a gauge go forwards and backwards, without a jump', () => {
    const values = valuesOf(recording([memory], [1], [2], [3], [4]), 8);
    expect(values.flat()).toEqual([1, 2, 3, 4, 3, 2, 1, 2]);
  });

  it('makes up no decimals', () => {
    const values = valuesOf(recording([cpu], [0.1], [0.2], [0.4]), 7);
    expect(values.flat()).toEqual([0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 1]);
  });

  it('leaves a counter that fell as it was', () => {
    expect(valuesOf(recording([commands], [5], [6], [1]), 4).flat()).toEqual([5, 6, 5, 6]);
  });

  it('begins elsewhere for each target', () => {
    const polls = Array.from({ length: 101 }, (_, at) => [at]);
    expect(valuesOf(recording([memory], ...polls), 2, 1).flat()).toEqual([37, 38]);
  });

  it('takes some of the series', () => {
    const some = recordedMix(recording([cpu, commands, memory], [1, 2, 3], [1, 2, 3]), 2);
    const values = new Float64Array(2);
    some.start(1)(0, values);
    expect(some.layout.series).toEqual([memory, commands]);
    expect([...values]).toEqual([3, 2]);
  });
});

describe('toRecording', () => {
  const poll = (all: readonly Series[], ...values: number[]): SampleSet => ({
    layout: { series: all },
    values: Float64Array.from(values),
  });

  it('keeps the series that are in all polls', () => {
    const polls = [poll([memory, cpu, commands], 1, 2, 3), poll([commands, memory], 4, 5)];
    expect(toRecording(polls).series).toEqual([memory, commands]);
  });

  it('keeps each value with its series, whatever their order', () => {
    const polls = [poll([memory, cpu, commands], 1, 2, 3), poll([commands, memory], 4, 5)];
    expect(toRecording(polls).polls.map((values) => [...values])).toEqual([
      [1, 3],
      [5, 4],
    ]);
  });

  it('refuses nothing', () => {
    expect(() => toRecording([])).toThrow('nothing was recorded');
  });
});

describe('withoutCollectors', () => {
  it('leaves out their series and values', () => {
    const latency: Series = { family: latencystats.families[0]!, part: '', labels: ['get', '0.5'] };
    const left = withoutCollectors(recording([latency, memory], [1, 2], [3, 4]), ['latencystats']);
    expect(left).toEqual(recording([memory], [2], [4]));
  });
});
