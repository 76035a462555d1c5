import { Redis } from 'ioredis';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectors } from '../collectors/registry';
import { Secret } from '../model/secret';
import type { PollResult } from '../model/poll-result';
import type { Target } from '../model/target';
import { TargetPoller } from '../poll/target-poller';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { systemClock } from '../util/clock';
import { allowedCommands } from './allowed-commands';
import { Connection } from './connection';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/acl.md'), 'utf8');
const PASSWORD = 'choose-a-password';

/** The users of the document: for Redis, for Valkey 8.1+, for sentinels. */
const USERS = [...DOCUMENT.matchAll(/^ACL SETUSER (\S+) reset (.*)$/gm)].map(([, name, rules]) => ({
  name: name!,
  rules: rules!,
  permissions: rules!.split(' ').filter((word) => word.startsWith('+')),
}));
const [ofRedis, ofValkey, ofSentinel] = USERS as [User, User, User];
type User = (typeof USERS)[number];

/** The rows of the table of permissions. */
const PERMISSIONS = [...DOCUMENT.matchAll(/^\| `(\+[a-z\\|]+)` *\| (.*?) *\|/gm)].map(([, permission, off]) => ({
  permission: permission!.replace('\\|', '|'),
  off: [...off!.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!),
}));

async function pollAs(user: User, server: RedisServer): Promise<PollResult> {
  const target: Target = {
    name: 'server',
    address: { kind: 'tcp', host: server.host, port: server.port },
    username: user.name,
    password: { from: 'value', value: new Secret(PASSWORD) },
    labels: {},
    intervalMs: 10_000,
    timeoutMs: 10_000,
    disabledCollectors: new Set(),
  };
  const poller = new TargetPoller(target, {
    connect: (to, signal) => Connection.open(to, signal),
    collectors,
    clock: systemClock,
    random: Math.random,
    publish: () => undefined,
  });
  try {
    return await poller.fresh(0);
  } finally {
    poller.close();
  }
}

function successful({ samples: { layout, values } }: PollResult): readonly string[] {
  return layout.series.flatMap(({ family, labels }, at) =>
    family.name === 'redis_vitals_collector_success' && values[at] === 1 ? labels : []
  );
}

/** Gives the server the first of the users it takes: an older one refuses commands it does not know. */
async function createUser(server: RedisServer, ...users: readonly User[]): Promise<User> {
  for (const user of users) {
    try {
      await server.command('ACL', 'SETUSER', user.name, 'reset', ...user.rules.split(' '));
      return user;
    } catch (error) {
      if (user === users.at(-1)) throw error;
    }
  }
  throw new Error('docs/acl.md has no users');
}

let standalone: RedisServer;
let clusterNode: RedisServer;
let sentinel: RedisServer;

beforeAll(async () => {
  [standalone, clusterNode] = await Promise.all([startRedis(), startRedis({ cluster: true })]);
  sentinel = await startRedis({ sentinel: { cache: standalone } });
});

const KINDS = [
  { kind: 'a server', server: () => standalone, users: [ofValkey, ofRedis] },
  { kind: 'a cluster node', server: () => clusterNode, users: [ofValkey, ofRedis] },
  { kind: 'a sentinel', server: () => sentinel, users: [ofSentinel] },
] as const;

/** Commands that need no permission: they come before AUTH or end the connection. */
const FREE = ['+auth', '+hello', '+quit', '+reset'];

describe.each(KINDS)('the user of docs/acl.md on $kind', ({ server, users }) => {
  let user: User;
  beforeAll(async () => {
    user = await createUser(server(), ...users);
  });

  it('is enough for every collector', async () => {
    const result = await pollAs(user, server());
    expect(result.failure).toBeUndefined();
    expect(result.collectorFailures).toEqual([]);
    const running = collectors.filter((collector) => collector.applies?.(result.facts!) ?? true);
    expect(successful(result)).toEqual(running.map(({ name }) => name));
  });

  it('may run its commands and no others', async () => {
    const allowed: string[] = [];
    for (const { name, arity } of await commandsOf(server())) {
      const args = [...name.split('|'), ...Array<string>(Math.abs(arity)).fill('x')];
      const answer = await server().command('ACL', 'DRYRUN', user.name, ...args.slice(0, Math.abs(arity)));
      if (answer === 'OK') allowed.push(`+${name}`);
    }
    expect(allowed.filter((name) => !FREE.includes(name)).sort()).toEqual([...user.permissions].sort());
  });
});

