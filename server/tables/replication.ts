import { formatAddress } from '../model/target';
import { parseInfo } from '../parse/info';
import { readReplication, type ReplicaLine } from '../parse/replication';
import { askEach, askText } from './ask-each';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { isSentinel, leaveOut } from './leave-out';
import { addressOf, pairReplicas, type Member } from './replication-pairs';

const INFO_REPLICATION = { args: ['INFO', 'replication'] } as const;

interface ServerRow {
  /** The target; of a replica that is none, the target that tells of it. */
  readonly instance: string;
  readonly role: string;
  readonly address: string;
  /** What its master says of a replica. */
  readonly line?: ReplicaLine;
  readonly lagBytes?: number | undefined;
  /** What the server says of itself; absent: it is no target. */
  readonly member?: Member;
  /** Name of the target, else address. */
  readonly master?: string;
}

// prettier-ignore
const COLUMNS: readonly ColumnOf<ServerRow>[] = [
  { name: 'instance', title: 'Instance', type: 'string', value: (row) => row.instance },
  { name: 'role', title: 'Role', type: 'string', value: (row) => row.role },
  { name: 'address', title: 'Address', type: 'string', value: (row) => row.address },
  { name: 'master', title: 'Master', type: 'string', value: (row) => row.master },
  { name: 'state', title: 'State', type: 'string', value: ({ line }) => line?.state },
  { name: 'offset', title: 'Offset', type: 'number', unit: 'bytes', value: ({ member, line }) => member?.view.offset ?? line?.offset },
  { name: 'lag_bytes', title: 'Lag in bytes', type: 'number', unit: 'bytes', value: (row) => row.lagBytes },
  { name: 'lag_seconds', title: 'Lag', type: 'number', unit: 'seconds', value: ({ line }) => line?.lagSeconds },
  { name: 'link', title: 'Link', type: 'string', value: ({ member }) => member?.view.link?.status },
  { name: 'link_down', title: 'Link down for', type: 'number', unit: 'seconds', value: ({ member }) => member?.view.link?.downSeconds },
  { name: 'sync_in_progress', title: 'Sync in progress', type: 'boolean', value: ({ member }) => member?.view.link?.syncInProgress },
];

/** Masters, each followed by its replicas: those that are targets and those that it alone tells of. */
export async function replication(context: TableContext): Promise<Draft> {
  const servers = leaveOut(context, isSentinel, 'sentinels replicate nothing');
  const told = await askEach(context, servers, async (ask) =>
    readReplication(parseInfo(await askText(ask, INFO_REPLICATION)))
  );
  return draft('servers', COLUMNS, rowsOf(told.map(({ status, value }) => ({ target: status.target, view: value }))));
}

function rowsOf(members: readonly Member[]): readonly ServerRow[] {
  const pairs = pairReplicas(members);
  const names = new Map(members.map(({ target }) => [formatAddress(target.address).toLowerCase(), target.name]));
  const rows = new Map<Member, ServerRow[]>();

  /** Puts a server and what hangs on it; each once, even where replicas name each other in a ring. */
  const place = (member: Member, ofMaster: Partial<ServerRow> = {}): void => {
    if (rows.has(member)) return;
    const { target, view } = member;
    const { link } = view;
    const master = link === undefined ? {} : { master: names.get(addressOf(link)) ?? addressOf(link) };
    const mine: ServerRow[] = [
      {
        instance: target.name,
        role: view.role,
        address: formatAddress(target.address),
        member,
        ...master,
        ...ofMaster,
      },
    ];
    rows.set(member, mine);
    for (const line of view.replicas) {
      const said = { line, lagBytes: lagOf(member, line), master: target.name };
      const replica = pairs.get(line);
      if (replica !== undefined) place(replica, said);
      else mine.push({ instance: target.name, role: 'slave', address: addressOf(line), ...said });
    }
  };
  const replicas = new Set(pairs.values());
  members.filter((member) => !replicas.has(member)).forEach((member) => place(member));
  members.forEach((member) => place(member));
  return [...rows.values()].flat();
}

/** Bytes of the replication stream the replica has not confirmed; all of it while it synchronises. */
function lagOf({ view: { writtenOffset } }: Member, { offset }: ReplicaLine): number | undefined {
  return writtenOffset === undefined || offset === undefined ? undefined : Math.max(0, writtenOffset - offset);
}
