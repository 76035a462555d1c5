import { ErrorReply } from '../model/command';
import { replyCases } from './replies';

const CASES = replyCases();

function caseOf(version: string, situation: string) {
  const found = CASES.find((one) => one.version === version && one.situation === situation);
  if (found === undefined) throw new Error(`no recorded replies of ${version} as ${situation}`);
  return found;
}

describe('replyCases', () => {
  it('has every version and situation', () => {
    const standalone =
      'acl-info-only,bgsave-failed,config-renamed,evicting,master,no-auth,replica-down,replica-up,sentinel';
    const cluster = 'cluster-broken,cluster-master,cluster-replica';
    const all = [...standalone.split(','), ...cluster.split(',')].sort().join();
    const situations = Map.groupBy(CASES, ({ version }) => version);
    expect(
      [...situations].map(([version, cases]) => [version, cases.map(({ situation }) => situation).join()])
    ).toEqual([
      ['redis-2.8', standalone],
      ...['redis-3.2', 'redis-4.0', 'redis-5.0', 'redis-6.2', 'redis-7.2', 'redis-7.9', 'valkey-8.0'].map((version) => [
        version,
        all,
      ]),
    ]);
  });

  it.each(CASES)('$version $situation: INFO has its CRLFs, or was refused', ({ info, reply }) => {
    if (info === '') expect(reply('INFO', 'everything')).toEqual(new ErrorReply('NOAUTH Authentication required.'));
    else expect(info).toMatch(/^# Server\r\nredis_version:[\d.]+\r\n(?:[^\r\n]*\r\n)+$/);
  });

  it.each([
    ['redis-7.2', 'master', '# Keyspace'],
    ['redis-2.8', 'master', '# Commandstats'], // has no `everything`
    ['redis-2.8', 'sentinel', '# Sentinel'], // has no `all` either
    ['valkey-8.0', 'config-renamed', 'valkey_version:8.0.1'],
  ])('%s %s: info holds %s', (version, situation, text) => {
    expect(caseOf(version, situation).info).toContain(text);
  });

  it.each([
    ['redis-2.8', 'master', 'INFO everything', ''],
    ['redis-7.9', 'master', 'SLOWLOG LEN', 9],
    ['redis-7.9', 'master', 'latency latest', []],
    ['redis-7.9', 'master', 'ROLE', ['master', 656, expect.any(Array)]],
    ['redis-7.9', 'master', 'CLUSTER INFO', new ErrorReply('ERR This instance has cluster support disabled')],
    [
      'redis-7.9',
      'master',
      'SLOWLOG GET 1',
      [[8, expect.any(Number), 2, ['CLIENT', 'GETNAME'], expect.anything(), 'capture']],
    ],
    ['redis-7.2', 'master', 'CONFIG GET maxmemory', ['maxmemory', '67108864']],
    ['redis-7.2', 'master', 'CONFIG GET maxclients databases nosuch', ['maxclients', '10000', 'databases', '16']],
    ['redis-7.2', 'replica-up', 'SLOWLOG LEN', undefined],
    ['redis-7.2', 'sentinel', 'SENTINEL SENTINELS other', undefined],
    ['redis-2.8', 'no-auth', 'ANYTHING', new ErrorReply('NOAUTH Authentication required.')],
    ['redis-7.2', 'acl-info-only', 'SLOWLOG GET 1', expect.objectContaining({ code: 'NOPERM' })],
    ['redis-5.0', 'config-renamed', 'CONFIG GET databases', expect.objectContaining({ code: 'ERR' })],
  ])('%s %s: %s', (version, situation, command, reply) => {
    expect(caseOf(version, situation).reply(...command.split(' '))).toEqual(reply);
  });
});
