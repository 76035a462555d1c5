import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { TableAnswer } from '../api/contract';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import { atEnd } from '../testing/cleanup';
import { FakeClock } from '../testing/fake-clock';
import { FakeHistoryApi, HISTORY_STATUS } from '../testing/fake-history-api';
import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { startApp, type Ask } from '../testing/http-app';
import { until } from '../testing/wait';

const JSON_TYPE = { 'content-type': 'application/json' };
const HISTORY_ROUTES = ['query', 'events'] as const;
const POST_ROUTES = ['query', 'events', 'table', 'stream'] as const;
const LONG_ROUTES = ['query', 'events', 'table', 'catalog'] as const;
const GET_ROUTES = ['catalog', 'status', 'openapi.json'] as const;

async function json(response: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return JSON.parse(text);
}

async function start(deps: Parameters<typeof startApp>[1] = {}) {
  const history = new FakeHistoryApi();
  const app = await startApp({}, { history, ...deps });
  const post = (route: string, body: string, headers: Ask['headers'] = JSON_TYPE) =>
    app.ask(`/api/v1/${route}`, { method: 'POST', headers, body });
  return { ...app, history, post };
}

describe.each(HISTORY_ROUTES)('POST /api/v1/%s', (route) => {
  it('hands the body to the history as it came, and the answer back', async () => {
    const { history, post } = await start();
    history.respond = () => ({ status: 'success', results: {} });
    const { status, headers, text } = await post(route, '{ "from": "now-1h" }');
    expect({ status, text, type: headers['content-type'] }).toEqual({
      status: 200,
      text: '{"status":"success","results":{}}',
      type: 'application/json; charset=utf-8',
    });
    expect(history.asked).toMatchObject([{ route, body: { from: 'now-1h' } }]);
  });

  it('answers with the status of the history', async () => {
    const { history, post, state } = await start();
    const envelope = { status: 'error', errorType: 'bad_data', error: 'from: is no time' };
    Object.assign(history, { code: 400, respond: () => envelope });
    const { status, text } = await post(route, '{}');
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 400, body: envelope });
    expect(state.logged).toEqual([]);
  });

  it.each([
    ['small', 100],
    ['large', 400_000],
  ])('gzips a %s answer for those who can read it', async (_, length) => {
    const { history, post } = await start();
    history.respond = () => ({ filler: 'x'.repeat(length) });
    const plain = await post(route, '{}');
    const packed = await post(route, '{}', { ...JSON_TYPE, 'accept-encoding': 'gzip' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.text).toBe(plain.text);
  });

  it('tells why there is no answer, and the log nothing', async () => {
    const { history, post, state } = await start();
    history.respond = () => {
      throw new HttpError(504, 'timeout', 'The history did not answer in time: ask for less at once.');
    };
    const { status, text } = await post(route, '{}');
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 504,
      body: {
        status: 'error',
        errorType: 'timeout',
        error: 'The history did not answer in time: ask for less at once.',
      },
    });
    expect(state.logged).toEqual([]);
  });

  it('gives up waiting when the client goes away, and says nothing of it', async () => {
    const { history, url, state, get } = await start();
    history.respond = () =>
      new Promise(
        (_, reject) => void signal().then((one) => one.addEventListener('abort', () => reject(one.reason as Error)))
      );
    const signal = () => until(() => history.asked[0]?.signal, 'the question');
    const request = httpRequest(`${url}/api/v1/${route}`, { method: 'POST', headers: JSON_TYPE, agent: false });
    const gone = once(request, 'error');
    request.end('{}');
    const { aborted } = await signal();
    request.destroy(new Error('gone'));
    await gone;
    await until(async () => (await signal()).aborted, 'the waiting to be given up');
    await get('/api/v1/status');
    expect({ abortedBefore: aborted, logged: state.logged }).toEqual({ abortedBefore: false, logged: [] });
  });
});

describe('GET /api/v1/catalog', () => {
  it('is what the history says', async () => {
    const { history, get } = await start();
    history.respond = () => ({ status: 'success', sections: [], targets: [] });
    const { status, text } = await get('/api/v1/catalog');
    expect({ status, text }).toEqual({ status: 200, text: '{"status":"success","sections":[],"targets":[]}' });
    expect(history.asked).toMatchObject([{ route: 'catalog', body: {} }]);
  });
});

