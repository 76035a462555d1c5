import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ErrorReply } from '../model/command';
import { Secret } from '../model/secret';
import type { Address, Target } from '../model/target';
import { makeCertificates } from '../testing/certificates';
import { temporaryDirectory } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { freePort } from '../testing/free-port';
import { startHostileServer } from '../testing/hostile-server';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';
import { Connection } from './connection';

const CANARY = 'canary-5f1d';
const never = new AbortController().signal;
const password = (value: string) => ({ from: 'value', value: new Secret(value) }) as const;

function at({ host, port }: { host: string; port: number }, overrides: Partial<Target> = {}): Target {
  return makeTarget('cache', { address: { kind: 'tcp', host, port }, ...overrides });
}

/** Opens, asks, closes: what a poll would see. */
async function visit(target: Target, signal = never): Promise<unknown> {
  const connection = await Connection.open(target, signal);
  try {
    return (await connection.roundTrip([{ args: ['INFO', 'server'] }]))[0];
  } finally {
    connection.close();
  }
}

/** The failure of a visit; no secret is in it, however it is printed. */
async function failure(target: Target, signal = never): Promise<{ code: string; message: string }> {
  const error: unknown = await visit(target, signal).then(
    (reply) => Promise.reject(new Error(`it succeeded: ${inspect(reply)}`)),
    (reason: unknown) => reason
  );
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(CANARY);
  return error as { code: string; message: string };
}

describe('an open connection', () => {
  let server: RedisServer;
  let addresses: Record<'tcp' | 'unix', Address>;
  beforeAll(async () => {
    server = await startRedis();
    const { host, port, socketPath } = server;
    addresses = { tcp: { kind: 'tcp', host, port }, unix: { kind: 'unix', path: socketPath } };
  });
  const clients = async () => String(await server.command('CLIENT', 'LIST')).split('name=redis-vitals ').length - 1;

  it.each(['tcp', 'unix'] as const)('over %s has its name in CLIENT LIST until it is closed', async (kind) => {
    const connection = await Connection.open(makeTarget('cache', { address: addresses[kind] }), never);
    expect(connection.isOpen).toBe(true);
    expect(connection.connectMs).toBeGreaterThan(0);
    expect(await clients()).toBe(1);
    connection.close();
    expect(connection.isOpen).toBe(false);
    await until(async () => (await clients()) === 0, 'the connection to end');
  });

  it('gives a reply or an error for each command, in their order', async () => {
    const connection = await Connection.open(at(server), never);
    const replies = await connection.roundTrip([
      { args: ['SLOWLOG', 'LEN'] },
      { args: ['CONFIG', 'GET', 'maxmemory', 'maxclients'] },
      { args: ['SENTINEL', 'MASTERS'] },
      { args: ['SLOWLOG', 'GET', '1'] },
      { args: ['INFO', 'nothing'] },
    ]);
    connection.close();
    expect(replies).toEqual([
      expect.any(Number),
      expect.arrayContaining(['maxmemory', '0', 'maxclients', expect.any(String)]),
      new ErrorReply("ERR unknown command 'SENTINEL', with args beginning with: 'MASTERS' "),
      expect.any(Array),
      '',
    ]);
  });

  it('sends nothing when one of the commands is not allowed, and stays of use', async () => {
    await server.command('CONFIG', 'RESETSTAT');
    const connection = await Connection.open(at(server), never);
    const mixed = connection.roundTrip([{ args: ['INFO'] }, { args: ['FLUSHALL'] }]);
    await expect(mixed).rejects.toThrow('the command FLUSHALL  is not on the list of allowed commands');
    expect(await connection.roundTrip([{ args: ['SLOWLOG', 'LEN'] }])).toHaveLength(1);
    connection.close();
    const stats = String(await server.command('INFO', 'commandstats'));
    expect(stats).toContain('cmdstat_slowlog|len:calls=1,');
    expect(stats).not.toMatch(/cmdstat_(info|flushall):/);
  });

  it('rejects what is under way when it is closed, and everything afterwards', async () => {
    const silent = await startHostileServer(([name]) => (name === 'INFO' ? undefined : 'OK'));
    const connection = await Connection.open(at(silent), never);
    const waiting = connection.roundTrip([{ args: ['INFO'] }]);
    connection.close();
    await expect(waiting).rejects.toMatchObject({ name: 'TargetError', code: 'closed' });
    await expect(connection.roundTrip([{ args: ['INFO'] }])).rejects.toMatchObject({ code: 'closed' });
  });

  it('rejects what is under way when the other side ends it', async () => {
    const silent = await startHostileServer(([name]) => (name === 'INFO' ? undefined : 'OK'));
    const connection = await Connection.open(at(silent), never);
    const waiting = connection.roundTrip([{ args: ['INFO'] }]);
    silent.close();
    await expect(waiting).rejects.toMatchObject({ name: 'TargetError', code: 'closed' });
    expect(connection.isOpen).toBe(false);
  });

  it('knows when the server has gone', async () => {
    const doomed = await startRedis();
    const connection = await Connection.open(at(doomed), never);
    await doomed.stop();
    await until(() => !connection.isOpen, 'the connection to end');
  });
});

