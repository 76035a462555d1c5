import type { ErrorAnswer, QuerySuccess, SeriesAnswer } from '../../server/api/contract';
import { recordedStream } from '../testing/recorded-stream';
import { mergeAnswer } from './merge';

function series(cmd: string, values: Array<number | null>): SeriesAnswer {
  return {
    field: 'calls',
    metric: 'redis_commands_total',
    displayName: 'Commands',
    unit: 'per_second',
    function: 'rate',
    labels: { instance: 'cache-1', cmd },
    values,
  };
}

function answer(times: number[], ...given: SeriesAnswer[]): QuerySuccess {
  return { status: 'success', times, stepMs: 10, series: given, notices: [] };
}

const failure: ErrorAnswer = { status: 'error', errorType: 'bad_data', error: 'there is no field `x`' };

describe('a line of a stream', () => {
  it('adds to what was there, and replaces a bucket that is given again', () => {
    const had = answer([0, 10, 20], series('get', [1, 2, 3]));
    expect(mergeAnswer(had, answer([20, 30], series('get', [5, 6])), 1000)).toEqual(
      answer([0, 10, 20, 30], series('get', [1, 2, 5, 6]))
    );
  });

  it('leaves gaps where a series is new, or gone', () => {
    const had = answer([0, 10], series('get', [1, 2]));
    expect(mergeAnswer(had, answer([20], series('set', [3])), 1000)).toEqual(
      answer([0, 10, 20], series('get', [1, 2, null]), series('set', [null, null, 3]))
    );
  });

  it('drops what is older than the range, and series that have nothing within it', () => {
    const had = answer([0, 10, 20], series('get', [1, null, null]), series('set', [1, 2, 3]));
    expect(mergeAnswer(had, answer([30], series('set', [4])), 20)).toEqual(
      answer([10, 20, 30], series('set', [2, 3, 4]))
    );
  });

  it('after a gap longer than the range leaves nothing of before', () => {
    expect(mergeAnswer(answer([0], series('get', [1])), answer([900], series('get', [2])), 100)).toEqual(
      answer([900], series('get', [2]))
    );
  });

  it('without points changes nothing but the notices', () => {
    const had = answer([0], series('get', [1]));
    expect(mergeAnswer(had, answer([]), 1000)).toEqual(had);
  });

  it.each([
    ['an error', failure, answer([0], series('get', [1]))],
    ['what comes after an error', answer([0], series('get', [1])), failure],
    ['an instant', { ...answer([5], series('get', [1])), stepMs: 0 }, { ...answer([4]), stepMs: 0 }],
    ['another step', { ...answer([5], series('get', [1])), stepMs: 5 }, answer([0, 10], series('get', [1, 2]))],
  ])('replaces all with %s', (_name, came, had) => {
    expect(mergeAnswer(had, came, 1000)).toBe(came);
  });

  it('keeps a recorded stream whole: as long as its range, no time twice, the newest values', () => {
    const [history, ...lines] = recordedStream.map(({ results }) => results['q1'] as QuerySuccess);
    const merged = lines.reduce<QuerySuccess>(
      (had, came) => mergeAnswer(had, came, 10_000) as QuerySuccess,
      history as QuerySuccess
    );
    const { times, series: all, stepMs } = merged;
    expect(times).toEqual(times.map((_time, at) => (times[0] ?? 0) + at * stepMs));
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(10_000);
    expect(all).toHaveLength(1);
    expect(all[0]?.values).toHaveLength(times.length);
    expect(all[0]?.values.at(-1)).toBe(lines.at(-1)?.series[0]?.values.at(-1));
  });
});
