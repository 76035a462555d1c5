import { hashSync } from 'bcryptjs';
import { ConfigError } from './errors';
import { Secret } from './model/secret';
import { FakeTargets, makeResult, makeTarget } from './testing/fake-targets';
import { startApp } from './testing/http-app';

const CANARY = 'c4n4ry';
const HASH = hashSync(CANARY, 4);

describe('secrets', () => {
  it('are in no answer and no log line, whoever asks for what', async () => {
    const target = makeTarget('cache-1', {
      username: 'anna',
      password: { from: 'value', value: new Secret(CANARY) },
      labels: { env: 'prod' },
    });
    const failure = { code: 'auth', message: 'WRONGPASS: check username and password of cache-1' } as const;
    const targets = new FakeTargets().add(target, 1, {
      state: 'down',
      latest: makeResult(target, 0, { failure }),
      recentPolls: [{ startedAtMs: 0, durationMs: 1, failure }],
      recentFailures: [{ startedAtMs: 0, durationMs: 1, failure }],
    });
    const web = {
      basicAuthUsers: new Map([['anna', new Secret(HASH)]]),
      bearerTokens: [new Secret(`${CANARY}-token`)],
    };
    const reload = () => Promise.reject(new ConfigError([{ path: 'targets[0].password', message: 'is empty' }]));
    const { ask, state } = await startApp({ web }, { reload }, targets);

    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const wrong = [basic(`anna:${CANARY}x`), `Bearer ${CANARY}`, `Bearer ${HASH}`, `Digest ${CANARY}`];
    const right = [basic(`anna:${CANARY}`), `Bearer ${CANARY}-token`];
    const paths = [
      '/metrics',
      '/scrape?target=cache-1',
      `/scrape?target=redis://:${CANARY}@10.0.0.1`,
      `/scrape?target=${CANARY}`,
      '/sd',
      '/',
      '/targets/cache-1',
      `/targets/${CANARY}`,
      `/${CANARY}`,
      '/health',
      '/ready',
      '/-/reload',
      '/api/v1/query',
      '/api/v1/table',
      '/api/v1/events',
      '/api/v1/catalog',
      '/api/v1/status',
      `/api/v1/${CANARY}`,
    ];
    const answers: string[] = [];
    // One after another: more passwords at once than the guard checks would be refused with 429.
    for (const authorization of [...wrong, ...right]) {
      const requests = paths.flatMap((path) => ['GET', 'POST'].map((method) => ({ method, path })));
      const given = requests.map(async ({ method, path }) => {
        const { status, headers, text } = await ask(path, { method, headers: { authorization } });
        return `${method} ${path} ${status} ${JSON.stringify(headers)} ${text}`;
      });
      answers.push(...(await Promise.all(given)));
    }
    // The question stands in front of each answer; it may name the canary.
    const leaks = [...answers.map((answer) => answer.replace(/^\S+ \S+ /, '')), JSON.stringify(state.logged)].flatMap(
      (text) => text.match(new RegExp(`.{0,40}(?:${CANARY}|\\$2b\\$).{0,40}`, 'g')) ?? []
    );
    expect(leaks).toEqual([]);
    expect(answers.filter((answer) => / 200 /.test(answer)).length).toBeGreaterThan(20);
  });
});