/** Every command and subcommand the server has, with the number of words it takes (negative: at least). */
async function commandsOf(server: RedisServer): Promise<readonly { name: string; arity: number }[]> {
  // Safe: this is the shape COMMAND has since Redis 7.0.
  const entries = (await server.command('COMMAND')) as unknown as readonly CommandEntry[];
  return entries
    .flatMap((entry) => (entry[9].length > 0 ? entry[9] : [entry]))
    .map(([name, arity]) => ({ name, arity }));
}
type CommandEntry = readonly [string, number, ...(readonly unknown[])] & { readonly 9: readonly CommandEntry[] };

describe('a connection of the user', () => {
  let client: Redis;
  beforeAll(async () => {
    const { name } = await createUser(standalone, ofValkey, ofRedis);
    client = new Redis({ port: standalone.port, username: name, password: PASSWORD });
  });
  afterAll(() => client.disconnect());

  it.each([
    ...['GET key', 'SET key value', 'DEL key', 'KEYS *', 'FLUSHALL', 'CONFIG SET maxmemory 1', 'CONFIG RESETSTAT'],
    ...['SLOWLOG RESET', 'LATENCY RESET', 'CLIENT INFO', 'CLIENT KILL TYPE normal', 'CLUSTER RESET', 'ACL LIST'],
    ...['EVAL return(1) 0', 'SHUTDOWN', 'REPLICAOF 127.0.0.1 1', 'MONITOR', 'SAVE'],
  ])('is refused %s', async (line) => {
    const [command = '', ...args] = line.split(' ');
    await expect(client.call(command, ...args)).rejects.toThrow(/^NOPERM /);
  });
});

describe('the table of permissions', () => {
  it('has all permissions there are', () => {
    const all = new Set(USERS.flatMap(({ permissions }) => permissions));
    expect(new Set(PERMISSIONS.map(({ permission }) => permission))).toEqual(all);
  });

  it('has the commands that may ever be sent', () => {
    const commands = allowedCommands.filter((command) => command !== 'AUTH');
    expect(PERMISSIONS.map(({ permission }) => permission).sort()).toEqual(
      commands.map((command) => `+${command.toLowerCase().replace(' ', '|')}`).sort()
    );
  });

  const tried = PERMISSIONS.filter(({ permission }) => !/^\+(info|commandlog\|(len|get))$/.test(permission));
  it.each(tried)('is right that without $permission these are off: $off', async ({ permission, off }) => {
    const { server, users } = KINDS[permission.startsWith('+sentinel') ? 2 : permission.startsWith('+cluster') ? 1 : 0];
    const user = await createUser(server(), ...users.map((one) => without(one, permission)));
    const { failure, collectorFailures } = await pollAs(user, server());
    expect(failure).toBeUndefined();
    expect(collectorFailures.map(({ collector }) => collector)).toEqual(off);
    for (const failed of collectorFailures) {
      expect(failed).toMatchObject({ off: true, code: 'no_permission' });
      expect(failed.message).toContain(`grant ${permission} `);
    }
  });

  it('is right that without +info the target is down', async () => {
    const user = await createUser(standalone, without(ofRedis, '+info'));
    expect((await pollAs(user, standalone)).failure).toMatchObject({ code: 'no_permission' });
  });
});

function without(user: User, permission: string): User {
  const rules = user.rules.split(' ').filter((word) => word !== permission);
  return { ...user, rules: rules.join(' ') };
}
