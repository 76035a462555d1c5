import { formatAddress } from '../model/target';
import { parseClusterNodes, type ClusterNode, type MovingSlot } from '../parse/cluster-nodes';
import { askEach, askText, type Told } from './ask-each';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { leaveOut } from './leave-out';

const CLUSTER_NODES = { args: ['CLUSTER', 'NODES'] } as const;

type View = Told<readonly ClusterNode[]>;

interface NodeRow {
  /** The node's own target, else the target that tells of it. */
  readonly instance: string;
  /** `10.0.0.7:6379`; empty where nobody knows it. */
  readonly address: string;
  /** As another node sees it, where there is one: nobody calls itself failed. */
  readonly seen: ClusterNode;
  /** As it sees itself, where it is a target: only there are slots on the move. */
  readonly own: ClusterNode;
  readonly nodes: ReadonlyMap<string, ClusterNode>;
}

// prettier-ignore
const COLUMNS: readonly ColumnOf<NodeRow>[] = [
  { name: 'instance', title: 'Instance', type: 'string', value: ({ instance }) => instance },
  { name: 'id', title: 'Id', type: 'string', value: ({ own }) => own.id },
  { name: 'address', title: 'Address', type: 'string', value: ({ address }) => address },
  { name: 'hostname', title: 'Host name', type: 'string', value: ({ own }) => own.hostname },
  { name: 'role', title: 'Role', type: 'string', value: ({ own }) => own.flags.includes('master') ? 'master' : own.flags.includes('slave') ? 'slave' : '' },
  { name: 'master', title: 'Master', type: 'string', value: ({ own, nodes }) => own.master && (nodes.get(own.master)?.address ?? own.master) },
  { name: 'flags', title: 'Flags', type: 'string', value: ({ seen }) => seen.flags.filter((flag) => !ROLES.has(flag)).join(', ') },
  { name: 'link_state', title: 'Link', type: 'string', value: ({ seen }) => seen.linkState },
  { name: 'slots', title: 'Slots', type: 'number', value: ({ own }) => own.slots.reduce((sum, [from, to]) => sum + to - from + 1, 0) },
  { name: 'slot_ranges', title: 'Slot ranges', type: 'string', value: ({ own }) => own.slots.map(([from, to]) => from === to ? `${from}` : `${from}-${to}`).join(' ') },
  { name: 'epoch', title: 'Epoch', type: 'number', value: ({ own }) => own.epoch },
  { name: 'migrating', title: 'Migrating', type: 'string', value: ({ own, nodes }) => describeMoves(own.moving, 'migrating', nodes) },
  { name: 'importing', title: 'Importing', type: 'string', value: ({ own, nodes }) => describeMoves(own.moving, 'importing', nodes) },
];
const ROLES: ReadonlySet<string> = new Set(['myself', 'master', 'slave']);

/** The nodes of each cluster, once, whichever of them are targets. */
export async function cluster(context: TableContext): Promise<Draft> {
  const nodes = leaveOut(context, ({ mode }) => mode !== 'cluster', 'they are no cluster nodes');
  const views = await askEach(context, nodes, async (ask) => parseClusterNodes(await askText(ask, CLUSTER_NODES)));
  return draft('nodes', COLUMNS, rowsOf(views));
}

/** Views of one cluster know each other's nodes; the first to tell of a node decides, and the node itself. */
function rowsOf(views: readonly View[]): readonly NodeRow[] {
  const rows = new Map<string, NodeRow>();
  for (const { name, status, value } of views) {
    const nodes = new Map(value.map((node) => [node.id, node]));
    for (const node of value) {
      const isSelf = node.flags.includes('myself');
      // A node that has met no other does not know its address.
      const address = node.address || (isSelf ? formatAddress(status.target.address) : '');
      const row = rows.get(node.id);
      if (row === undefined) rows.set(node.id, { instance: name, address, seen: node, own: node, nodes });
      else if (isSelf) rows.set(node.id, { ...row, instance: name, own: node, nodes });
      else if (row.seen.flags.includes('myself'))
        rows.set(node.id, { ...row, address: address || row.address, seen: node });
    }
  }
  return [...rows.values()];
}

/** `93 to 10.0.0.8:6379, 94 to ...`. */
function describeMoves(
  moving: readonly MovingSlot[],
  direction: MovingSlot['direction'],
  nodes: NodeRow['nodes']
): string {
  return moving
    .filter((one) => one.direction === direction)
    .map(({ slot, node }) => `${slot} ${direction === 'migrating' ? 'to' : 'from'} ${nodes.get(node)?.address || node}`)
    .join(', ');
}
