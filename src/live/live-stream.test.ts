import type { Subscription } from 'rxjs';
import type { MetricQuery } from '../../server/api/contract';
import { CollectorClient } from '../client/collector-client';
import failures from '../testdata/core/failures.json';
import { fakeBackend, type FakeBackend } from '../testing/fake-backend';
import { recordedStream } from '../testing/recorded-stream';
import { LiveHub } from './live-hub';
import type { LiveState } from './live-results';

const window = { lengthMs: 10_000, maxDataPoints: 1000, name: 'now-10s|' };
const memory: MetricQuery = { refId: 'A', fields: ['used_memory'], targets: { names: ['cache-1'] } };
const calls: MetricQuery = { refId: 'B', section: 'Commandstats', fields: ['calls'], targets: { names: ['cache-1'] } };

let backend: FakeBackend;
let hub: LiveHub;
const subscriptions: Subscription[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  backend = fakeBackend();
  hub = new LiveHub(new CollectorClient('/proxy'));
});
afterEach(() => {
  subscriptions.splice(0).forEach((subscription) => subscription.unsubscribe());
  jest.runOnlyPendingTimers();
  jest.useRealTimers();
});

function watch(...queries: MetricQuery[]) {
  const seen: LiveState[] = [];
  const subscription = hub
    .of(window)
    .watch(queries)
    .subscribe((state) => seen.push(state));
  subscriptions.push(subscription);
  return { seen, leave: () => subscription.unsubscribe() };
}

function opened() {
  jest.advanceTimersByTime(50);
  return backend.streams.at(-1)!;
}

it('gives the history first, then each line, merged', () => {
  const panel = watch(memory);
  const stream = opened();
  expect(stream.data).toEqual({
    from: 'now-10000ms',
    maxDataPoints: 1000,
    queries: [{ ...memory, refId: 'q1' }],
  });
  stream.write(recordedStream[0]);
  stream.write(recordedStream[1], { type: 'heartbeat', timeMs: 1 });
  expect(panel.seen[0]?.results).toEqual({ A: recordedStream[0]?.results['q1'] });
  expect(panel.seen.at(-1)).toMatchObject({ results: { A: { status: 'success' } }, notices: [] });
});

it('is shared by panels that ask the same, and by those that load together', () => {
  const panels = [watch(memory), watch(memory), watch({ ...memory, refId: 'X' }, calls)];
  const stream = opened();
  expect(backend.streams).toHaveLength(1);
  expect(stream.data).toMatchObject({ queries: [{ refId: 'q1' }, { refId: 'q2', fields: ['calls'] }] });
  stream.write(recordedStream[0]);
  expect(panels.map(({ seen }) => Object.keys(seen[0]?.results ?? {}))).toEqual([['A'], ['A'], ['X', 'B']]);
});

it('is opened anew for a query that joins, and nobody loses what is there', () => {
  const first = watch(memory);
  const stream = opened();
  stream.write(recordedStream[0]);
  const second = watch(calls);
  const both = opened();
  expect(stream.isOpen()).toBe(false);
  expect(both.data).toMatchObject({ queries: [{ refId: 'q1' }, { refId: 'q2' }] });
  expect(first.seen.at(-1)?.results['A']).toBeDefined();
  both.write(recordedStream[0]);
  expect(second.seen.at(-1)?.results['B']).toBeDefined();
});

it('shows a panel that comes back what there is, at once and over the same stream', () => {
  const panel = watch(memory);
  const stream = opened();
  stream.write(recordedStream[0]);
  panel.leave();
  jest.advanceTimersByTime(4_000);
  const again = watch(memory);
  expect(again.seen).toHaveLength(1);
  jest.advanceTimersByTime(10_000);
  expect(stream.isOpen()).toBe(true);
  expect(backend.streams).toHaveLength(1);
});

it('ends when the last panel is gone', () => {
  const panels = [watch(memory), watch(calls)];
  const stream = opened();
  stream.write(recordedStream[0]);
  panels.forEach(({ leave }) => leave());
  jest.advanceTimersByTime(5_000);
  expect(stream.isOpen()).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});

it('divides what is too much for one request', () => {
  watch(...Array.from({ length: 60 }, (_, at) => ({ refId: `R${at}`, fields: [`field_${at}`] })));
  opened();
  expect(backend.streams.map(({ data }) => (data as { queries: unknown[] }).queries.length)).toEqual([50, 10]);
});

describe('when the collector goes', () => {
  it('keeps what came, says so, tries again later and later, and goes on with the history', () => {
    const panel = watch(memory);
    const stream = opened();
    stream.write(recordedStream[0]);
    jest.advanceTimersByTime(6_000);
    stream.end();
    expect(panel.seen).toHaveLength(1);
    jest.advanceTimersByTime(300);
    backend.streams[1]?.fail(502, '');
    expect(panel.seen.at(-1)).toMatchObject({
      results: { A: { status: 'success' } },
      notices: [
        { severity: 'warning', text: expect.stringMatching(/tried again in 1 s. Grafana's server cannot reach/) },
      ],
      trouble: { kind: 'unreachable' },
    });
    jest.advanceTimersByTime(1_000);
    backend.streams[2]?.fail(502, '');
    jest.advanceTimersByTime(1_999);
    expect(backend.streams).toHaveLength(3);
    jest.advanceTimersByTime(1);
    backend.streams[3]?.write(recordedStream[0]);
    expect(panel.seen.at(-1)).toEqual({ results: { A: recordedStream[0]?.results['q1'] }, notices: [] });
  });

  it('says why there is nothing at all', () => {
    const panel = watch(memory);
    opened().fail(failures.unauthorized.status, failures.unauthorized.body);
    expect(panel.seen).toMatchObject([{ results: { A: undefined }, trouble: { kind: 'unauthorized' } }]);
    jest.advanceTimersByTime(29_999);
    expect(backend.streams).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(backend.streams).toHaveLength(2);
  });

  it('does not take another answer for a stream', () => {
    const panel = watch(memory);
    opened().write('a text');
    expect(panel.seen).toMatchObject([{ trouble: { kind: 'not_a_collector' } }]);
  });

  it('notices silence', () => {
    watch(memory);
    const stream = opened();
    stream.write(recordedStream[0]);
    jest.advanceTimersByTime(45_300);
    expect(stream.isOpen()).toBe(false);
    expect(backend.streams).toHaveLength(2);
  });
});

it('tells of lines that were left out, until the next', () => {
  const panel = watch(memory);
  const stream = opened();
  stream.write(recordedStream[0], { type: 'notice', notice: { severity: 'info', text: 'left out' } });
  expect(panel.seen.at(-1)?.notices).toEqual([{ severity: 'info', text: 'left out' }]);
  stream.write({ type: 'error', error: { status: 'error', errorType: 'timeout', error: 'The history is busy.' } });
  expect(panel.seen.at(-1)?.notices).toEqual([{ severity: 'warning', text: 'The history is busy.' }]);
  stream.write(recordedStream[1]);
  expect(panel.seen.at(-1)?.notices).toEqual([]);
});