describe.each([...HISTORY_ROUTES, 'stream', 'catalog'])('without a history, /api/v1/%s', (route) => {
  it('says how to switch it on', async () => {
    const { ask } = await start({ history: undefined });
    const isPost = route !== 'catalog';
    const { status, text } = await ask(`/api/v1/${route}`, {
      ...(isPost && { method: 'POST', headers: JSON_TYPE, body: '{}' }),
    });
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 503,
      body: {
        status: 'error',
        errorType: 'unavailable',
        error: 'The history is off: leave out `--no-history`, or set `history.enabled: true` in the configuration.',
      },
    });
  });
});

describe.each(LONG_ROUTES)('answers of %s that nobody reads', (route) => {
  const REFUSAL = {
    status: 'error',
    errorType: 'unavailable',
    error:
      'More than 128 MB wait for clients that do not read their answers: have them read or hang up, or try again in a minute.',
  };
  /** More than what sockets hold. */
  const LONG = { filler: 'x'.repeat(24 * 1024 * 1024) };
  const MOST = 6;

  async function startLong() {
    const clock = new FakeClock();
    const asked: unknown[] = [];
    let answer: unknown = Promise.resolve(LONG);
    const table = async () => (asked.push('table'), (await answer) as TableAnswer); // as long as one, not of its shape
    const app = await start({ table, after: (ms, callback) => clock.after(ms, callback) });
    app.history.respond = () => (asked.push(route), answer);
    /** The answer's head has come; the rest is not read. */
    const open = async (): Promise<IncomingMessage> => {
      const method = route === 'catalog' ? 'GET' : 'POST';
      const request = httpRequest(`${app.url}/api/v1/${route}`, { method, headers: JSON_TYPE, agent: false });
      request.on('error', () => undefined).end(method === 'POST' ? '{}' : undefined);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      atEnd(() => void request.destroy());
      return response.on('error', () => undefined);
    };
    const answerWith = (next: unknown) => (answer = next);
    return { ...app, clock, asked, open, answerWith };
  }

  it('are bounded, and what is beyond is refused before anything is asked', async () => {
    const { open, asked, state } = await startLong();
    const unread: IncomingMessage[] = [];
    for (let count = 0; count < MOST; count++) unread.push(await open());
    const refused = await open();
    expect({ codes: unread.map(({ statusCode }) => statusCode), asked: asked.length }).toEqual({
      codes: Array.from({ length: MOST }, () => 200),
      asked: MOST,
    });
    expect({ status: refused.statusCode, body: await json(refused) }).toEqual({ status: 503, body: REFUSAL });
    unread[0]!.destroy();
    await until(async () => (await open()).statusCode === 200, 'room to be there again');
    expect(state.logged).toEqual([]);
  });

  it('are bounded, too, when all were asked for at once', async () => {
    const { open, asked, answerWith } = await startLong();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answerWith(promise);
    const opening = Array.from({ length: MOST + 3 }, () => open());
    await until(() => asked.length === opening.length, 'all questions to be asked');
    resolve(LONG);
    const codes = (await Promise.all(opening)).map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 200)).toHaveLength(MOST);
    expect(codes.filter((code) => code === 503)).toHaveLength(3);
  });

  it('are given up after a minute in which nothing is taken', async () => {
    const { open, clock, state } = await startLong();
    const response = await open();
    const broken = once(response, 'error');
    await until(() => clock.pendingTimers === 1, 'the answer to be stuck');
    await clock.advance(59_999);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);
    response.resume();
    expect(await broken).toMatchObject([{ message: 'aborted' }]);
    expect({ timers: clock.pendingTimers, logged: state.logged }).toEqual({ timers: 0, logged: [] });
  });
});

describe('POST /api/v1/table', () => {
  it('answers with the table', async () => {
    const asked: unknown[] = [];
    const answer = {
      status: 'success',
      columns: [{ name: 'n', title: 'N', type: 'number', values: [1] }],
      notices: [],
    } as const;
    const table = (body: unknown) => {
      asked.push(body);
      return Promise.resolve(answer);
    };
    const { post } = await start({ table });
    const { status, text } = await post('table', '{"table":"info"}');
    expect({ status, body: JSON.parse(text) as unknown, asked }).toEqual({
      status: 200,
      body: answer,
      asked: [{ table: 'info' }],
    });
  });

  it('needs no history', async () => {
    const { post } = await start({ history: undefined });
    expect((await post('table', '{}')).status).toBe(200);
  });

  it('names the place where the JSON is wrong', async () => {
    const { post } = await start();
    const { status, text } = await post('table', '{"table":\n info}');
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 400,
      body: {
        status: 'error',
        errorType: 'bad_data',
        error: 'This cannot be read: the body is not JSON: line 2, column 2 is not what must stand there.',
      },
    });
  });
});

