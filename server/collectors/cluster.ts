import type { FamilyDescriptor, FamilyType } from '../model/family';
import { parseInfo } from '../parse/info';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import { fieldEmitter, infoFields } from './info-fields';

const COMMAND = 'CLUSTER INFO';
const PREFIX = 'cluster_';
/** Bounds how many families a broken server can make up. */
const MOST_FIELDS = 200;

const { gauge } = infoFields('Cluster');
const INFO_FIELDS = [
  gauge('cluster_enabled', 'redis_cluster_enabled', 'none', '1 when the server runs in cluster mode.'),
  gauge('cluster_connections', 'redis_cluster_connections', 'none', 'Sockets the cluster bus uses (Redis 6.2+).'),
];
const emitInfo = fieldEmitter(INFO_FIELDS);

function family(field: string, name: string, help: string, type: FamilyType = 'gauge'): FamilyDescriptor {
  return { name, type, unit: 'none', help, labelNames: [], source: { command: COMMAND, field } };
}

const linksExceeded = family(
  'total_cluster_links_buffer_limit_exceeded',
  'redis_cluster_links_buffer_limit_exceeded_total',
  'Cluster bus links freed because their buffer exceeded cluster-link-sendbuf-limit (Redis 7.0+).',
  'counter'
);

const NAMED = new Map([
  [linksExceeded.source.field, linksExceeded] as const,
  ...[
    [
      'cluster_state',
      'redis_cluster_state',
      '1 when the node accepts queries, 0 when slots are uncovered or the majority is out of reach.',
    ],
    [
      'cluster_slots_assigned',
      'redis_cluster_slots_assigned',
      'Hash slots that belong to some node; 16384 in a whole cluster.',
    ],
    ['cluster_slots_ok', 'redis_cluster_slots_ok', 'Hash slots whose node is neither failing nor suspected.'],
    ['cluster_slots_pfail', 'redis_cluster_slots_pfail', 'Hash slots whose node this node suspects to fail.'],
    ['cluster_slots_fail', 'redis_cluster_slots_fail', 'Hash slots whose node the cluster agrees has failed.'],
    [
      'cluster_known_nodes',
      'redis_cluster_known_nodes',
      'Nodes this node knows, itself, replicas and those in handshake included.',
    ],
    ['cluster_size', 'redis_cluster_size', 'Masters that serve at least one slot.'],
    [
      'cluster_current_epoch',
      'redis_cluster_current_epoch',
      'Highest configuration epoch of the cluster this node knows.',
    ],
    ['cluster_my_epoch', 'redis_cluster_my_epoch', 'Configuration epoch of this node or, on a replica, of its master.'],
    ['cluster_stats_messages_sent', 'redis_cluster_messages_sent_total', 'Messages sent over the cluster bus.'],
    [
      'cluster_stats_messages_received',
      'redis_cluster_messages_received_total',
      'Messages received over the cluster bus.',
    ],
  ].map(([field, name, help]) => [field, family(field as string, name as string, help as string)] as const),
]);

const otherField = family(
  'cluster_<field>',
  'redis_cluster_<field>',
  'Any other numeric field of CLUSTER INFO, such as messages sent and received by type; dashes become underscores.'
);

/** Families of fields that have no name above; made anew when there are too many. */
const made = new Map<string, FamilyDescriptor>();

function familyOf(field: string): FamilyDescriptor | undefined {
  const known = NAMED.get(field) ?? made.get(field);
  if (known !== undefined || !field.startsWith(PREFIX)) return known;
  if (made.size >= MOST_FIELDS) made.clear();
  const other = family(field, `redis_${field.replace(/[^a-zA-Z0-9_]/g, '_')}`, `Field ${field} of CLUSTER INFO.`);
  made.set(field, other);
  return other;
}

/** `cluster_enabled` of INFO on every server, CLUSTER INFO on cluster nodes. */
export const cluster: Collector = {
  name: 'cluster',
  help: 'State, slots, nodes and messages of the cluster as the node sees them.',
  families: [...INFO_FIELDS.map((row) => row.family), ...NAMED.values()],
  dynamicFamilies: [otherField],
  commands: (facts) => (facts.mode === 'cluster' ? [{ args: ['CLUSTER', 'INFO'] }] : []),
  collect(replies, sink) {
    emitInfo(replies.info, sink);
    if (replies.facts.mode !== 'cluster') return;
    const { shape, values } = parseInfo(replies.text(COMMAND));
    shape.keys.slice(0, MOST_FIELDS).forEach((field, at) => {
      const value = parseNumber(values[at] as string);
      const found = value === undefined ? undefined : familyOf(field);
      if (value !== undefined && found !== undefined) sink.add(found, value);
    });
  },
};
