import type { PollResult } from '../model/poll-result';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import { FakeClock } from '../testing/fake-clock';
import { FakeHistoryApi } from '../testing/fake-history-api';
import { makeResult, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';
import { openStream } from '../testing/ndjson-client';
import { until } from '../testing/wait';

const START_MS = 1_700_000_000_500;
const REQUEST = { from: 'now-1h', queries: [{ refId: 'A', fields: ['used_memory'], targets: { names: ['a'] } }] };

/** Results with the question in them, so that lines tell which one they answer. */
const answerTo = (body: unknown) => ({
  status: 'success',
  results: { A: { status: 'success', times: [], stepMs: 1000, series: [], notices: [], asked: body } },
});

async function start() {
  const clock = new FakeClock(START_MS);
  const history = new FakeHistoryApi();
  history.respond = answerTo;
  const listeners = new Set<(result: PollResult) => void>();
  const stopping = new AbortController();
  const app = await startApp(
    {},
    {
      history,
      stopping: stopping.signal,
      now: () => clock.now(),
      after: (ms, callback) => clock.after(ms, callback),
      onPoll: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    }
  );
  /** A poll that began now ends, and its tick passes. */
  const poll = async (name = 'a', tookMs = 0) => {
    const result = makeResult(makeTarget(name), 1, { startedAtMs: clock.now() - tookMs });
    listeners.forEach((listener) => listener(result));
    await clock.advance(100);
  };
  const open = (request: unknown = REQUEST, how = {}) => openStream(`${app.url}/api/v1/stream`, request, how);
  /** Once it waits for what comes: only the heartbeat's timer is set. */
  const isWaiting = (timers = 1) => until(() => clock.pendingTimers === timers, 'the stream to wait');
  return { ...app, clock, history, listeners, stopping, poll, open, isWaiting };
}

describe('a stream', () => {
  it('begins with the history, and goes on with the buckets that polls change', async () => {
    const { open, poll, clock, isWaiting } = await start();
    const stream = await open();
    expect(stream.response.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(await stream.line(0)).toMatchObject({
      type: 'history',
      results: { A: { asked: { ...REQUEST, to: START_MS } } },
    });
    await isWaiting();
    await clock.advance(1000);
    await poll();
    expect(await stream.line(1)).toMatchObject({
      type: 'data',
      results: { A: { asked: { from: START_MS - 500, step: 1000, to: START_MS + 1100 } } },
    });
    await isWaiting();
    await clock.advance(1000);
    await poll('a', 1700);
    expect(await stream.line(2)).toMatchObject({
      type: 'data',
      results: { A: { asked: { from: START_MS - 500, step: 1000, to: START_MS + 2200 } } },
    });
  });

  it('asks nothing for polls of targets it does not name', async () => {
    const { open, poll, history, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    await poll('b');
    await poll('a');
    await stream.line(1);
    expect(history.asked).toHaveLength(2);
  });

  it('asks one question at a time', async () => {
    const { open, poll, history, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    history.respond = () => promise;
    await poll();
    await until(() => history.asked.length === 2, 'the question');
    for (let time = 0; time < 3; time++) await poll();
    expect(history.asked).toHaveLength(2);
    history.respond = answerTo;
    resolve(answerTo('late'));
    expect(await stream.line(1)).toMatchObject({ results: { A: { asked: 'late' } } });
  });

  it('rests behind a long question', async () => {
    const { open, poll, clock, history, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    history.respond = () => promise;
    await poll();
    await until(() => history.asked.length === 2, 'the question');
    await clock.advance(200);
    resolve(answerTo('late'));
    await stream.line(1);
    await isWaiting();
    history.respond = answerTo;
    await poll();
    await clock.advance(699);
    expect(history.asked).toHaveLength(2);
    await clock.advance(1);
    await stream.line(2);
  });

  it('says that it is alive when there is nothing to say', async () => {
    const { open, poll, clock, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    await clock.advance(10_000);
    await poll();
    await stream.line(1);
    await isWaiting();
    await clock.advance(14_999);
    expect(stream.lines).toHaveLength(2);
    await clock.advance(1);
    expect(await stream.line(2)).toEqual({ type: 'heartbeat', timeMs: START_MS + 25_100 });
    await isWaiting();
    await clock.advance(15_000);
    expect(await stream.line(3)).toEqual({ type: 'heartbeat', timeMs: START_MS + 40_100 });
  });

  it('tells of a history that does not answer, and goes on when it does, with nothing left out', async () => {
    const { open, poll, clock, history, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    history.respond = () => {
      throw new HttpError(503, 'unavailable', 'The history is being started anew.');
    };
    await poll();
    expect(await stream.line(1)).toEqual({
      type: 'error',
      error: { status: 'error', errorType: 'unavailable', error: 'The history is being started anew.' },
    });
    history.respond = answerTo;
    await isWaiting();
    await clock.advance(5000);
    expect(await stream.line(2)).toMatchObject({ type: 'data', results: { A: { asked: { from: START_MS - 500 } } } });
  });

  it('ends when the history finds the question wrong', async () => {
    const { open, poll, history, isWaiting, state } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    const error = { status: 'error', errorType: 'bad_data', error: 'too many points' };
    Object.assign(history, { code: 400, respond: () => error });
    await poll();
    expect(await stream.line(1)).toEqual({ type: 'error', error });
    await stream.ended;
    expect(state.logged).toEqual([]);
  });

  it('breaks when something goes wrong on our side, and the log says why', async () => {
    const { open, poll, history, isWaiting, state } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    history.respond = () => {
      throw new TypeError('canary');
    };
    await poll();
    await expect(stream.ended).rejects.toThrow('aborted');
    expect(state.logged).toMatchObject([{ fields: { err: new TypeError('canary') }, message: 'request failed' }]);
    expect(stream.lines).toHaveLength(1);
  });

  it('ends when the service stops', async () => {
    const { open, stopping, listeners, clock, isWaiting } = await start();
    const streams = [await open(), await open()];
    for (const stream of streams) await stream.line(0);
    await isWaiting(2);
    stopping.abort();
    for (const stream of streams) await stream.ended;
    expect({ listeners: listeners.size, timers: clock.pendingTimers }).toEqual({ listeners: 0, timers: 0 });
  });

  it('leaves nothing behind when the client goes', async () => {
    const { open, listeners, clock, isWaiting, state } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    stream.leave();
    await until(() => listeners.size === 0 && clock.pendingTimers === 0, 'the stream to be gone');
    expect(state.logged).toEqual([]);
  });

  it('gives a question up when the client goes', async () => {
    const { open, poll, history, listeners, isWaiting, state } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    history.respond = () =>
      new Promise((_, reject) => {
        const { signal } = history.asked[1]!;
        signal!.addEventListener('abort', () => reject(signal!.reason as Error));
      });
    await poll();
    await until(() => history.asked.length === 2, 'the question');
    stream.leave();
    await until(() => listeners.size === 0, 'the stream to be gone');
    expect(state.logged).toEqual([]);
  });
});

describe('many streams', () => {
  it('ask two questions at once, and none for clients that went away meanwhile', async () => {
    const { open, history, get, state } = await start();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    history.respond = () => promise;
    const going = new AbortController();
    const first = [open(), open()];
    await until(() => history.asked.length === 2, 'two questions');
    const left = open(REQUEST, { signal: going.signal });
    const last = open();
    await get('/api/v1/status'); // those before are under way
    going.abort();
    await expect(left).rejects.toThrow('aborted');
    await get('/api/v1/status'); // the server has seen that, too
    expect(history.asked).toHaveLength(2);
    resolve(answerTo('late'));
    for (const stream of [...first, last]) await (await stream).line(0);
    expect(history.asked).toHaveLength(3);
    expect(state.logged).toEqual([]);
  });
});

describe('a request for a stream', () => {
  it.each([
    ['an end', { ...REQUEST, to: 'now' }, 'to: leave it out, a stream goes on to what is now.'],
    ['a list', [], 'The body must be an object: `{"from": "now-1h", "queries": [...]}`.'],
  ])('with %s is refused', async (_, request, error) => {
    const { ask } = await start();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/api/v1/stream', { method: 'POST', headers, body: JSON.stringify(request) });
    expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toEqual({
      status: 400,
      body: { status: 'error', errorType: 'bad_data', error },
    });
  });

  it('that the history refuses gets a plain answer', async () => {
    const { ask, history, listeners } = await start();
    const envelope = { status: 'error', errorType: 'bad_data', error: 'queries: Too small' };
    Object.assign(history, { code: 400, respond: () => envelope });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/api/v1/stream', { method: 'POST', headers, body: '{"from":0}' });
    expect({ status: answer.status, type: answer.headers['content-type'], text: answer.text }).toEqual({
      status: 400,
      type: 'application/json; charset=utf-8',
      text: JSON.stringify(envelope),
    });
    expect(listeners.size).toBe(0);
  });

  it('is refused while there are too many', async () => {
    const { open } = await start();
    const streams = await Promise.all(Array.from({ length: LIMITS.streams }, () => open()));
    expect(streams.map(({ response }) => response.statusCode)).not.toContain(503);
    expect((await open()).response.statusCode).toBe(503);
    streams[0]!.leave();
    await until(async () => (await open()).response.statusCode === 200, 'the place to be free again');
  });
});

describe('a reader that is slow', () => {
  const LONG = 'x'.repeat(8 * 1024 * 1024);

  it('gets what was polled meanwhile at once, behind a notice', async () => {
    const { open, poll, clock, history, isWaiting } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    stream.response.pause();
    history.respond = () => ({ ...answerTo('long'), filler: LONG });
    await poll();
    // The heartbeat's timer has gone; the one that gives a stuck reader up is there.
    await until(() => history.asked.length === 2, 'the question');
    await isWaiting();
    history.respond = answerTo;
    for (let time = 0; time < 30; time++) {
      await clock.advance(1000);
      await poll();
    }
    expect(history.asked).toHaveLength(2);
    stream.response.resume();
    expect(await stream.line(1)).toMatchObject({ type: 'data', results: { A: { asked: 'long' } } });
    expect(await stream.line(2)).toMatchObject({ type: 'notice', notice: { severity: 'warning' } });
    expect(await stream.line(3)).toMatchObject({
      type: 'data',
      results: { A: { asked: { from: START_MS - 500, to: START_MS + 100 + 30 * 1100 } } },
    });
    expect(history.asked).toHaveLength(3);
  });

  it('is given up when it takes nothing for a minute', async () => {
    const { open, poll, clock, history, listeners, isWaiting, state } = await start();
    const stream = await open();
    await stream.line(0);
    await isWaiting();
    stream.response.pause();
    history.respond = () => ({ ...answerTo('long'), filler: LONG });
    await poll();
    await until(() => history.asked.length === 2, 'the question');
    await isWaiting();
    await clock.advance(59_000);
    expect(listeners.size).toBe(1);
    await clock.advance(1000);
    await until(() => listeners.size === 0, 'the stream to be gone');
    expect(state.logged).toEqual([]);
  });

  it('keeps others out once too much waits for such readers', async () => {
    const { open, history } = await start();
    history.respond = () => ({ ...answerTo('long'), filler: LONG });
    const codes: (number | undefined)[] = [];
    for (let time = 0; time < 24; time++) codes.push((await open(REQUEST, { paused: true })).response.statusCode);
    expect(codes[0]).toBe(200);
    expect(codes.at(-1)).toBe(503);
  });
});
