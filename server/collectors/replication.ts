import type { SampleSink } from '../model/samples';
import { infoField, infoSection, type InfoReply } from '../parse/info';
import { parseKeyValues } from '../parse/key-values';
import { parseNumber } from '../parse/number';
import {
  emitFields,
  fieldsLike,
  infoCollector,
  infoFields,
  percentAsRatio,
  perShape,
  type PlacedField,
} from './info-fields';

const SECTION = 'Replication';
const { counter, gauge } = infoFields(SECTION);

// prettier-ignore
const FIELDS = [
  gauge('connected_slaves', 'redis_connected_slaves', 'none',
    'Connected replicas.'),
  gauge('min_slaves_good_slaves', 'redis_min_slaves_good_slaves', 'none',
    'Replicas whose lag is within min-replicas-max-lag; there only when min-replicas-to-write is set.'),
  gauge('replicas_waiting_psync', 'redis_replicas_waiting_psync', 'none',
    'Replicas in a dual-channel sync that have yet to ask for the replication stream (Valkey 8.0+).'),
  gauge('master_failover_state', 'redis_master_failover_in_progress', 'none',
    '1 while the server hands its role over to a replica, command FAILOVER (Redis 6.2+).',
    (text) => Number(text !== 'no-failover')),
  gauge('master_repl_offset', 'redis_master_repl_offset', 'bytes',
    'Position in the replication stream: bytes written to it since it began.'),
  gauge('second_repl_offset', 'redis_second_repl_offset', 'bytes',
    'Position up to which replicas of the former master may go on; -1 means there was no failover.'),
  gauge('repl_backlog_active', 'redis_repl_backlog_is_active', 'none',
    '1 when the server keeps a replication backlog.'),
  gauge('repl_backlog_size', 'redis_replication_backlog_bytes', 'bytes',
    'Size the replication backlog may have: how far a replica may fall behind without a full synchronisation.'),
  gauge('repl_backlog_first_byte_offset', 'redis_repl_backlog_first_byte_offset', 'bytes',
    'Position of the oldest byte in the replication backlog.'),
  gauge('repl_backlog_histlen', 'redis_repl_backlog_history_bytes', 'bytes',
    'Bytes held in the replication backlog.'),
  gauge('slave_priority', 'redis_slave_priority', 'none',
    'Rank of the replica in a failover by Sentinel: the lowest is promoted first, 0 never; there only on a replica.'),
  gauge('replica_announced', 'redis_replica_announced', 'none',
    '1 when Sentinel tells clients of the replica; there only on a replica (Redis 6.2+).'),
  gauge('replicas_repl_buffer_size', 'redis_replicas_repl_buffer_size_bytes', 'bytes',
    'Replication stream the replica has collected during a dual-channel sync (Valkey 8.0+).'),
  gauge('replicas_repl_buffer_peak', 'redis_replicas_repl_buffer_peak_bytes', 'bytes',
    'Most replication stream the replica has ever collected during a dual-channel sync (Valkey 8.0+).'),
  gauge('replica_full_sync_buffer_size', 'redis_replica_full_sync_buffer_size_bytes', 'bytes',
    'Replication stream the replica has collected during a full synchronisation (Redis 8.0+).'),
  gauge('replica_full_sync_buffer_peak', 'redis_replica_full_sync_buffer_peak_bytes', 'bytes',
    'Most replication stream the replica has ever collected during a full synchronisation (Redis 8.0+).'),
  counter('master_total_sync_attempts', 'redis_master_sync_attempts_total', 'none',
    'Times the replica has tried to synchronise with a master (Redis 8.2+).'),
  counter('total_disconnect_time_sec', 'redis_master_disconnected_seconds_total', 'seconds',
    'Time the replica has spent without a link to its master (Redis 8.2+).'),
];

const ofLink = infoFields(SECTION, ['master_host', 'master_port']);