describe('credentials', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ password: CANARY, users: [`monitor on >${CANARY} -@all +info +client|setname`] });
  });

  it.each([
    ['a password', {}],
    ['an ACL user', { username: 'monitor' }],
  ])('are good: %s', async (_, user) => {
    expect(await visit(at(server, { ...user, password: password(CANARY) }))).toContain('redis_version:');
  });

  it('are read from their file for each connection', async () => {
    const path = join(temporaryDirectory(), 'password');
    const target = at(server, { password: { from: 'file', path } });
    writeFileSync(path, 'out of date\n');
    expect((await failure(target)).code).toBe('auth');
    writeFileSync(path, `${CANARY}\n`);
    expect(await visit(target)).toContain('redis_version:');
  });

  it.each([
    ['a wrong password', { password: password(`${CANARY}-wrong`) }],
    ['a wrong user', { username: 'nobody', password: password(CANARY) }],
    ["a wrong user's password", { username: 'monitor', password: password(`${CANARY}-wrong`) }],
  ])('are refused: %s', async (_, wrong) => {
    expect(await failure(at(server, wrong))).toMatchObject({
      code: 'auth',
      message: `127.0.0.1:${server.port}: the server refuses the credentials: check username and password`,
    });
  });

  it('that are missing leave the connection open: each command is told so', async () => {
    expect(await visit(at(server))).toEqual(new ErrorReply('NOAUTH Authentication required.'));
  });

  it('a user may be forbidden to name its connection', async () => {
    await server.command('ACL', 'SETUSER', 'nameless', 'on', `>${CANARY}`, '-@all', '+info');
    expect(await visit(at(server, { username: 'nameless', password: password(CANARY) }))).toContain('redis_version:');
  });

  it('are refused by a server without a password', async () => {
    const open = await startRedis();
    expect(await failure(at(open, { password: password(CANARY) }))).toMatchObject({
      code: 'auth',
      message: `127.0.0.1:${open.port}: the server has no password, but one is configured: remove it`,
    });
  });

  it('with a user are refused by a server without users', async () => {
    const old = await startHostileServer(([name]) =>
      name === 'AUTH' ? new ErrorReply("ERR wrong number of arguments for 'auth' command") : 'OK'
    );
    expect(await failure(at(old, { username: 'monitor', password: password(CANARY) }))).toMatchObject({
      code: 'auth',
      message: `127.0.0.1:${old.port}: the server is older than Redis 6 and knows no users: remove username`,
    });
  });

  it('do not come back out of a server that repeats what it is told', async () => {
    const echo = await startHostileServer((command) => [...command]);
    expect(await visit(at(echo, { password: password(CANARY) }))).toEqual(['INFO', 'server']);
    const talkative = await startHostileServer((command) => new ErrorReply(`ERR ${command.join(' ')}`));
    expect((await failure(at(talkative, { password: password(CANARY) }))).code).toBe('auth');
  });
});

