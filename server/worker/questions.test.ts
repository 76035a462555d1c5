import { HttpError } from '../errors';
import { FakeClock } from '../testing/fake-clock';
import type { FromThread, ToThread } from './protocol';
import { Questions } from './questions';

const GONE = new HttpError(503, 'unavailable', 'The thread is gone.');
const STOPPING = new HttpError(503, 'unavailable', 'The collector is stopping.');

function start() {
  const clock = new FakeClock();
  const sent: number[] = [];
  const questions = new Questions(
    (message) => sent.push((message as { id: number }).id), // safe: only questions are sent
    (ms, callback) => clock.after(ms, callback)
  );
  /** How it ended, once it has. */
  const ask = (signal?: AbortSignal) => {
    const asked = { how: 'open' };
    questions
      .ask((id): ToThread => ({ type: 'request', id, route: 'catalog', body: new Uint8Array() }), signal)
      .then(
        ({ id }) => (asked.how = `answer ${id}`),
        (error: unknown) => (asked.how = (error as Error).message)
      );
    return asked;
  };
  const answer = async (id: number) => {
    questions.take({ type: 'answer', id, status: 200, body: new Uint8Array() } satisfies FromThread);
    await clock.advance(0);
  };
  const isGivenUp = () => questions.giveUp[0] !== 0;
  return { clock, sent, questions, ask, answer, isGivenUp };
}

describe('questions to the thread', () => {
  it('are given to it one at a time, in order', async () => {
    const { sent, ask, answer, clock } = start();
    const asked = [ask(), ask(), ask()];
    expect(sent).toEqual([1]);
    await answer(1);
    await answer(2);
    expect({ sent, hows: asked.map(({ how }) => how) }).toEqual({
      sent: [1, 2, 3],
      hows: ['answer 1', 'answer 2', 'open'],
    });
    await answer(3);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are never begun when nobody waits for them any more', async () => {
    const { sent, ask, answer, isGivenUp } = start();
    const client = new AbortController();
    ask();
    const left = ask(client.signal);
    ask();
    client.abort();
    expect(isGivenUp()).toBe(false);
    await answer(1);
    expect({ sent, how: left.how }).toEqual({ sent: [1, 3], how: 'The client went away.' });
  });

  it('are given up when the thread is at one, and the next begins when it says so', async () => {
    const { sent, ask, answer, isGivenUp } = start();
    const client = new AbortController();
    const left = ask(client.signal);
    const next = ask();
    client.abort();
    expect({ sent, isGivenUp: isGivenUp() }).toEqual({ sent: [1], isGivenUp: true });
    await answer(1);
    expect({ sent, isGivenUp: isGivenUp() }).toEqual({ sent: [1, 2], isGivenUp: false });
    await answer(2);
    expect([left.how, next.how]).toEqual(['The client went away.', 'answer 2']);
  });

  it('are not asked for a client that is gone already', async () => {
    const { sent, ask, clock } = start();
    const left = ask(AbortSignal.abort());
    await clock.advance(0);
    expect({ sent, how: left.how, timers: clock.pendingTimers }).toEqual({
      sent: [],
      how: 'The client went away.',
      timers: 0,
    });
  });

  it('have an end when there is no answer', async () => {
    const { ask, clock, isGivenUp } = start();
    const asked = ask();
    await clock.advance(29_000);
    expect(asked.how).toBe('open');
    await clock.advance(1_000);
    expect({ how: asked.how, isGivenUp: isGivenUp() }).toEqual({
      how: 'The history did not answer in time: ask for less at once.',
      isGivenUp: true,
    });
  });

  it('leave nothing behind with a signal that lasts', async () => {
    const { ask, answer } = start();
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');
    ask(signal);
    await answer(1);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  it('are refused at once while there is no thread', async () => {
    const { sent, questions, ask, answer, clock, isGivenUp } = start();
    const before = [ask(), ask()];
    questions.refuse(GONE);
    const between = ask();
    await clock.advance(0);
    expect({ hows: [...before, between].map(({ how }) => how), isGivenUp: isGivenUp() }).toEqual({
      hows: [GONE.message, GONE.message, GONE.message],
      isGivenUp: true,
    });
    questions.accept();
    const after = ask();
    await answer(3);
    expect({ sent, how: after.how, isGivenUp: isGivenUp() }).toEqual({
      sent: [1, 3],
      how: 'answer 3',
      isGivenUp: false,
    });
  });

  it('are refused at once when no more are wanted, but for the one the thread has', async () => {
    const { sent, questions, ask, answer, clock, isGivenUp } = start();
    const atHand = ask();
    const waiting = [ask(), ask()];
    questions.refuseWaiting(STOPPING);
    const late = ask();
    await clock.advance(0);
    expect({ hows: [atHand, ...waiting, late].map(({ how }) => how), isGivenUp: isGivenUp() }).toEqual({
      hows: ['open', STOPPING.message, STOPPING.message, STOPPING.message],
      isGivenUp: false,
    });
    await answer(1);
    expect({ sent, how: atHand.how, timers: clock.pendingTimers }).toEqual({ sent: [1], how: 'answer 1', timers: 0 });
  });
});
