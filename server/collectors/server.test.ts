import { ASKED_AT_MS, collected, recordedInfo } from '../testing/collected';
import { server } from './server';

function instanceOf(info: string): string | undefined {
  return Object.keys(collected(server, info)).find((series) => series.startsWith('redis_instance_info'));
}

describe('server', () => {
  it.each([
    [
      'redis-7.9',
      'master',
      'role="master",redis_version="7.9.224",redis_build_id="c2f504cba4510fdf",redis_mode="standalone",' +
        'os="Linux 6.18.44-fc-v657 x86_64",maxmemory_policy="allkeys-lru",tcp_port="17000",run_id="ID",process_id="PID",' +
        'master_replid="ID"',
    ],
    [
      'valkey-8.0',
      'cluster-replica', // its mode is called server_mode
      'role="slave",redis_version="7.2.4",redis_build_id="b615ec8d40d49ba8",redis_mode="cluster",' +
        'os="Linux 6.18.44-fc-v657 x86_64",maxmemory_policy="noeviction",tcp_port="17023",run_id="ID",process_id="PID",' +
        'master_replid="ID",valkey_version="8.0.1"',
    ],
    [
      'redis-2.8',
      'sentinel', // has neither role nor memory
      'redis_version="2.8.24",redis_build_id="9131d0a80357000c",redis_mode="sentinel",' +
        'os="Linux 6.18.44-fc-v657 x86_64",tcp_port="17010",run_id="ID",process_id="PID"',
    ],
  ])('tells %s %s by its labels', (version, situation, labels) => {
    const instance = instanceOf(recordedInfo(version, situation));
    const steady = instance?.replace(/"[0-9a-f]{40}"/g, '"ID"').replace(/(process_id=)"\d+"/, '$1"PID"');
    expect(steady).toBe(`redis_instance_info{${labels}}`);
  });

  it('tells the release stage where there is one', () => {
    expect(instanceOf('# Server\r\nvalkey_version:9.1.0\r\nvalkey_release_stage:rc2\r\n')).toBe(
      'redis_instance_info{valkey_version="9.1.0",valkey_release_stage="rc2"}'
    );
  });

  it('gives times in seconds', () => {
    const info =
      '# Server\r\nuptime_in_seconds:100\r\nserver_time_usec:1795164346507780\r\nshutdown_in_milliseconds:250\r\n';
    expect(collected(server, info)).toEqual({
      redis_uptime_in_seconds: 100,
      redis_start_time_seconds: ASKED_AT_MS / 1000 - 100,
      redis_server_time_seconds: 1795164346.50778,
      redis_shutdown_remaining_seconds: 0.25,
      redis_instance_info: 1,
    });
  });

  it('gives no start time where the server does not tell its uptime', () => {
    expect(collected(server, '# Server\r\nhz:10\r\n')).toEqual({ redis_hz: 10, redis_instance_info: 1 });
  });
});
