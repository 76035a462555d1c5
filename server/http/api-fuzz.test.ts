import { answerQuery } from '../query/answer-query';
import { answerTable } from '../tables/answer-table';
import { eventsRequestSchema } from '../api/schema';
import { HttpError } from '../errors';
import { fakeHistory } from '../testing/fake-history';
import { FakeHistoryApi } from '../testing/fake-history-api';
import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';
import { randomNumbers } from '../testing/random';
import { isGoodAnswer, makeApiRequest } from '../testing/random-api-request';

const REQUESTS = 400;
const NOW_MS = 1_700_000_000_000;
const targets = new FakeTargets().add(makeTarget('cache-1')).add(makeTarget('cache-2'), 0, { state: 'down' });

/** Answers as the history's thread does: what is wrong with a request is an answer, everything else is our mistake. */
function makeHistory(): FakeHistoryApi {
  const info = { labels: {}, role: 'master', state: 'up', intervalMs: 1000 } as const;
  const context = {
    history: fakeHistory([]),
    targets: () => targets.list().map(({ name }) => ({ name, ...info })),
    families: [],
    now: () => NOW_MS,
  };
  const history = new FakeHistoryApi();
  history.respond = (body, route) => {
    history.code = 200;
    try {
      if (route === 'query') return answerQuery(context, body);
      if (route === 'events' && !eventsRequestSchema.safeParse(body).success)
        throw new HttpError(400, 'bad_data', 'No.');
      return { status: 'success' };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      history.code = error.status;
      return { status: 'error', errorType: error.errorType, error: error.message };
    }
  };
  return history;
}

describe('whatever is asked', () => {
  it.each([1, 2, 3, 4])('there is an answer that is no mistake of ours: seed %d', async (seed) => {
    const random = randomNumbers(seed);
    // A stream ends behind its first line.
    const stopping = AbortSignal.abort();
    const table = (body: unknown) =>
      answerTable({ targets, query: undefined, entries: undefined, now: () => NOW_MS }, body);
    const { ask, state } = await startApp({}, { history: makeHistory(), stopping, table }, targets);
    const statuses = new Set<number>();
    for (let count = 0; count < REQUESTS; count++) {
      const { path, how } = makeApiRequest(random);
      const answer = await ask(path, how);
      statuses.add(answer.status);
      if (!isGoodAnswer(how, answer)) throw new Error(JSON.stringify({ path, how, answer }));
    }
    expect(state.logged).toEqual([]);
    // Requests of all kinds have been tried, if these have been met.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 405, 413, 415]));
  });
});