describe('TLS', () => {
  const certificates = makeCertificates();
  const { caFile, certFile, keyFile } = certificates;
  const others = makeCertificates();
  const checked = { insecureSkipVerify: false };
  let server: RedisServer;
  let strict: RedisServer;
  beforeAll(async () => {
    const strictArgs = ['--tls-auth-clients', 'yes'];
    [server, strict] = await Promise.all([
      startRedis({ tls: certificates }),
      startRedis({ tls: certificates, args: strictArgs }),
    ]);
  });

  it.each([
    ['the CA of its certificate', { ...checked, caFile }],
    ['a name in its certificate', { ...checked, caFile, serverName: 'localhost' }],
    ['an address in its certificate', { ...checked, caFile, serverName: '::1' }],
    ['no check at all', { insecureSkipVerify: true }],
    ['no check of another name', { insecureSkipVerify: true, serverName: 'elsewhere' }],
  ])('works with %s', async (_, tls) => {
    expect(await visit(at(server, { tls }))).toContain('redis_version:');
  });

  it('works with a certificate of our own', async () => {
    expect(await visit(at(strict, { tls: { ...checked, caFile, certFile, keyFile } }))).toContain('redis_version:');
  });

  it.each([
    ['no CA', { ...checked }, /TLS failed \(\w+\): .* not to be trusted: check tls\.ca$/],
    ['another CA', { ...checked, caFile: others.caFile }, /TLS failed \(\w+\): .* not to be trusted: check tls\.ca$/],
    ['another name', { ...checked, caFile, serverName: 'elsewhere' }, /another name: set tls\.serverName$/],
    ['another address', { ...checked, caFile, serverName: '10.0.0.1' }, /another name: set tls\.serverName$/],
    ['a file that is missing', { ...checked, caFile: '/no/such/ca' }, /cannot read the TLS file \/no\/such\/ca/],
    ['a file that is no key', { ...checked, caFile, certFile, keyFile: __filename }, /check the files$/],
  ])('fails with %s', async (_, tls, message) => {
    expect(await failure(at(server, { tls }))).toMatchObject({
      code: 'tls',
      message: expect.stringMatching(message) as string,
    });
  });

  it('fails without the certificate the server wants', async () => {
    expect(await failure(at(strict, { tls: { ...checked, caFile } }))).toMatchObject({
      code: 'tls',
      message: expect.stringMatching(/refuses our certificate: check tls\.cert and tls\.key$/) as string,
    });
  });

  it('fails with a server that hangs up on it', async () => {
    const web = await startHostileServer('reset');
    expect(await failure(at(web, { tls: { ...checked, caFile } }))).toMatchObject({
      code: 'closed',
      message: expect.stringMatching(/before it answered: check that the port speaks TLS$/) as string,
    });
  });

  it('is missed where the port wants it', async () => {
    expect(await failure(at(server, { password: password(CANARY) }))).toMatchObject({
      code: 'closed',
      message: expect.stringMatching(/before it answered: check whether the port wants TLS$/) as string,
    });
  });
});

describe('a server that cannot be reached', () => {
  it('nobody listens', async () => {
    const port = await freePort();
    expect(await failure(at({ host: '127.0.0.1', port }))).toMatchObject({
      code: 'refused',
      message: `127.0.0.1:${port}: connection refused: is the server running there, and is the port right?`,
    });
  });

  it('nobody listens at any address of a name', async () => {
    const port = await freePort();
    expect(await failure(at({ host: 'localhost', port }))).toMatchObject({ code: 'refused' });
  });

  it('the name does not resolve', async () => {
    expect(await failure(at({ host: 'no-such-host.invalid', port: 6379 }))).toMatchObject({
      code: 'dns',
      message: expect.stringContaining('no-such-host.invalid:6379: the host name') as string,
    });
  });

  it('the socket file is missing', async () => {
    expect(await failure(makeTarget('cache', { address: { kind: 'unix', path: '/no/such.sock' } }))).toMatchObject({
      code: 'unreachable',
      message: 'unix:///no/such.sock: the socket file does not exist: is the server running, and is the path right?',
    });
  });
});

describe('a server that misbehaves', () => {
  it.each([
    ['reset', /closed by the other side before it answered/, 'closed'],
    ['halfClose', /closed by the other side/, 'closed'],
    ['garbage', /does not speak Redis' protocol: check the port, and whether it wants TLS/, 'protocol'],
    ['maxClients', /the server has reached maxclients/, 'max_clients'],
    [() => new ErrorReply('DENIED Redis is running in protected mode'), /is in protected mode/, 'auth'],
  ] as const)('%s', async (behaviour, message, code) => {
    const server = await startHostileServer(behaviour);
    for (const target of [at(server), at(server, { password: password(CANARY) })]) {
      expect(await failure(target)).toMatchObject({ code, message: expect.stringMatching(message) as string });
    }
  });

  it('a real one that has reached maxclients', async () => {
    const server = await startRedis();
    await server.command('CONFIG', 'SET', 'maxclients', '1');
    const first = await until(() => Connection.open(at(server), never), 'room for one client');
    for (let count = 0; count < 20; count++) expect(await failure(at(server))).toMatchObject({ code: 'max_clients' });
    first.close();
  });

  it.each([
    ['plain text', {}],
    ['TLS', { tls: { insecureSkipVerify: true } }],
  ])('one that hangs is given up at once when told so, over %s', async (_, tls) => {
    const server = await startHostileServer('hang');
    const controller = new AbortController();
    const opening = failure(at(server, { ...tls, password: password(CANARY) }), controller.signal);
    await until(() => server.connections === 1, 'the connection');
    controller.abort();
    expect((await opening).code).toBe('closed');
  });

  it('is not connected to at all when it is given up before', async () => {
    const server = await startHostileServer('hang');
    expect(await failure(at(server), AbortSignal.abort())).toMatchObject({ code: 'closed' });
    expect(server.connections).toBe(0);
  });
});
