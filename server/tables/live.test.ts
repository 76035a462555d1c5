import type { TableAnswer, TableName } from '../api/contract';
import { Canaries } from '../testing/canaries';
import { startLiveTargets } from '../testing/live-targets';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';
import { answerTable, type TableParts } from './answer-table';

const canaries = new Canaries();
const password = canaries.plantPlain('requirepass');

let parts: TableParts;
let master: RedisServer;
let replica: RedisServer;

beforeAll(async () => {
  const [one, clusterNode] = await Promise.all([
    startRedis({ password, args: ['--tls-key-file-pass', canaries.plantPlain('tls-key-file-pass')] }),
    startRedis({ cluster: true, args: ['--masterauth', canaries.plantPlain('masterauth')] }),
  ]);
  master = one;
  replica = await startRedis({ replicaOf: master });
  await until(async () => /state=online/.test(String(await master.command('INFO', 'replication'))), 'a replica');
  await master.command('SET', 'key', 'value', 'EX', '1000');
  const dead = { host: '127.0.0.1', port: 1, password: undefined };
  const targets = await startLiveTargets({ master, replica, clusterNode, dead });
  parts = { targets, query: undefined, entries: undefined, now: Date.now };
});

type Row = Readonly<Record<string, unknown>>;

function rowsOf({ columns }: TableAnswer): Row[] {
  return (columns[0]?.values ?? []).map((_, at) =>
    Object.fromEntries(columns.map((one) => [one.name, one.values[at]]))
  );
}

async function rows(request: object): Promise<Row[]> {
  return rowsOf(await answerTable(parts, request));
}

describe('of real servers', () => {
  it.each<[TableName, string[]]>([
    ['info', []],
    ['clients', ['clusterNode', 'master', 'replica']],
    ['keyspace', ['clusterNode', 'master', 'replica']],
    ['commands', ['clusterNode', 'master', 'replica']],
    ['replication', ['clusterNode', 'master', 'replica']],
    ['cluster', ['clusterNode']],
    ['targets', ['clusterNode', 'dead', 'master', 'replica']],
    ['config', []],
  ])('the table %s is whole but for the target that is down', async (table, instances) => {
    const answer = await answerTable(parts, { table, limit: 10_000 });
    expect([...new Set(rowsOf(answer).flatMap(({ instance }) => instance ?? []))].sort()).toEqual(instances);
    expect(rowsOf(answer).length).toBeGreaterThan(0);
    expect(new Set(answer.columns.map(({ values }) => values.length)).size).toBe(1);
    const warnings = answer.notices.filter(({ severity }) => severity === 'warning').map(({ text }) => text);
    const downNotice = /^dead: .*127\.0\.0\.1:1: connection refused/;
    expect(warnings).toEqual(table === 'targets' ? [] : [expect.stringMatching(downNotice)]);
  });

  it('the clients are those the server has, ours among them', async () => {
    const found = await rows({ table: 'clients', targets: { names: ['master'] } });
    expect(found).toContainEqual(
      expect.objectContaining({ name: 'redis-vitals', user: 'default', command: 'client|list', db: 0, flags: '' })
    );
    expect(found).toContainEqual(expect.objectContaining({ flags: 'replica', command: 'replconf' }));
    const grouped = await rows({ table: 'clients', groupBy: 'command', targets: { names: ['master'] } });
    expect(grouped).toContainEqual(expect.objectContaining({ command: 'replconf', clients: 1, blocked: 0 }));
  });

  it('master and replica are a pair', async () => {
    const pair = await rows({ table: 'replication', targets: { names: ['master', 'replica'] } });
    expect(pair).toMatchObject([
      { instance: 'master', role: 'master', address: `127.0.0.1:${master.port}`, master: null },
      { instance: 'replica', role: 'slave', address: `127.0.0.1:${replica.port}`, master: 'master', link: 'up' },
    ]);
    expect(pair[1]).toMatchObject({ state: 'online', sync_in_progress: false });
  });

  it('the cluster node has all slots', async () => {
    expect(await rows({ table: 'cluster' })).toMatchObject([
      { instance: 'clusterNode', role: 'master', slots: 16_384 },
    ]);
  });

  it('a database has its keys', async () => {
    const databases = await rows({ table: 'keyspace', targets: { names: ['master', 'clusterNode'] } });
    expect(databases).toMatchObject([
      { instance: 'master', db: 'all', keys: 1, expiring: 1 },
      { instance: 'master', db: 'db0', keys: 1, expiring: 1 },
      { instance: 'clusterNode', db: 'all', keys: 0, expiring: 0 },
    ]);
  });

  it('what a target has and refuses is told of with the remedy', async () => {
    await replica.command('ACL', 'SETUSER', 'default', '-client|list');
    const { notices } = await answerTable(parts, { table: 'clients', targets: { names: ['replica'] } });
    await replica.command('ACL', 'SETUSER', 'default', '+@all');
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^replica: CLIENT LIST answered: NOPERM .*; grant \+client\|list/),
    ]);
  });

  it('asking opens no connections and loses no polls', async () => {
    const before = parts.targets.status('master')!;
    for (let count = 0; count < 20; count++)
      await answerTable(parts, { table: 'info', targets: { names: ['master'] } });
    const { connections, state, recentFailures } = parts.targets.status('master')!;
    expect({ connections, state, recentFailures }).toEqual({
      connections: before.connections,
      state: 'up',
      recentFailures: [],
    });
  });
});

describe('secrets', () => {
  it('are in none of the tables', async () => {
    const tables = ['info', 'clients', 'keyspace', 'commands', 'replication', 'cluster', 'targets', 'config'];
    for (const table of tables) {
      const answer = await answerTable(parts, { table, limit: 10_000 });
      expect([table, canaries.foundIn(JSON.stringify(answer))]).toEqual([table, []]);
    }
  });

  it('are hidden where there are any, and what is none is shown', async () => {
    const settings = await rows({ table: 'config' });
    const setting = (name: string) => settings.find((row) => row['setting'] === name);
    expect(setting('requirepass')).toMatchObject({ master: '<secret>', replica: '', clusterNode: '', differs: true });
    expect(setting('masterauth')).toMatchObject({
      master: '',
      replica: '<secret>',
      clusterNode: '<secret>',
      differs: true,
    });
    expect(setting('tls-key-file-pass')).toMatchObject({ master: '<secret>', replica: '', differs: true });
    expect(setting('tls-auth-clients')).toMatchObject({ master: 'yes', replica: 'yes', differs: false });
    expect(setting('maxmemory')).toMatchObject({ master: '0', replica: '0', differs: false });
  });

  it('would be found', () => {
    expect(canaries.foundIn(JSON.stringify({ values: [password] }))).toEqual(['requirepass']);
  });
});
