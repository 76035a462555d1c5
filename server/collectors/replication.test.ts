import { collected, recordedInfo } from '../testing/collected';
import { replication } from './replication';

/** What it says of single replicas and links; the plain fields are left out. */
function labelled(info: string): Record<string, number> {
  return Object.fromEntries(Object.entries(collected(replication, info)).filter(([series]) => series.includes('{')));
}

const LINK = '{master_host="127.0.0.1",master_port="17000"}';
const REPLICA = 'slave_ip="127.0.0.1",slave_port="17001",slave_state="online"';

describe('replication, recorded', () => {
  it('gives each replica of a master (Valkey 8.0)', () => {
    expect(labelled(recordedInfo('valkey-8.0', 'master'))).toEqual({
      [`redis_connected_slave_offset_bytes{${REPLICA}}`]: 655,
      [`redis_connected_slave_lag_seconds{${REPLICA}}`]: 0,
      [`redis_connected_slave_lag_bytes{${REPLICA}}`]: 0,
      [`redis_connected_slave_offset_bytes{${REPLICA.replace('17001', '17002')}}`]: 655,
      [`redis_connected_slave_lag_seconds{${REPLICA.replace('17001', '17002')}}`]: 0,
      [`redis_connected_slave_lag_bytes{${REPLICA.replace('17001', '17002')}}`]: 0,
    });
  });

  it.each([
    [
      'redis-2.8',
      'replica-up',
      {
        [`redis_master_link_up${LINK}`]: 1,
        [`redis_master_last_io_seconds_ago${LINK}`]: 2,
        [`redis_master_sync_in_progress${LINK}`]: 0,
        [`redis_slave_repl_offset${LINK}`]: 1,
      },
    ],
    [
      'redis-5.0',
      'replica-down',
      {
        [`redis_master_link_up${LINK}`]: 0,
        [`redis_master_last_io_seconds_ago${LINK}`]: -1,
        [`redis_master_sync_in_progress${LINK}`]: 0,
        [`redis_slave_repl_offset${LINK}`]: 841,
        [`redis_master_link_down_since_seconds${LINK}`]: 3,
      },
    ],
    [
      'valkey-8.0',
      'replica-up',
      {
        [`redis_master_link_up${LINK}`]: 1,
        [`redis_master_last_io_seconds_ago${LINK}`]: 2,
        [`redis_master_sync_in_progress${LINK}`]: 0,
        [`redis_slave_read_repl_offset${LINK}`]: 655,
        [`redis_slave_repl_offset${LINK}`]: 655,
      },
    ],
  ])('gives the link of a replica (%s %s)', (version, situation, link) => {
    expect(labelled(recordedInfo(version, situation))).toEqual({
      ...link,
      'redis_slave_info{master_host="127.0.0.1",master_port="17000",read_only="1"}': 1,
    });
  });

  it.each(['redis-2.8', 'redis-7.2', 'valkey-8.0'])('says nothing of a sentinel (%s)', (version) => {
    expect(collected(replication, recordedInfo(version, 'sentinel'))).toEqual({});
  });
});

function section(...lines: readonly string[]): string {
  return ['# Replication', ...lines, '', '# Sentinel', 'slave9:ip=1.1.1.1,port=1,offset=1', ''].join('\r\n');
}

