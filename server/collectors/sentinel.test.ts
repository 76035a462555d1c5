import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { replyCases } from '../testing/replies';
import { ReplyError, UnexpectedReply } from './replies';
import { sentinel } from './sentinel';

function info(...masters: readonly string[]): string {
  return ['# Server', 'redis_mode:sentinel', '# Sentinel', `sentinel_masters:${masters.length}`, ...masters, ''].join(
    '\r\n'
  );
}

const CACHE = 'master0:name=cache,status=ok,address=10.0.0.1:6379,slaves=2,sentinels=3';
const MASTERS: Reply = [
  ['name', 'cache', 'ip', '10.0.0.1', 'port', '6379', 'flags', 'master', 'last-ok-ping-reply', '907', 'quorum', '2'],
];

function instances(...flags: readonly string[]): Reply {
  return flags.map((text, index) => ['name', `10.0.0.${index}`, 'flags', text]);
}

const HEALTHY: Readonly<Record<string, Reply | ErrorReply>> = {
  'SENTINEL MASTERS': MASTERS,
  'SENTINEL SLAVES cache': instances('slave', 'slave'),
  'SENTINEL SENTINELS cache': instances('sentinel', 'sentinel'),
  'SENTINEL CKQUORUM cache': 'OK 3 usable Sentinels. Quorum and failover authorization can be reached',
};

const OF_CACHE = '{master_name="cache",master_address="10.0.0.1:6379"}';

