import { ApiClient, AnswerError, UnreachableError } from './api-client.ts';

const signal = new AbortController().signal;

function client(answer: () => Promise<Response>): ApiClient {
  return new ApiClient('http://collector/path/', answer);
}

it('posts JSON to the API of its root', async () => {
  const asked: [string, RequestInit][] = [];
  const api = new ApiClient('http://collector/path/', (url, init) => {
    asked.push([url, init]);
    return Promise.resolve(Response.json({ status: 'success' }));
  });
  expect(await api.post('events', { from: 1 }, signal)).toEqual({ status: 'success' });
  expect(asked[0]?.[0]).toBe('http://collector/path/api/v1/events');
  expect(asked[0]?.[1]).toMatchObject({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"from":1}',
  });
});

it.each<[string, () => Promise<Response>, new () => Error, string]>([
  ['nobody answers', () => Promise.reject(new TypeError('Failed to fetch')), UnreachableError, 'nobody answers'],
  ['the answer is cut off', () => Promise.resolve(new Response('{"sta')), UnreachableError, 'the answer was cut off'],
  [
    'the API refuses',
    () => Promise.resolve(Response.json({ status: 'error', error: 'from: give a time' }, { status: 400 })),
    AnswerError as unknown as new () => Error,
    'from: give a time',
  ],
])('tells what is wrong when %s', async (_, answer, kind, message) => {
  const asked = client(answer).post('query', {}, signal);
  await expect(asked).rejects.toThrow(kind);
  await expect(asked).rejects.toThrow(message);
});

it.each([
  ['an hour ahead', 3_600_000, 3_600_000],
  ['two hours behind', -7_200_000, -7_200_000],
  ['as good as the same', 400, 0],
])('goes by the clock of a collector that is %s', async (_, offMs, aheadMs) => {
  const date = new Date(Date.now() + offMs).toUTCString();
  const api = client(() => Promise.resolve(Response.json({}, { headers: { date } })));
  await api.post('query', {}, signal);
  const off = api.nowMs() - Date.now();
  expect(Math.abs(off - aheadMs)).toBeLessThan(1500);
});
