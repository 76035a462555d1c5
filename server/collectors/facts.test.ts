import { parseInfo } from '../parse/info';
import { replyCases } from '../testing/replies';
import { learnFacts } from './facts';

const NOW_MS = 1_700_000_000_000;

function factsOf(...fields: readonly string[]) {
  return learnFacts(parseInfo(['# Server', ...fields, ''].join('\r\n')), NOW_MS);
}

describe('learnFacts', () => {
  it.each([
    ['Redis', ['redis_version:7.2.6'], 'redis', [7, 2, 6], [7, 2, 6]],
    ['a milestone of Redis', ['redis_version:7.9.224'], 'redis', [7, 9, 224], [7, 9, 224]],
    ['an unstable Redis', ['redis_version:255.255.255'], 'redis', [255, 255, 255], [255, 255, 255]],
    ['Valkey', ['redis_version:7.2.4', 'server_name:valkey', 'valkey_version:8.1.0'], 'valkey', [8, 1, 0], [7, 2, 4]],
    ['KeyDB', ['redis_version:6.3.4', 'server_threads:2'], 'keydb', [6, 3, 4], [6, 3, 4]],
    ['Dragonfly', ['redis_version:7.4.0', 'dragonfly_version:df-v1.27.1'], 'dragonfly', [1, 27, 1], [7, 4, 0]],
    ['a version of two numbers', ['redis_version:7.2'], 'redis', [7, 2, 0], [7, 2, 0]],
    ['a version that cannot be read', ['redis_version:unknown'], 'redis', [0, 0, 0], [0, 0, 0]],
    ['a server that hides everything', [], 'redis', [0, 0, 0], [0, 0, 0]],
  ])('tells %s', (_, fields, flavour, version, redisVersion) => {
    expect(factsOf(...fields)).toMatchObject({ flavour, version, redisVersion });
  });

  it.each([
    ['redis_mode:standalone', 'standalone'],
    ['redis_mode:cluster', 'cluster'],
    ['redis_mode:sentinel', 'sentinel'],
    ['server_mode:cluster', 'cluster'],
    ['server_mode:sentinel', 'sentinel'],
    ['cluster_enabled:1', 'cluster'],
    ['cluster_enabled:0', 'standalone'],
    ['sentinel_masters:0', 'sentinel'],
  ])('%s is a %s', (field, mode) => {
    expect(factsOf(field)).toMatchObject({ mode });
  });

  it.each([
    [['role:master'], 'master'],
    [['role:slave'], 'slave'],
    [['redis_mode:sentinel'], 'sentinel'],
    [[], ''],
  ])('%j has role "%s"', (fields, role) => {
    expect(factsOf(...fields)).toMatchObject({ role });
  });

  it('lists the masters of a sentinel, and of nobody else', () => {
    const masters = [
      'master0:name=cache,status=ok',
      'master1:status=odown,name=queue',
      'master_host:10.0.0.1',
      'master2:x',
    ];
    expect(factsOf('redis_mode:sentinel', ...masters).sentinelMasters).toEqual(['cache', 'queue']);
    expect(factsOf('redis_mode:standalone', ...masters).sentinelMasters).toEqual([]);
  });

  it.each(replyCases().filter(({ info }) => info !== ''))('$version $situation', ({ version, situation, info }) => {
    const [flavour, release] = version.split('-');
    const facts = learnFacts(parseInfo(info), NOW_MS);
    const mode = situation.startsWith('cluster') ? 'cluster' : situation === 'sentinel' ? 'sentinel' : 'standalone';
    const role = situation.includes('replica') ? 'slave' : situation === 'sentinel' ? 'sentinel' : 'master';
    expect({ ...facts, version: facts.version.slice(0, 2).join('.') }).toMatchObject({
      flavour,
      version: release,
      redisVersion: flavour === 'valkey' ? [7, 2, 4] : facts.version,
      mode,
      role,
    });
    expect(facts.runId).toMatch(/^[0-9a-f]{40}$/);
    expect(facts.sentinelMasters.toSorted()).toEqual(situation === 'sentinel' ? ['mymaster', 'other'] : []);
  });
});

describe('the start time', () => {
  const at = (runId: string, seconds: number, uptime: number, previous?: ReturnType<typeof factsOf>) =>
    learnFacts(parseInfo(`run_id:${runId}\r\nuptime_in_seconds:${uptime}\r\n`), seconds * 1000, previous);

  it('is the time of the reply less the uptime', () => {
    expect(at('a', 1000.9, 100).startTimeSeconds).toBe(900);
  });

  it('stands still while uptime and clock tick apart', () => {
    let facts = at('a', 1000, 100);
    for (const [seconds, uptime] of [
      [1001.2, 100],
      [1002.9, 103],
      [1010, 109],
      [1020, 121],
    ] as const) {
      facts = at('a', seconds, uptime, facts);
      expect(facts.startTimeSeconds).toBe(900);
    }
  });

  it.each([
    ['another process', 'b', 1010, 109, 901],
    ['a restart under the same id', 'a', 1010, 5, 1005],
    ['a clock that was set', 'a', 5000, 110, 4890],
  ])('changes with %s', (_, runId, seconds, uptime, expected) => {
    expect(at(runId, seconds, uptime, at('a', 1000, 100)).startTimeSeconds).toBe(expected);
  });
});
