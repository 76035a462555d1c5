import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { temporaryDirectory } from '../testing/cleanup';
import {
  followEachOther,
  logged,
  loggedCourse,
  readByTarget,
  readEvents,
  readMetrics,
  readStatus,
  readStored,
} from '../testing/collector-api';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { keepBusy } from '../testing/load';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(90_000);

async function expectWholePast(collector: CollectorProcess, data: string): Promise<void> {
  collector.signal('SIGTERM');
  expect(await collector.exit).toBe(0);
  const stored = await readStored(data, 'redis_vitals_polls_total');
  expect(Object.entries(stored).filter(([, values]) => values[0] !== 1 || !followEachOther(values))).toEqual([]);
}

/** The collectors that are off, with the reason, of one target. */
async function readOff(collector: CollectorProcess, instance: string): Promise<readonly string[]> {
  const samples = (await readMetrics(collector)).get('redis_vitals_collector_off')?.samples ?? [];
  return samples
    .filter(({ labels }) => labels['instance'] === instance)
    .map(({ labels }) => `${labels['collector']} ${labels['reason']}`);
}

describe('permissions that are taken away while the collector runs, and given back', () => {
  let server: RedisServer;
  let collector: CollectorProcess;
  const data = join(temporaryDirectory(), 'data');
  const acl = (...rules: string[]) => server.command('ACL', 'SETUSER', 'vitals', ...rules);
  /** As an administrator may, or a restart of the server does: refused commands are tried again on a new connection. */
  const endConnections = () => server.command('CLIENT', 'KILL', 'USER', 'vitals');
  const upOf = async (name: string) => (await readByTarget(collector, 'redis_up'))[name];

  beforeAll(async () => {
    server = await startRedis({ users: ['vitals on >secret +@all'] });
    const url = `redis://${server.host}:${server.port}`;
    collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '500ms' },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: [
          { name: 'limited', url, username: 'vitals', password: 'secret' },
          { name: 'other', url },
        ],
      }),
      data,
    });
    await until(async () => (await readStatus(collector)).targets.up === 2, 'both targets to be up');
    expect(await readOff(collector, 'limited')).toEqual([]);
  });

  it('switch collectors off and on, each told of once', async () => {
    await acl('-slowlog', '-latency|latest');
    await until(async () => (await readOff(collector, 'limited')).length === 2, 'two collectors to be off');
    expect((await readOff(collector, 'limited')).toSorted()).toEqual([
      'latency no_permission',
      'slowlog no_permission',
    ]);
    expect(await upOf('limited')).toBe(1);
    const page = (await collector.get('/targets/limited')).text;
    expect(page).toMatch(/grant \+slowlog\|\w+ to the user or disable collector slowlog/);
    expect(page).toContain('grant +latency|latest to the user or disable collector latency');
    expect((await collector.get('/')).text).toContain('2 collectors off');

    await acl('+slowlog', '+latency|latest');
    await endConnections();
    await until(async () => (await readOff(collector, 'limited')).length === 0, 'all collectors to be on');
    const told = [
      'collector latency is off',
      'collector latency works again',
      'collector slowlog is off',
      'collector slowlog works again',
      'target is up',
    ];
    const words = () => logged(collector, 'limited').map((line) => line.split(':')[0]);
    await until(() => words().length >= told.length, 'the log to tell of it');
    expect(words().toSorted()).toEqual(told);
  });

  it('put the target down when nothing is left to ask, and tell what to grant', async () => {
    await acl('-info');
    await until(async () => (await upOf('limited')) === 0, 'the target to be down');
    const page = (await collector.get('/')).text;
    expect(page).toContain('grant +info to the user');
    const event = (await readEvents(collector, 'limited')).find(({ kind }) => kind === 'target_down');
    expect(event?.details['code']).toBe('no_permission');
    await until(() => loggedCourse(collector, 'limited').at(-1) === 'down', 'the log to tell of it');
  });

  it('leave the other target of the same server alone, and every poll is kept', async () => {
    expect(loggedCourse(collector, 'other')).toEqual(['up']);
    const failures = await readByTarget(collector, 'redis_vitals_poll_failures_total');
    expect(failures['other']).toBe(0);
    await expectWholePast(collector, data);
  });
});

describe('a master that dies under load, watched by a Sentinel', () => {
  it('is followed by its replica: roles, events and the past tell it', async () => {
    const master = await startRedis();
    const [one, two] = [await startRedis({ replicaOf: master }), await startRedis({ replicaOf: master })];
    const sentinel = await startRedis({ sentinel: { cache: master } });
    await sentinel.command('SENTINEL', 'SET', 'cache', 'down-after-milliseconds', '1500');
    await sentinel.command('SENTINEL', 'SET', 'cache', 'failover-timeout', '10000');
    [master, one, two].forEach(keepBusy);
    const data = join(temporaryDirectory(), 'data');
    const names = { master, one, two, sentinel };
    const collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '500ms', timeout: '500ms' },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: Object.entries(names).map(([name, { url }]) => ({ name, url })),
      }),
      data,
    });
    const isKnown = async () => String(await sentinel.command('SENTINEL', 'MASTER', 'cache')).includes('num-slaves,2');
    await until(isKnown, 'the Sentinel to know the replicas', 30_000);
    const roles = async (): Promise<Record<string, string>> => {
      const samples = (await readMetrics(collector)).get('redis_instance_info')?.samples ?? [];
      return Object.fromEntries(samples.map(({ labels }) => [labels['instance'] ?? '', labels['role'] ?? '']));
    };
    const before = { master: 'master', one: 'slave', two: 'slave', sentinel: '' };
    await until(async () => isDeepStrictEqual({ ...(await roles()), sentinel: '' }, before), 'all roles');
    const kinds = async (target: string) => (await readEvents(collector, target)).map(({ kind }) => kind);

    await master.stop();
    await until(async () => (await kinds('master')).includes('target_down'), 'the master to be missed');
    const promoted = await until(
      async () => Object.entries(await roles()).find(([name, role]) => name !== 'master' && role === 'master')?.[0],
      'a replica to be promoted',
      40_000
    );
    await until(async () => (await kinds(promoted)).includes('failover'), 'the failover to be told of');
    await until(async () => (await kinds('sentinel')).includes('failover'), 'the Sentinel to tell of it');
    const other = promoted === 'one' ? 'two' : 'one';
    await until(async () => (await kinds(other)).includes('link_restored'), 'the other replica to follow', 20_000);

    await master.restart();
    await until(async () => (await kinds('master')).includes('target_up'), 'the master to be back');
    await until(async () => (await readStatus(collector)).targets.up === 4, 'all to be up');
    expect((await collector.get(`/targets/${promoted}`)).text).toContain('master');
    await until(() => loggedCourse(collector, 'master').join() === 'up,down,up', 'the log to tell of it');
    for (const name of [promoted, other, 'sentinel']) expect(loggedCourse(collector, name).at(-1)).toBe('up');
    await expectWholePast(collector, data);
  });
});
