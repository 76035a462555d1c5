import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import type { PollResult } from '../model/poll-result';
import { LIMITS } from '../api/limits';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';
import { until } from '../testing/wait';

describe('errors', () => {
  it.each([
    ['an unknown path', 'GET', '/nowhere', 404, 'not_found'],
    ['an unknown target', 'GET', '/targets/nobody', 404, 'not_found'],
    ['a malformed path', 'GET', '/targets/%zz', 400, 'bad_data'],
    ['a wrong method', 'POST', '/metrics', 405, 'method_not_allowed'],
  ])('%s is answered in an envelope', async (_, method, path, status, errorType) => {
    const { ask, state } = await startApp();
    const answer = await ask(path, { method });
    expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toEqual({
      status,
      body: { status: 'error', errorType, error: expect.stringMatching(/^[A-Z][^\n]*\.$/) as unknown },
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(state.logged).toEqual([]);
  });

  it.each(['/metrics', '/scrape', '/sd', '/health', '/ready', '/', '/targets/a'])(
    '%s is for reading only',
    async (path) => {
      const { ask } = await startApp({}, {}, new FakeTargets().add(makeTarget('a')));
      const { status, headers } = await ask(path, { method: 'POST' });
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
    }
  );

  it.each(['/metrics', '/scrape?target=a'])('our own mistake on %s is logged and not shown', async (path) => {
    const error = new Error('canary');
    const write = () => {
      throw error;
    };
    const { get, state } = await startApp(
      {},
      { renderer: { write, recycle: () => undefined } },
      new FakeTargets().add(makeTarget('a'))
    );
    const { status, headers, text } = await get(path);
    expect({ status, text, type: headers['content-type'] }).toEqual({
      status: 500,
      text: '{"status":"error","errorType":"internal","error":"This went wrong on our side; the log says more."}',
      type: 'application/json; charset=utf-8',
    });
    expect(state.logged).toEqual([
      { fields: { err: error, method: 'GET', path: path.split('?')[0] }, message: 'request failed' },
    ]);
  });

  it('a client that goes away is none', async () => {
    const targets = new FakeTargets().add(makeTarget('a'));
    const { get, url, state } = await startApp({}, {}, targets);
    const { promise, resolve } = Promise.withResolvers<PollResult>();
    targets.answer('a', () => promise);
    const request = httpGet(`${url}/metrics`, { agent: false });
    const gone = once(request, 'error');
    await until(() => targets.calls.length === 1, 'the poll');
    request.destroy(new Error('gone'));
    await gone;
    resolve(makeResult(makeTarget('a'), 1));
    expect((await get('/metrics')).status).toBe(200);
    expect(state.logged).toEqual([]);
  });

  it('does not tell which software answers', async () => {
    const { get } = await startApp();
    for (const path of ['/', '/metrics', '/nowhere']) {
      const { headers } = await get(path);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('etag');
    }
  });
});

describe('HEAD', () => {
  it.each(['/scrape?target=a', '/sd', '/', '/targets/a', '/health', '/ready'])('works for %s', async (path) => {
    const { get, ask } = await startApp({}, {}, new FakeTargets().add(makeTarget('a')));
    const [full, head] = [await get(path), await ask(path, { method: 'HEAD' })];
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
    expect(head.headers['content-type']).toBe(full.headers['content-type']);
    expect(head.headers['content-length']).toBe(full.headers['content-length']);
  });
});

describe('the limit of bodies', () => {
  it('lets a short body pass', async () => {
    const { ask } = await startApp();
    const headers = { 'content-length': '5' };
    expect((await ask('/-/reload', { method: 'POST', headers, body: 'hello' })).status).toBe(200);
  });

  it.each([
    ['a long one', { 'content-length': String(LIMITS.bodyBytes + 1) }, 413],
    ['one of unknown length', { 'transfer-encoding': 'chunked' }, 411],
  ])('refuses %s and ends the connection', async (_, headers, status) => {
    const { ask } = await startApp();
    const answer = await ask('/-/reload', { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(status);
    expect(answer.headers.connection).toBe('close');
  });
});