describe('sentinel', () => {
  it('gives a healthy master', () => {
    expect(collected(sentinel, info(CACHE), HEALTHY)).toEqual({
      redis_sentinel_masters: 1,
      'redis_sentinel_master_status{master_name="cache",master_address="10.0.0.1:6379",master_status="ok"}': 1,
      [`redis_sentinel_master_slaves${OF_CACHE}`]: 2,
      [`redis_sentinel_master_sentinels${OF_CACHE}`]: 3,
      [`redis_sentinel_master_ok_slaves${OF_CACHE}`]: 2,
      [`redis_sentinel_master_ok_sentinels${OF_CACHE}`]: 3,
      [`redis_sentinel_master_setting_ckquorum${OF_CACHE}`]: 2,
      [`redis_sentinel_master_last_ok_ping_reply_seconds${OF_CACHE}`]: 0.907,
      ['redis_sentinel_master_ckquorum_status{master_name="cache",' +
      'message="OK 3 usable Sentinels. Quorum and failover authorization can be reached"}']: 1,
    });
  });

  it.each([
    ['ok', 1],
    ['sdown', 0],
    ['odown', 0],
  ])('status %s is %d', (word, value) => {
    const found = collected(sentinel, info(CACHE.replace('status=ok', `status=${word}`)), HEALTHY);
    expect(found).toHaveProperty(
      [`redis_sentinel_master_status{master_name="cache",master_address="10.0.0.1:6379",master_status="${word}"}`],
      value
    );
  });

  it.each([
    ['slave', 1],
    ['slave,disconnected', 1],
    ['s_down,slave', 0],
    ['slave,s_down,disconnected', 0],
    ['slave,o_down', 0],
    ['slave,not_s_down', 1],
  ])('a replica with flags %s counts as %d', (flags, count) => {
    const found = collected(sentinel, info(CACHE), { ...HEALTHY, 'SENTINEL SLAVES cache': instances(flags) });
    expect(found[`redis_sentinel_master_ok_slaves${OF_CACHE}`]).toBe(count);
  });

  it('counts sentinels that are not down, and itself', () => {
    const replies = { ...HEALTHY, 'SENTINEL SENTINELS cache': instances('sentinel', 's_down,sentinel,disconnected') };
    expect(collected(sentinel, info(CACHE), replies)[`redis_sentinel_master_ok_sentinels${OF_CACHE}`]).toBe(2);
  });

  const NO_QUORUM = 'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority';
  it('gives a quorum that cannot be reached, an error reply', () => {
    const found = collected(sentinel, info(CACHE), {
      ...HEALTHY,
      'SENTINEL CKQUORUM cache': new ErrorReply(NO_QUORUM),
    });
    const series = `redis_sentinel_master_ckquorum_status{master_name="cache",message="${NO_QUORUM}"}`;
    expect(found).toHaveProperty([series], 0);
  });

  it.each<[string, string, Reply | ErrorReply, new (...args: never[]) => Error]>([
    ['refused MASTERS', 'SENTINEL MASTERS', new ErrorReply('NOPERM'), ReplyError],
    ['refused SLAVES', 'SENTINEL SLAVES cache', new ErrorReply('NOPERM'), ReplyError],
    ['refused CKQUORUM', 'SENTINEL CKQUORUM cache', new ErrorReply('NOPERM'), ReplyError],
    ['a CKQUORUM of another shape', 'SENTINEL CKQUORUM cache', 3, UnexpectedReply],
    ['masters that are none', 'SENTINEL MASTERS', ['cache'], UnexpectedReply],
    ['replicas that are none', 'SENTINEL SLAVES cache', ['10.0.0.1'], UnexpectedReply],
  ])('fails on %s', (_, command, reply, error) => {
    expect(() => collected(sentinel, info(CACHE), { ...HEALTHY, [command]: reply })).toThrow(error);
  });

  it('gives what it has of a master that came after the commands were chosen', () => {
    const added = CACHE.replace('master0:name=cache', 'master1:name=new');
    const masters = [...MASTERS, ['name', 'new', 'ip', '10.0.0.1', 'port', '6379', 'quorum', '5']];
    const found = collected(sentinel, info(CACHE, added), { ...HEALTHY, 'SENTINEL MASTERS': masters });
    expect(found).toMatchObject({
      [`redis_sentinel_master_ok_slaves${OF_CACHE}`]: 2,
      [`redis_sentinel_master_slaves${OF_CACHE.replace('cache', 'new')}`]: 2,
      [`redis_sentinel_master_setting_ckquorum${OF_CACHE.replace('cache', 'new')}`]: 5,
    });
  });

  it('gives nothing of a master that was removed meanwhile', () => {
    const gone = new ErrorReply('ERR No such master with that name');
    const found = collected(sentinel, info(), {
      'SENTINEL MASTERS': [],
      'SENTINEL SLAVES cache': gone,
      'SENTINEL SENTINELS cache': gone,
      'SENTINEL CKQUORUM cache': gone,
    });
    expect(found).toEqual({ redis_sentinel_masters: 0 });
  });

  it.each(replyCases().filter(({ situation }) => situation === 'sentinel'))('$version', ({ info: text, reply }) => {
    const replies: Record<string, Reply | ErrorReply> = {
      'SENTINEL MASTERS': reply('SENTINEL', 'MASTERS')!,
      'SENTINEL SLAVES other': [],
      'SENTINEL SENTINELS other': [],
    };
    for (const command of ['SLAVES mymaster', 'SENTINELS mymaster', 'CKQUORUM mymaster', 'CKQUORUM other']) {
      replies[`SENTINEL ${command}`] = reply('SENTINEL', ...command.split(' '))!;
    }
    const [mine, other] = [
      '{master_name="mymaster",master_address="127.0.0.1:17000"}',
      '{master_name="other",master_address="127.0.0.1:17005"}',
    ];
    expect(collected(sentinel, text, replies)).toMatchObject({
      redis_sentinel_masters: 2,
      redis_sentinel_tilt: 0,
      redis_sentinel_running_scripts: 0,
      redis_sentinel_scripts_queue_length: 0,
      [`redis_sentinel_master_ok_slaves${mine}`]: 2,
      [`redis_sentinel_master_ok_slaves${other}`]: 0,
      [`redis_sentinel_master_ok_sentinels${mine}`]: 2,
      [`redis_sentinel_master_ok_sentinels${other}`]: 1,
      [`redis_sentinel_master_setting_ckquorum${mine}`]: 1,
      [`redis_sentinel_master_setting_failover_timeout${mine}`]: 180000,
      [`redis_sentinel_master_setting_parallel_syncs${mine}`]: 1,
      [`redis_sentinel_master_setting_down_after_milliseconds${mine}`]: 3000,
      [`redis_sentinel_master_config_epoch${mine}`]: 0,
    });
  });

  it('says nothing of a server that is no sentinel', () => {
    expect(collected(sentinel, '# Server\r\nredis_mode:standalone\r\n')).toEqual({});
  });
});
