import { ConfigError } from '../errors';
import { startApp } from '../testing/http-app';

const PATH = '/-/reload';

describe('POST /-/reload', () => {
  async function countReloads() {
    let reloads = 0;
    const app = await startApp(
      {},
      {
        reload: () => {
          reloads++;
          return Promise.resolve();
        },
      }
    );
    return { ...app, reloads: () => reloads };
  }

  it('reloads', async () => {
    const { ask, reloads } = await countReloads();
    const { status, text } = await ask(PATH, { method: 'POST' });
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 200, body: { status: 'success' } });
    expect(reloads()).toBe(1);
  });

  it('lists every problem of a configuration that is refused', async () => {
    const problems = [
      { path: 'targets[0].url', message: 'is missing' },
      { path: 'scrape.maxAge', message: 'is no duration' },
    ];
    const { ask, state } = await startApp({}, { reload: () => Promise.reject(new ConfigError(problems)) });
    const { status, text } = await ask(PATH, { method: 'POST' });
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 400,
      body: {
        status: 'error',
        errorType: 'bad_data',
        error:
          'The configuration is refused; nothing has changed.\ntargets[0].url: is missing\nscrape.maxAge: is no duration',
      },
    });
    expect(state.logged).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('does not reload for %s', async (method) => {
    const { ask, reloads } = await countReloads();
    const { status, headers } = await ask(PATH, { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
    expect(reloads()).toBe(0);
  });

  it.each([
    ['a page of another host', { host: 'vitals:9121', origin: 'https://evil.example' }],
    ['a page of another port', { host: 'vitals:9121', origin: 'http://vitals:8080' }],
    ['a page without a name', { host: 'vitals:9121', origin: 'null' }],
    ['what the browser calls another site', { 'sec-fetch-site': 'cross-site' }],
  ])('does not reload for %s', async (_, headers) => {
    const { ask, reloads } = await countReloads();
    const answer = await ask(PATH, { method: 'POST', headers });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'error', errorType: 'forbidden' });
    expect(reloads()).toBe(0);
  });

  it.each([
    ['a page of ours', { host: 'Vitals:9121', origin: 'http://vitals:9121', 'sec-fetch-site': 'same-origin' }],
    ['a page of ours on the usual port', { host: 'vitals', origin: 'https://vitals' }],
    ['a person', { 'sec-fetch-site': 'none' }],
  ])('reloads for %s', async (_, headers) => {
    const { ask, reloads } = await countReloads();
    expect((await ask(PATH, { method: 'POST', headers })).status).toBe(200);
    expect(reloads()).toBe(1);
  });
});