describe('replication, written by hand', () => {
  const OF = 'slave_ip="10.0.0.2",slave_port="6379",slave_state="online"';
  it.each([
    [
      'a replica that is behind',
      ['slave0:ip=10.0.0.2,port=6379,state=online,offset=900,lag=3', 'master_repl_offset:1000'],
      {
        [`redis_connected_slave_offset_bytes{${OF}}`]: 900,
        [`redis_connected_slave_lag_seconds{${OF}}`]: 3,
        [`redis_connected_slave_lag_bytes{${OF}}`]: 100,
      },
    ],
    [
      'a replica whose offset is ahead of that of the reply',
      ['slave0:ip=10.0.0.2,port=6379,state=online,offset=1001,lag=0', 'master_repl_offset:1000'],
      {
        [`redis_connected_slave_offset_bytes{${OF}}`]: 1001,
        [`redis_connected_slave_lag_seconds{${OF}}`]: 0,
        [`redis_connected_slave_lag_bytes{${OF}}`]: 0,
      },
    ],
    [
      'pairs in another order, without a lag',
      ['slave12:offset=5,state=online,port=6379,ip=10.0.0.2'],
      { [`redis_connected_slave_offset_bytes{${OF}}`]: 5 },
    ],
    ['a replica without an offset', ['slave0:10.0.0.2,6379,online', 'master_repl_offset:1000'], {}],
    [
      'a replica in a synchronisation whose size is known',
      [
        'master_host:10.0.0.1',
        'master_port:6379',
        'master_link_status:down',
        'master_last_io_seconds_ago:-1',
        'master_sync_in_progress:1',
        'slave_read_repl_offset:1',
        'slave_repl_offset:1',
        'master_sync_total_bytes:400',
        'master_sync_read_bytes:100',
        'master_sync_left_bytes:300',
        'master_sync_perc:28.14',
        'master_sync_last_io_seconds_ago:0',
        'master_link_down_since_seconds:-1',
      ],
      Object.fromEntries(
        Object.entries({
          redis_master_link_up: 0,
          redis_master_last_io_seconds_ago: -1,
          redis_master_sync_in_progress: 1,
          redis_slave_read_repl_offset: 1,
          redis_slave_repl_offset: 1,
          redis_master_sync_size_bytes: 400,
          redis_master_sync_read_bytes: 100,
          redis_master_sync_left_bytes: 300,
          redis_master_sync_progress_ratio: 0.2814,
          redis_master_sync_last_io_seconds_ago: 0,
          redis_master_link_down_since_seconds: -1,
        }).map(([name, value]) => [`${name}{master_host="10.0.0.1",master_port="6379"}`, value])
      ),
    ],
    [
      'a link that was never up, as Redis before 6.2 says it',
      ['master_host:10.0.0.1', 'master_port:6379', 'master_link_down_since_seconds:1795164066'],
      { 'redis_master_link_down_since_seconds{master_host="10.0.0.1",master_port="6379"}': -1 },
    ],
    [
      'an active replica of KeyDB with two masters',
      [
        'role:active-replica',
        'master_host:10.0.0.1',
        'master_port:6379',
        'master_link_status:up',
        'master_last_io_seconds_ago:4',
        'slave_repl_offset:70',
        'master_1_host:10.0.0.3',
        'master_1_port:6380',
        'master_1_link_status:down',
        'master_1_last_io_seconds_ago:-1',
        'slave_repl_offset:80',
        'master_1_link_down_since_seconds:9',
      ],
      {
        'redis_master_link_up{master_host="10.0.0.1",master_port="6379"}': 1,
        'redis_master_last_io_seconds_ago{master_host="10.0.0.1",master_port="6379"}': 4,
        'redis_slave_repl_offset{master_host="10.0.0.1",master_port="6379"}': 70,
        'redis_master_link_up{master_host="10.0.0.3",master_port="6380"}': 0,
        'redis_master_last_io_seconds_ago{master_host="10.0.0.3",master_port="6380"}': -1,
        'redis_slave_repl_offset{master_host="10.0.0.3",master_port="6380"}': 80,
        'redis_master_link_down_since_seconds{master_host="10.0.0.3",master_port="6380"}': 9,
      },
    ],
  ])('%s', (_, lines, expected) => {
    expect(labelled(section(...lines))).toEqual(expected);
  });

  it.each([
    ['no-failover', 0],
    ['waiting-for-sync', 1],
    ['failover-in-progress', 1],
  ])('failover state %s is %d', (state, value) => {
    const found = collected(replication, section(`master_failover_state:${state}`));
    expect(found).toEqual({ redis_master_failover_in_progress: value });
  });
});
