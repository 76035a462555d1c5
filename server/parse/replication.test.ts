import { replyCases } from '../testing/replies';
import { parseInfo } from './info';
import { readReplication } from './replication';

function read(...lines: string[]) {
  return readReplication(parseInfo(['# Replication', ...lines, ''].join('\r\n')));
}

describe('readReplication', () => {
  it('reads a master', () => {
    const lines = [
      ...['role:master', 'connected_slaves:2', 'master_replid:abc', 'master_repl_offset:654'],
      'slave0:ip=10.0.0.2,port=6379,state=online,offset=600,lag=1',
      'slave1:ip=::1,port=6380,state=wait_bgsave,offset=0,lag=-1,type=replica',
    ];
    expect(read(...lines)).toEqual({
      role: 'master',
      offset: 654,
      writtenOffset: 654,
      streamId: 'abc',
      link: undefined,
      replicas: [
        { host: '10.0.0.2', port: 6379, state: 'online', offset: 600, lagSeconds: 1 },
        { host: '::1', port: 6380, state: 'wait_bgsave', offset: 0, lagSeconds: undefined },
      ],
    });
  });

  it('reads a replica', () => {
    const lines = [
      ...['role:slave', 'master_host:10.0.0.1', 'master_port:6379', 'master_link_status:down'],
      ...['master_sync_in_progress:1', 'slave_repl_offset:12', 'master_link_down_since_seconds:3'],
      ...['master_repl_offset:10', 'master_replid:abc'],
    ];
    expect(read(...lines)).toEqual({
      role: 'slave',
      offset: 12,
      writtenOffset: 10,
      streamId: 'abc',
      link: { host: '10.0.0.1', port: 6379, status: 'down', syncInProgress: true, downSeconds: 3 },
      replicas: [],
    });
  });

  it.each(['-1', '1795164097'])('a link that was never up has no time since: %s', (seconds) => {
    expect(read('role:slave', `master_link_down_since_seconds:${seconds}`).link?.downSeconds).toBeUndefined();
  });

  const recorded = replyCases().filter(({ situation }) => ['master', 'replica-up', 'replica-down'].includes(situation));
  it.each(recorded)('$version $situation', ({ situation, info }) => {
    const { role, link, replicas, offset } = readReplication(parseInfo(info));
    expect(offset).toBeGreaterThanOrEqual(0);
    expect({ role, link: link?.status, replicas: replicas.map(({ state }) => state) }).toEqual(
      {
        master: { role: 'master', link: undefined, replicas: ['online', 'online'] },
        'replica-up': { role: 'slave', link: 'up', replicas: [] },
        'replica-down': { role: 'slave', link: 'down', replicas: [] },
      }[situation]
    );
  });
});
