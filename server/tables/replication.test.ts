import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { tableText } from '../testing/table-text';
import { answerTable } from './answer-table';

/** A server by its target's name: where the target says it is, and what it says of itself. */
type Servers = Readonly<
  Record<string, { readonly host: string; readonly port?: number; readonly says: readonly string[] }>
>;

/** Instance, role, address, master, state, offset, lag in bytes, link of each row. */
async function rowsOf(servers: Servers): Promise<string[]> {
  const targets = new FakeTargets();
  for (const [name, { host, port = 6379, says }] of Object.entries(servers)) {
    targets.add(makeTarget(name, { address: { kind: 'tcp', host, port } }));
    targets.respond(name, () => ['# Replication', ...says, ''].join('\r\n'));
  }
  const parts = { targets, query: undefined, entries: undefined, now: Date.now };
  const answer = await answerTable(parts, { table: 'replication' });
  const shown = ['instance', 'role', 'address', 'master', 'state', 'offset', 'lag_bytes', 'link'];
  const columns = answer.columns.filter(({ name }) => shown.includes(name));
  return tableText({ ...answer, columns })
    .split('\n')
    .slice(1, -1);
}

const master = (...slaves: string[]) => [
  ...['role:master', 'master_replid:s1', 'master_repl_offset:100'],
  ...slaves.map((slave, at) => `slave${at}:${slave},state=online,offset=90,lag=1`),
];
const replica = (host: string, port = 6379, ...slaves: string[]) => [
  ...['role:slave', `master_host:${host}`, `master_port:${port}`, 'master_link_status:up', 'slave_repl_offset:95'],
  ...['master_replid:s1', 'master_repl_offset:95'],
  ...slaves.map((slave, at) => `slave${at}:${slave},state=online,offset=80,lag=1`),
];

describe('a replica', () => {
  it('that is a target is listed once, below its master', async () => {
    const rows = await rowsOf({
      r: { host: '10.0.0.2', says: replica('10.0.0.1') },
      other: { host: '10.0.0.9', says: ['role:master', 'master_repl_offset:0'] },
      m: { host: '10.0.0.1', says: master('ip=10.0.0.2,port=6379') },
    });
    expect(rows).toEqual([
      'other | master | 10.0.0.9:6379 | - | - | 0 | - | -',
      'm | master | 10.0.0.1:6379 | - | - | 100 | - | -',
      'r | slave | 10.0.0.2:6379 | m | online | 95 | 10 | up',
    ]);
  });

  it('that is no target is told of by its master', async () => {
    expect(await rowsOf({ m: { host: '10.0.0.1', says: master('ip=::1,port=6379') } })).toEqual([
      'm | master | 10.0.0.1:6379 | - | - | 100 | - | -',
      'm | slave | [::1]:6379 | m | online | 90 | 10 | -',
    ]);
  });

  it('whose master is no target names its address', async () => {
    expect(await rowsOf({ r: { host: '10.0.0.2', says: replica('Cache-1') } })).toEqual([
      'r | slave | 10.0.0.2:6379 | cache-1:6379 | - | 95 | - | up',
    ]);
  });

  it('that is known by another name is found where it is the only one', async () => {
    const rows = await rowsOf({
      m: { host: 'cache-1', says: master('ip=172.18.0.3,port=6379', 'ip=172.18.0.4,port=6380') },
      r: { host: 'cache-2', says: replica('172.18.0.2') },
    });
    expect(rows).toEqual([
      'm | master | cache-1:6379 | - | - | 100 | - | -',
      'm | slave | 172.18.0.4:6380 | m | online | 90 | 10 | -',
      'r | slave | cache-2:6379 | m | online | 95 | 10 | up',
    ]);
  });

  it.each<[string, Servers]>([
    [
      'two could be meant',
      {
        m: { host: 'cache-1', says: master('ip=172.18.0.3,port=6379', 'ip=172.18.0.4,port=6379') },
        r: { host: 'cache-2', says: replica('172.18.0.2') },
      },
    ],
    [
      'it follows another stream',
      {
        m: { host: 'cache-1', says: master('ip=172.18.0.3,port=6379').with(1, 'master_replid:s2') },
        r: { host: 'cache-2', says: replica('172.18.0.2') },
      },
    ],
    [
      'streams have no names (before Redis 4.0)',
      {
        m: { host: 'cache-1', says: master('ip=172.18.0.3,port=6379').toSpliced(1, 1) },
        r: { host: 'cache-2', says: replica('172.18.0.2').filter((line) => !line.startsWith('master_replid')) },
      },
    ],
  ])('that is known by another name is listed from both sides when %s', async (_, servers) => {
    const rows = await rowsOf(servers);
    expect(rows).toHaveLength(servers['m']!.says.filter((line) => line.startsWith('slave')).length + 2);
    expect(rows.at(-1)).toBe('r | slave | cache-2:6379 | 172.18.0.2:6379 | - | 95 | - | up');
  });

  it('of a replica stands below it', async () => {
    const rows = await rowsOf({
      r2: { host: '10.0.0.3', says: replica('10.0.0.2') },
      r1: { host: '10.0.0.2', says: replica('10.0.0.1', 6379, 'ip=10.0.0.3,port=6379') },
      m: { host: '10.0.0.1', says: master('ip=10.0.0.2,port=6379') },
    });
    expect(rows).toEqual([
      'm | master | 10.0.0.1:6379 | - | - | 100 | - | -',
      'r1 | slave | 10.0.0.2:6379 | m | online | 95 | 10 | up',
      'r2 | slave | 10.0.0.3:6379 | r1 | online | 95 | 15 | up',
    ]);
  });

  it('in a ring is listed once', async () => {
    const rows = await rowsOf({
      a: { host: '10.0.0.1', says: replica('10.0.0.2', 6379, 'ip=10.0.0.2,port=6379') },
      b: { host: '10.0.0.2', says: replica('10.0.0.1', 6379, 'ip=10.0.0.1,port=6379') },
    });
    expect(rows.map((row) => row.split(' ')[0])).toEqual(['a', 'b']);
  });
});