describe('GET /api/v1/status', () => {
  const targets = () =>
    new FakeTargets()
      .add(makeTarget('a'))
      .add(makeTarget('b'), 1, { state: 'down' })
      .add(makeTarget('c'), 1, { state: 'waiting' })
      .add(makeTarget('d'));

  it.each([
    ['with a history', { history: new FakeHistoryApi() }, HISTORY_STATUS],
    ['without one', { history: undefined }, { state: 'off', series: 0 }],
  ])('tells of the version, the targets and the history: %s', async (_, deps, history) => {
    const { get, state } = await startApp({}, deps, targets());
    expect(JSON.parse((await get('/api/v1/status')).text)).toMatchObject({
      status: 'success',
      version: '1.2.3',
      startedMs: state.nowMs,
      targets: { up: 2, down: 1, waiting: 1 },
      history,
    });
  });
});

describe('GET /api/v1/openapi.json', () => {
  it('is made once, and only for who asks', async () => {
    let made = 0;
    const { get } = await start({ openApi: () => Promise.resolve(`{"made":${++made}}`) });
    expect(made).toBe(0);
    for (let time = 0; time < 2; time++) expect((await get('/api/v1/openapi.json')).text).toBe('{"made":1}');
  });
});

describe('methods', () => {
  it.each(POST_ROUTES)('%s is asked with POST', async (route) => {
    const { get } = await start();
    const { status, headers } = await get(`/api/v1/${route}`);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
  });

  it.each(GET_ROUTES)('%s is asked with GET', async (route) => {
    const { post, ask } = await start();
    const { status, headers } = await post(route, '{}');
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
    expect(await ask(`/api/v1/${route}`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('a route that does not exist is not found', async () => {
    const { get } = await start();
    expect((await get('/api/v1/nothing')).status).toBe(404);
  });
});

describe.each(POST_ROUTES)('the body for %s', (route) => {
  const BODY = '{"from":0,"queries":[]}';

  it.each([
    ['JSON', JSON_TYPE, 200],
    ['JSON with a charset', { 'content-type': 'Application/JSON; charset=utf-8' }, 200],
    ['no type', {}, 200],
    ['no encoding', { ...JSON_TYPE, 'content-encoding': 'identity' }, 200],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['a gzipped one', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
  ])('may be %s or not', async (_, headers, status) => {
    const stopping = AbortSignal.abort(); // a stream ends behind its first line
    const { post } = await start({ stopping });
    const answer = await post(route, BODY, headers);
    expect(answer.status).toBe(status);
    if (status === 415) expect(JSON.parse(answer.text)).toMatchObject({ status: 'error', errorType: 'bad_data' });
  });

  it('may be as long as the limit, with or without a length given', async () => {
    const { post } = await start({ stopping: AbortSignal.abort() });
    const body = BODY.padEnd(LIMITS.bodyBytes);
    expect((await post(route, body)).status).toBe(200);
    expect((await post(route, body, { ...JSON_TYPE, 'transfer-encoding': 'chunked' })).status).toBe(200);
  });

  it.each([
    ['said to be', { 'content-length': String(LIMITS.bodyBytes + 1) }, '{}'],
    ['found to be', { 'transfer-encoding': 'chunked' }, '{}'.padEnd(LIMITS.bodyBytes + 1)],
  ])('is refused when it is %s longer', async (_, headers, body) => {
    const { post } = await start();
    const answer = await post(route, body, { ...JSON_TYPE, ...headers });
    expect({ status: answer.status, connection: answer.headers.connection }).toEqual({
      status: 413,
      connection: 'close',
    });
  });

  it('is given up when it does not arrive', async () => {
    const clock = new FakeClock();
    const { url } = await start({ after: (ms, callback) => clock.after(ms, callback) });
    const headers = { ...JSON_TYPE, 'content-length': '10' };
    const request = httpRequest(`${url}/api/v1/${route}`, { method: 'POST', headers, agent: false });
    const answered = once(request, 'response');
    request.write('{');
    await until(() => clock.pendingTimers > 0, 'the request to be read');
    await clock.advance(10_000);
    const [{ statusCode, headers: answers }] = (await answered) as [IncomingMessage];
    expect({ statusCode, connection: answers.connection }).toEqual({ statusCode: 408, connection: 'close' });
    request.destroy();
  });
});
