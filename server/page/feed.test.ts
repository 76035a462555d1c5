import type { StreamLine } from '../api/contract.ts';
import { ApiClient, type Fetch } from './api-client.ts';
import { runFeed, type FeedState } from './feed.ts';

const REQUEST = { from: 1, queries: [] };
const HISTORY: StreamLine = { type: 'history', results: {} };
const DATA: StreamLine = { type: 'data', results: {} };

function stream(...lines: StreamLine[]): Response {
  return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
    headers: { date: new Date().toUTCString() },
  });
}

function refused(status: number, error: string): Response {
  return Response.json({ status: 'error', errorType: 'unavailable', error }, { status });
}

const answered = () => Response.json({ status: 'success', results: {} });

/** Runs the feed over these answers, one for each request, and tells what it did until they had run out. */
async function follow(...answers: (Response | Error)[]) {
  const end = new AbortController();
  const told: string[] = [];
  const asked: string[] = [];
  const fetch: Fetch = (url) => {
    const answer = answers.shift();
    if (answer === undefined) {
      end.abort();
      return Promise.reject(new Error('aborted'));
    }
    asked.push(url.replace('http://collector/api/v1/', ''));
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const waits: number[] = [];
  const describe = (state: FeedState) =>
    state.kind === 'failing' ? `failing: ${state.problem}${state.isReachable ? '' : ' (gone)'}` : state.kind;
  await runFeed(
    {
      api: new ApiClient('http://collector/', fetch),
      request: () => Promise.resolve(REQUEST),
      listener: {
        onResults: (_, isWhole) => void told.push(isWhole ? 'whole' : 'more'),
        onState: (state) => void told.push(describe(state)),
      },
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    },
    end.signal
  );
  return { told, asked, waits };
}

it('gives history, then what comes', async () => {
  const { told, asked } = await follow(stream(HISTORY, DATA, { type: 'heartbeat', timeMs: 1 }, DATA));
  expect(told.slice(0, 7)).toEqual(['live', 'whole', 'live', 'more', 'live', 'live', 'more']);
  expect(asked).toEqual(['stream']);
});

it('begins anew when the stream ends, after a while', async () => {
  const { told, asked } = await follow(stream(HISTORY), stream(HISTORY));
  expect(told).toEqual([
    ...['live', 'whole', 'failing: The collector does not answer. (gone)'],
    ...['live', 'whole', 'failing: The collector does not answer. (gone)'],
  ]);
  expect(asked).toEqual(['stream', 'stream']);
});

it('waits longer with each failure, and no longer so after a success', async () => {
  const gone = new Error('refused');
  const { waits } = await follow(gone, gone, gone, gone, stream(HISTORY));
  [1000, 2000, 4000, 8000, 1000].forEach((ms, index) => {
    expect(waits[index]).toBeGreaterThanOrEqual(ms * 0.8);
    expect(waits[index]).toBeLessThanOrEqual(ms * 1.2);
  });
});

it('asks again and again where there can be no stream, and tries one later', async () => {
  const asks = Array.from({ length: 12 }, answered);
  const { told, asked } = await follow(refused(503, 'There are 200 streams already'), ...asks, stream(HISTORY));
  expect(asked).toEqual(['stream', ...asks.map(() => 'query'), 'stream']);
  expect(told.slice(0, 2)).toEqual(['asking', 'whole']);
});

it('says what is wrong in the words of the collector', async () => {
  const { told } = await follow(
    refused(400, 'from is later than to'),
    refused(503, 'full'),
    refused(503, 'History gone')
  );
  expect(told).toEqual(['failing: from is later than to', 'failing: History gone']);
});

it.each([
  [
    'a proxy says',
    new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
    'The answer was 502 Bad Gateway',
  ],
  ['nobody is logged in', new Response('', { status: 401 }), 'You are not logged in: reload the page.'],
])('says what it can when %s', async (_, answer, problem) => {
  expect((await follow(answer)).told).toEqual([`failing: ${problem}`]);
});

it('tells of an error within a stream and goes on', async () => {
  const error = { type: 'error', error: { status: 'error', errorType: 'timeout', error: 'took too long' } } as const;
  const { told } = await follow(stream(HISTORY, error, DATA));
  expect(told.slice(2, 5)).toEqual(['failing: took too long', 'live', 'more']);
});
