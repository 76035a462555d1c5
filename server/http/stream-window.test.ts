import type { QueryAnswer } from '../api/contract';
import { errorLine, line, resultsLine, StreamWindow } from './stream-window';

const QUERIES = [{ refId: 'A', fields: ['used_memory'] }];

/** An answer whose queries have these steps; undefined stands for an error. */
function answerOf(...steps: (number | undefined)[]): Buffer {
  const results = steps.map((stepMs, index) => [
    `q${index}`,
    stepMs === undefined
      ? { status: 'error', errorType: 'bad_data', error: 'no "stepMs":5' }
      : { status: 'success', times: [], stepMs, series: [{ labels: { stepMs: '7', '"stepMs":': '9' } }], notices: [] },
  ]);
  return Buffer.from(JSON.stringify({ status: 'success', results: Object.fromEntries(results) as unknown }));
}

const read = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>;

describe('StreamWindow', () => {
  it('asks for everything at first', () => {
    const window = new StreamWindow({ from: 'now-1h', maxDataPoints: 100, queries: QUERIES });
    const { toMs, body } = window.next(5000, Infinity);
    expect(toMs).toBe(5000);
    expect(read(body)).toEqual({ from: 'now-1h', maxDataPoints: 100, queries: QUERIES, to: 5000 });
  });

  it.each([
    ['the last bucket that was given', [1000], 10_500, 10_000, 1000],
    ['the next one, where the last one was whole', [1000], 11_000, 11_000, 1000],
    ['the bucket of a poll that began before', [1000], 8_900, 8_000, 1000],
    ['the earliest of the last buckets of several steps', [1000, 4000], 10_500, 8_000, 1000],
    ['the buckets of a range beside an instant', [0, 1000], 10_500, 10_000, 1000],
    ['the buckets of a range beside an error', [undefined, 1000], 10_500, 10_000, 1000],
  ])('then asks from %s', (_, steps, sinceMs, from, step) => {
    const window = new StreamWindow({ from: 'now-1h', queries: QUERIES });
    const toMs = Math.max(sinceMs, 10_500);
    window.given(answerOf(...steps), toMs);
    expect(read(window.next(12_000, sinceMs).body)).toEqual({ from, step, to: 12_000, queries: QUERIES });
  });

  it.each([
    ['instants', [0]],
    ['errors', [undefined]],
  ])('asks the same again of %s alone', (_, steps) => {
    const window = new StreamWindow({ from: 'now-1h', queries: QUERIES });
    window.given(answerOf(...steps), 10_000);
    expect(read(window.next(12_000, 11_000).body)).toEqual({ from: 'now-1h', to: 12_000, queries: QUERIES });
  });

  it('keeps the step of the first answer that has one', () => {
    const window = new StreamWindow({ from: 'now-1h', step: 1, queries: QUERIES });
    window.given(answerOf(undefined), 10_000);
    window.given(answerOf(2000), 11_000);
    window.given(answerOf(5000), 12_000);
    expect(read(window.next(13_000, 12_500).body)).toMatchObject({ from: 12_000, step: 2000 });
  });

  it('follows a clock that was set back by more than a moment', () => {
    const window = new StreamWindow({ from: 0, queries: QUERIES });
    window.given(answerOf(1000), 7_200_000);
    const first = window.next(3_600_500, 3_598_200);
    expect(read(first.body)).toMatchObject({ from: 3_598_000, to: 3_600_500 });
    window.given(answerOf(1000), first.toMs);
    expect(read(window.next(3_602_000, Infinity).body)).toMatchObject({ from: 3_600_000, to: 3_602_000 });
  });

  it('does not ask backwards of a poll that began before the clock was set back', () => {
    const window = new StreamWindow({ from: 0, queries: QUERIES });
    window.given(answerOf(1000), 7_200_000);
    expect(read(window.next(3_600_500, 7_200_300).body)).toMatchObject({ from: 3_600_000, to: 3_600_500 });
  });

  it('does not turn round with the clock', () => {
    const window = new StreamWindow({ from: 0, queries: QUERIES });
    window.given(answerOf(1000), 10_000);
    expect(read(window.next(3000, 3000).body)).toMatchObject({ from: 3000, to: 10_000 });
  });

  it.each([
    ['a list', [], 'The body must be an object: `{"from": "now-1h", "queries": [...]}`.'],
    ['a text', 'x', 'The body must be an object: `{"from": "now-1h", "queries": [...]}`.'],
    ['nothing', null, 'The body must be an object: `{"from": "now-1h", "queries": [...]}`.'],
    ['an end', { from: 0, to: 1 }, 'to: leave it out, a stream goes on to what is now.'],
  ])('refuses %s', (_, body, message) => {
    expect(() => new StreamWindow(body)).toThrow(message);
  });

  it.each([
    ['that all queries name', [['a'], ['b', 'c']], { a: true, c: true, d: false }],
    ['where a query names none', [['a'], []], { a: true, d: true }],
    ['where a query says nothing of them', [['a'], undefined], { a: true, d: true }],
  ])('is concerned with the targets %s', (_, names, expected) => {
    const queries = names.map((some) => ({ ...QUERIES[0], ...(some && { targets: { names: some } }) }));
    const window = new StreamWindow({ from: 0, queries });
    expect(window.concerns('d')).toBe(true); // nobody knows yet whether this is a request
    window.given(answerOf(1000), 10_000);
    const concerned = Object.keys(expected).map((name) => [name, window.concerns(name)]);
    expect(Object.fromEntries(concerned)).toEqual(expected);
  });
});

describe('lines', () => {
  const results: QueryAnswer['results'] = {
    results: {
      status: 'success',
      times: [1],
      stepMs: 1,
      series: [],
      notices: [{ severity: 'info', text: '"results":\n' }],
    },
  };

  it('have the results of an answer, wherever these stand in it', () => {
    for (const answer of [
      { status: 'success', results },
      { results, status: 'success' },
    ]) {
      const text = resultsLine('data', Buffer.from(JSON.stringify(answer))).toString();
      expect(text.indexOf('\n')).toBe(text.length - 1);
      expect(JSON.parse(text)).toMatchObject({ type: 'data', results });
    }
  });

  it('have errors and whatever else there is', () => {
    expect(errorLine(Buffer.from('{"status":"error"}')).toString()).toBe(
      '{"type":"error","error":{"status":"error"}}\n'
    );
    expect(line({ type: 'heartbeat', timeMs: 5 }).toString()).toBe('{"type":"heartbeat","timeMs":5}\n');
  });
});