/** What a replica says of the link to a master. KeyDB has several: those of the second begin with `master_1_`. */
// prettier-ignore
const LINK_FIELDS = [
  ofLink.gauge('master_link_status', 'redis_master_link_up', 'none',
    '1 when the replica is connected to its master and in step, 0 when it is not.',
    (text) => Number(text === 'up')),
  ofLink.gauge('master_last_io_seconds_ago', 'redis_master_last_io_seconds_ago', 'seconds',
    'Time since the master was last heard of; -1 when the link is down.'),
  ofLink.gauge('master_sync_in_progress', 'redis_master_sync_in_progress', 'none',
    '1 while the replica receives the whole data from its master.'),
  ofLink.gauge('slave_repl_offset', 'redis_slave_repl_offset', 'bytes',
    'Position in the replication stream up to which the replica has processed it.'),
  ofLink.gauge('slave_read_repl_offset', 'redis_slave_read_repl_offset', 'bytes',
    'Position in the replication stream up to which the replica has read it (Redis 6.2+).'),
  ofLink.gauge('master_link_down_since_seconds', 'redis_master_link_down_since_seconds', 'seconds',
    'How long the link to the master has been down; -1 when it was never up; there only while it is down.',
    parseDownTime),
  ofLink.gauge('master_link_up_since_seconds', 'redis_master_link_up_since_seconds', 'seconds',
    'How long the link to the master has been up (Redis 8.2+).'),
  ofLink.gauge('master_current_sync_attempts', 'redis_master_current_sync_attempts', 'none',
    'Times the replica has tried to synchronise since the link was last lost (Redis 8.2+).'),
  ofLink.gauge('master_sync_total_bytes', 'redis_master_sync_size_bytes', 'bytes',
    'Bytes the synchronisation in progress transfers; 0 when the master does not tell (Redis 6.2+).'),
  ofLink.gauge('master_sync_read_bytes', 'redis_master_sync_read_bytes', 'bytes',
    'Bytes the synchronisation in progress has transferred (Redis 6.2+).'),
  ofLink.gauge('master_sync_left_bytes', 'redis_master_sync_left_bytes', 'bytes',
    'Bytes the synchronisation in progress has yet to transfer; negative when the master does not tell the size.'),
  ofLink.gauge('master_sync_perc', 'redis_master_sync_progress_ratio', 'ratio',
    'Share of the synchronisation in progress that is done; 0 when the master does not tell the size (Redis 6.2+).',
    percentAsRatio),
  ofLink.gauge('master_sync_last_io_seconds_ago', 'redis_master_sync_last_io_seconds_ago', 'seconds',
    'Time since the synchronisation in progress last received anything.'),
];
const linkFields = new Map(LINK_FIELDS.map((row) => [row.field, row]));

const slaveInfo = infoFields(SECTION, ['master_host', 'master_port', 'read_only']).info(
  'slave_read_only',
  'redis_slave_info',
  'none',
  'There on a replica: which master it follows, and whether it refuses writes of clients.'
).family;

const ofReplica = infoFields(SECTION, ['slave_ip', 'slave_port', 'slave_state']);
// prettier-ignore
const replicaOffset = ofReplica.gauge('slave<n> offset', 'redis_connected_slave_offset_bytes', 'bytes',
  'Position in the replication stream the replica has last confirmed; 0 before its first word.').family;
// prettier-ignore
const replicaLag = ofReplica.gauge('slave<n> lag', 'redis_connected_slave_lag_seconds', 'seconds',
  'Time since the replica last confirmed its position, which it does every second.').family;
// prettier-ignore
const replicaLagBytes = ofReplica.gauge('master_repl_offset - slave<n> offset',
  'redis_connected_slave_lag_bytes', 'bytes',
  'Bytes of the replication stream the replica has not confirmed; all of it while it synchronises.').family;

const replicaLines = fieldsLike(SECTION, /^slave\d+$/);

/** The links to masters: `master_host` begins one, the port stands next, and what follows belongs to it. */
const masterLinks = perShape((shape) => {
  const { from, to } = infoSection(shape, SECTION) ?? { from: 0, to: 0 };
  const links: { readonly hostAt: number; readonly fields: PlacedField[] }[] = [];
  for (let at = from; at < to; at++) {
    const field = (shape.keys[at] as string).replace(/^master_\d+_/, 'master_');
    if (field === 'master_host') links.push({ hostAt: at, fields: [] });
    const row = linkFields.get(field);
    if (row !== undefined) links.at(-1)?.fields.push({ row, at });
  }
  return links;
});

/** INFO section Replication. */
export const replication = infoCollector({
  name: 'replication',
  help: 'Replicas and their lag, the link to the master, the replication backlog.',
  fields: FIELDS,
  families: [...LINK_FIELDS.map((row) => row.family), slaveInfo, replicaOffset, replicaLag, replicaLagBytes],
  applies: (facts) => facts.mode !== 'sentinel',
  collect({ info }, sink) {
    for (const { hostAt, fields } of masterLinks(info.shape)) {
      emitFields(fields, info.values, sink, info.values.slice(hostAt, hostAt + 2));
    }
    if (infoField(info, 'role') === 'slave') {
      sink.add(
        slaveInfo,
        1,
        ['master_host', 'master_port', 'slave_read_only'].map((field) => infoField(info, field) ?? '')
      );
    }
    emitReplicas(info, sink);
  },
});

/** Lines such as `slave0:ip=10.0.0.2,port=6379,state=online,offset=655,lag=0`. */
function emitReplicas(info: InfoReply, sink: SampleSink): void {
  const written = parseNumber(infoField(info, 'master_repl_offset') ?? '');
  for (const { at } of replicaLines(info.shape)) {
    const pairs = parseKeyValues(info.values[at] as string);
    const offset = parseNumber(pairs.get('offset') ?? '');
    if (offset === undefined) continue;
    const labels = ['ip', 'port', 'state'].map((key) => pairs.get(key) ?? '');
    sink.add(replicaOffset, offset, labels);
    const lag = parseNumber(pairs.get('lag') ?? '');
    if (lag !== undefined && lag >= 0) sink.add(replicaLag, lag, labels);
    if (written !== undefined) sink.add(replicaLagBytes, Math.max(0, written - offset), labels);
  }
}

/** Before Redis 6.2 a link that was never up counts as down since 1970. */
function parseDownTime(text: string): number | undefined {
  const seconds = parseNumber(text);
  return seconds !== undefined && seconds > 1e9 ? -1 : seconds;
}
