import { hashSync } from 'bcryptjs';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { send } from '../testing/http-app';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

/** Takes some 20 ms to compare. */
const ROUNDS = 8;
const GUESSES_AT_ONCE = 40;
const HERE = '127.0.0.1';
const ELSEWHERE = '127.0.0.2';
const TOKEN = 'a-token';
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

let collector: CollectorProcess;
let isGuessing = true;
/** How often each status was answered to a guess. */
const guessed = new Map<number, number>();
const guessers: Promise<void>[] = [];

async function guess(number: number): Promise<void> {
  for (let attempt = 0; isGuessing; attempt++) {
    const headers = basic(number % 2 === 0 ? 'early' : 'nobody', `guess ${number} ${attempt}`);
    const { status, headers: answered } = await send(`${collector.url}/metrics`, { headers, localAddress: HERE });
    if (status === 429) expect(answered['retry-after']).toBe('1');
    guessed.set(status, (guessed.get(status) ?? 0) + 1);
  }
}

const status = async (headers: Record<string, string>, localAddress = HERE) =>
  (await send(`${collector.url}/metrics`, { headers, localAddress })).status;

beforeAll(async () => {
  const server = await startRedis();
  collector = await startCollector({
    configText: JSON.stringify({
      targets: [{ name: 'cache', url: server.url }],
      web: {
        basicAuthUsers: { early: hashSync('right', ROUNDS), late: hashSync('right', ROUNDS) },
        bearerTokens: [{ token: TOKEN }],
      },
    }),
  });
  expect(await status(basic('early', 'right'))).toBe(200);
  for (let number = 0; number < GUESSES_AT_ONCE; number++) guessers.push(guess(number));
  await until(() => (guessed.get(401) ?? 0) > 0 && (guessed.get(429) ?? 0) > 0, 'guesses to be refused and put off');
});

describe('while somebody guesses passwords without end', () => {
  it('who was let in before goes on', async () => {
    for (let time = 0; time < 20; time++) expect(await status(basic('early', 'right'))).toBe(200);
  });

  it('a token is let in', async () => {
    expect(await status({ authorization: `Bearer ${TOKEN}` })).toBe(200);
  });

  it('who comes from another address for the first time is let in at once', async () => {
    expect(await status(basic('late', 'right'), ELSEWHERE)).toBe(200);
  });

  it('most guesses are not even compared', async () => {
    const before = new Map(guessed);
    const since = (code: number) => (guessed.get(code) ?? 0) - (before.get(code) ?? 0);
    await until(() => since(401) >= 3, 'guesses to be refused');
    expect(since(429)).toBeGreaterThan(since(401));
  });

  it('the target is polled, and the page is served', async () => {
    expect((await send(`${collector.url}/ready`)).status).toBe(200);
    const { text } = await send(`${collector.url}/metrics`, { headers: basic('early', 'right') });
    expect(text).toMatch(/^redis_up\{.*\} 1$/m);
  });

  it('nothing but refusals is answered to the guesses', async () => {
    isGuessing = false;
    await Promise.all(guessers);
    expect([...guessed.keys()].sort()).toEqual([401, 429]);
    expect(collector.output()).not.toMatch(/"level":"(?:warn|error|fatal)"/);
  });
});
