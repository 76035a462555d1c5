import { ErrorReply, type Reply } from '../model/command';
import { collected, recordedInfo } from '../testing/collected';
import { replyCases } from '../testing/replies';
import { cluster } from './cluster';
import { ReplyError, UnexpectedReply } from './replies';

const NODE = '# Server\r\nredis_mode:cluster\r\n# Cluster\r\ncluster_enabled:1\r\n';

function of(reply: Reply | ErrorReply) {
  return collected(cluster, NODE, { 'CLUSTER INFO': reply });
}

const NODES = replyCases().filter(({ situation }) => situation.startsWith('cluster-'));

describe('cluster', () => {
  it.each(NODES)('$version $situation', ({ situation, info, reply }) => {
    const text = reply('CLUSTER', 'INFO') as string;
    const number = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(text)![1]);
    const isBroken = situation === 'cluster-broken';
    expect(collected(cluster, info, { 'CLUSTER INFO': text })).toMatchObject({
      redis_cluster_enabled: 1,
      redis_cluster_state: isBroken ? 0 : 1,
      redis_cluster_slots_assigned: 16384,
      redis_cluster_slots_ok: isBroken ? 10923 : 16384,
      redis_cluster_slots_pfail: 0,
      redis_cluster_slots_fail: isBroken ? 5461 : 0,
      redis_cluster_known_nodes: 4,
      redis_cluster_size: 3,
      redis_cluster_current_epoch: 3,
      redis_cluster_my_epoch: number('cluster_my_epoch'),
      redis_cluster_messages_sent_total: number('cluster_stats_messages_sent'),
      redis_cluster_messages_received_total: number('cluster_stats_messages_received'),
    });
  });

  it.each([
    [
      'messages by type, with underscores',
      'cluster_stats_messages_auth-req_sent:4\r\ncluster_stats_messages_ping_received:5\r\n',
      { redis_cluster_stats_messages_auth_req_sent: 4, redis_cluster_stats_messages_ping_received: 5 },
    ],
    [
      'links that were too slow (Redis 7.0)',
      'total_cluster_links_buffer_limit_exceeded:6\r\n',
      { redis_cluster_links_buffer_limit_exceeded_total: 6 },
    ],
    ['a field nobody knows yet', 'cluster_new_thing:7\r\n', { redis_cluster_new_thing: 7 }],
    ['no words', 'cluster_name:blue\r\nslots:9\r\n', {}],
  ])('gives %s', (_, text, expected) => {
    expect(of(text)).toEqual({ redis_cluster_enabled: 1, ...expected });
  });

  it('gives a bounded number of fields, and remembers no more than that', () => {
    for (const round of [1, 2, 3]) {
      const lines = Array.from({ length: 500 }, (_, index) => `cluster_${round}_${index}:1`);
      expect(Object.keys(of(lines.join('\r\n')))).toHaveLength(201);
    }
    expect(of('cluster_after_the_flood:1\r\n')).toEqual({ redis_cluster_enabled: 1, redis_cluster_after_the_flood: 1 });
  });

  it.each([
    ['a refusal', new ErrorReply("NOPERM this user has no permissions to run the 'cluster|info' command"), ReplyError],
    ['no text', 1, UnexpectedReply],
  ])('fails on %s', (_, reply, error) => {
    expect(() => of(reply)).toThrow(error);
  });

  it.each([
    ['redis-3.2', 'master', { redis_cluster_enabled: 0 }],
    ['redis-7.2', 'master', { redis_cluster_enabled: 0, redis_cluster_connections: 0 }],
    ['valkey-8.0', 'sentinel', { redis_cluster_connections: 0 }],
    ['redis-2.8', 'master', {}],
  ])('asks nothing of %s %s and gives what INFO says', (version, situation, expected) => {
    expect(collected(cluster, recordedInfo(version, situation))).toEqual(expected);
  });
});
