import { hashSync } from 'bcryptjs';
import { Secret } from '../model/secret';
import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { NOBODY, startApp } from '../testing/http-app';
import { ComparisonQueue } from './credentials';
import { until } from '../testing/wait';

const ROUNDS = 4;
const USERS = new Map([
  ['anna', new Secret(hashSync('pass:word', ROUNDS))],
  ['émile', new Secret(hashSync('clé', ROUNDS))],
]);
const TOKENS = [new Secret('token-one'), new Secret('token-two')];
const WEB = { basicAuthUsers: USERS, bearerTokens: TOKENS };

function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function start(web: typeof WEB = WEB) {
  return startApp({ web }, {}, new FakeTargets().add(makeTarget('a')));
}

describe('authentication', () => {
  it.each([
    ['a password with a colon', basic('anna', 'pass:word')],
    ['a name and a password beyond ASCII', basic('émile', 'clé')],
    ['the scheme in small letters', { authorization: basic('anna', 'pass:word').authorization.replace('B', 'b') }],
    ['a token', { authorization: 'Bearer token-one' }],
    ['another token', { authorization: 'bearer token-two' }],
  ])('lets pass %s', async (_, headers) => {
    const { get } = await start();
    expect((await get('/metrics', headers)).status).toBe(200);
    expect((await get('/', headers)).status).toBe(200);
  });

  it.each([
    ['nothing', {}],
    ['a wrong password', basic('anna', 'wrong')],
    ['a password that goes on behind the right one', basic('anna', 'pass:word!')],
    ['an unknown user', basic('nobody', 'pass:word')],
    ['a user every object has', basic('constructor', 'pass:word')],
    ['no user', basic('', '')],
    ['no colon', { authorization: `Basic ${Buffer.from('anna').toString('base64')}` }],
    ['a wrong token', { authorization: 'Bearer token-three' }],
    ['the start of a token', { authorization: 'Bearer token-' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a token as a password', basic('token-one', '')],
    ['another scheme', { authorization: 'Digest username="anna"' }],
    ['a hash instead of the password', basic('anna', USERS.get('anna')!.reveal())],
  ])('refuses %s', async (_, headers) => {
    const { get, targets } = await start();
    const { status, headers: answered, text } = await get('/metrics', headers);
    expect({ status, challenge: answered['www-authenticate'] }).toEqual({
      status: 401,
      challenge: 'Basic realm="Redis Vitals", charset="UTF-8", Bearer realm="Redis Vitals"',
    });
    expect(JSON.parse(text)).toMatchObject({ status: 'error', errorType: 'unauthorized' });
    expect(targets.calls).toEqual([]);
  });

  it.each([
    ['users alone', { ...WEB, bearerTokens: [] }, 'Basic realm="Redis Vitals", charset="UTF-8"'],
    ['tokens alone', { ...WEB, basicAuthUsers: new Map<string, Secret>() }, 'Bearer realm="Redis Vitals"'],
  ])('asks for what there is: %s', async (_, web, challenge) => {
    const { get } = await start(web);
    const { status, headers } = await get('/metrics', basic('nobody', 'x'));
    expect({ status, challenge: headers['www-authenticate'] }).toEqual({ status: 401, challenge });
  });

  it.each([
    '/scrape?target=a',
    '/sd',
    '/',
    '/targets/a',
    '/-/reload',
    '/api/v1/query',
    '/api/v1/stream',
    '/api/v1/table',
    '/api/v1/events',
    '/api/v1/catalog',
    '/api/v1/status',
    '/api/v1/openapi.json',
    '/nowhere',
  ])('guards %s', async (path) => {
    const { get } = await start();
    expect((await get(path)).status).toBe(401);
  });

  it.each(['/health', '/ready'])('leaves %s open', async (path) => {
    const { get } = await start();
    expect((await get(path)).status).toBe(200);
  });

  it('is not asked for where nobody is configured', async () => {
    const { get } = await startApp({ web: NOBODY });
    expect((await get('/metrics')).status).toBe(200);
  });
});

describe('a password that was right', () => {
  /** Users whose hash tells how often it was read: once for each comparison. */
  function countingUsers() {
    const hash = hashSync('right', ROUNDS);
    const secret = new Secret(hash);
    const reveal = jest.spyOn(secret, 'reveal');
    return {
      web: { basicAuthUsers: new Map([['anna', secret]]), bearerTokens: [] },
      comparisons: () => reveal.mock.calls.length,
    };
  }

  it('is compared once, a wrong one each time', async () => {
    const { web, comparisons } = countingUsers();
    const { get } = await startApp({ web });
    for (let time = 0; time < 3; time++) expect((await get('/metrics', basic('anna', 'right'))).status).toBe(200);
    expect(comparisons()).toBe(1);
    for (let time = 0; time < 2; time++) expect((await get('/metrics', basic('anna', 'wrong'))).status).toBe(401);
    expect(comparisons()).toBe(3);
  });

  it('is compared for a user that does not exist, too: the time must not tell', async () => {
    const { web, comparisons } = countingUsers();
    const { get } = await startApp({ web });
    expect((await get('/metrics', basic('nobody', 'right'))).status).toBe(401);
    expect(comparisons()).toBe(1);
  });

  it('is compared anew after a reload, and not taken when it was changed', async () => {
    const before = countingUsers();
    const { get, state } = await startApp({ web: before.web });
    await get('/metrics', basic('anna', 'right'));
    const after = countingUsers();
    state.options = { ...state.options, web: after.web };
    expect((await get('/metrics', basic('anna', 'right'))).status).toBe(200);
    expect(after.comparisons()).toBe(1);
    const changed = new Map([['anna', new Secret(hashSync('new', ROUNDS))]]);
    state.options = { ...state.options, web: { basicAuthUsers: changed, bearerTokens: [] } };
    expect((await get('/metrics', basic('anna', 'right'))).status).toBe(401);
  });

  it('makes room for others: a user beyond those remembered is compared again', async () => {
    const hash = new Secret(hashSync('right', ROUNDS));
    const reveal = jest.spyOn(hash, 'reveal');
    const names = Array.from({ length: 129 }, (_, index) => `user${index}`);
    const web = { basicAuthUsers: new Map(names.map((name) => [name, hash])), bearerTokens: [] };
    const { get } = await startApp({ web });
    for (const name of names) await get('/metrics', basic(name, 'right'));
    expect(reveal).toHaveBeenCalledTimes(129);
    await get('/metrics', basic('user128', 'right'));
    expect(reveal).toHaveBeenCalledTimes(129);
    await get('/metrics', basic('user0', 'right'));
    expect(reveal).toHaveBeenCalledTimes(130);
  });
});

describe('guesses from one address', () => {
  it('leave room for those from others', async () => {
    const hash = hashSync('right', 8);
    const queue = new ComparisonQueue();
    const ask = (from: string) => queue.run('guess', hash, from);
    const [first, second, others] = [6, 3, 3].map((count, at) =>
      Array.from({ length: count }, () => ask(`10.0.0.${at}`))
    );
    const taken = (list: readonly unknown[] = []) => list.filter((one) => one !== undefined).length;
    expect([taken(first), taken(second), taken(others)]).toEqual([4, 3, 1]);
    await until(async () => (await ask('10.0.0.0')) !== undefined, 'room for the first address');
  });
});

describe('many guesses at once', () => {
  it('are put off, while those who were let in before go on', async () => {
    const web = { basicAuthUsers: new Map([['anna', new Secret(hashSync('right', 8))]]), bearerTokens: [] };
    const { get } = await startApp({ web });
    expect((await get('/metrics', basic('anna', 'right'))).status).toBe(200);
    const guesses = Array.from({ length: 40 }, (_, index) => get('/metrics', basic('anna', `guess${index}`)));
    expect((await get('/metrics', basic('anna', 'right'))).status).toBe(200);
    const answers = await Promise.all(guesses);
    const busy = answers.filter(({ status }) => status === 429);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]!.headers['retry-after']).toBe('1');
    expect(answers.filter(({ status }) => status !== 429 && status !== 401)).toEqual([]);
    await until(async () => (await get('/metrics', basic('anna', 'guess'))).status === 401, 'an end of the queue');
  });
});
