import type { TableAnswer } from '../../server/api/contract';
import { Columns } from './columns';
import type { TopologySurroundings } from './topology';

export type Health = 'good' | 'busy' | 'bad' | 'unknown';

export interface Node {
  /** Name of the target, of others their address. */
  readonly id: string;
  readonly title: string;
  /** `master`, `replica`, `sentinel`; empty where nobody knows. */
  readonly role: string;
  readonly state: string;
  /** `2 replicas`, `replica of cache-1`. */
  readonly about: string;
  readonly health: Health;
  readonly address: string;
  readonly offset: number | null;
  readonly problem: string;
}

/** From a master to its replica, or from a sentinel to a master. */
export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly state: string;
  readonly health: Health;
  readonly lagSeconds: number | null;
  readonly lagBytes: number | null;
  readonly isWatch: boolean;
}

export interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** Redis' own measure of a replica that is too far behind: the default of `min-replicas-max-lag`. */
const MOST_LAG_SECONDS = 10;

const ROLES: Readonly<Record<string, string>> = { slave: 'replica' };

/** Of the table `replication` and what is known besides. */
export function readTopology(replication: TableAnswer, { targets, sentinels }: TopologySurroundings): Topology {
  const rows = new Columns(replication);
  const nodes = new Map(rows.map((row) => nodeOf(rows, row)).map((node) => [node.id, node]));
  if (targets !== undefined) {
    addTargets(nodes, new Columns(targets));
  }
  const names = new Map([...nodes.values()].map(({ id, address }) => [address.toLowerCase(), id]));
  const idOf = (name: string): string => (nodes.has(name) ? name : (names.get(name.toLowerCase()) ?? name));
  const edges = [
    ...rows.map((row) => replicaEdge(rows, row, idOf)).filter((edge) => edge !== undefined),
    ...(sentinels?.series ?? []).map(({ labels }) => watchEdge(labels, idOf)),
  ];
  for (const id of edges.flatMap(({ source, target }) => [source, target])) {
    if (!nodes.has(id)) {
      nodes.set(id, stranger(id));
    }
  }
  return { nodes: [...nodes.values()].map((node) => withAbout(node, edges)), edges };
}

/** A row names the target itself; where that is its own master, it is a replica that the target alone tells of. */
function isTarget(rows: Columns, row: number): boolean {
  return rows.text('master', row) !== rows.text('instance', row);
}

function idOfRow(rows: Columns, row: number): string {
  return isTarget(rows, row) ? rows.text('instance', row) : rows.text('address', row);
}

function nodeOf(rows: Columns, row: number): Node {
  const id = idOfRow(rows, row);
  const role = rows.text('role', row);
  const { state, health } = isTarget(rows, row)
    ? role === 'slave'
      ? linkOf(rows, row)
      : { state: 'up', health: 'good' as const }
    : { state: rows.text('state', row), health: 'unknown' as const };
  const about = '';
  const problem = isTarget(rows, row) ? '' : 'It is no target: only its master tells of it.';
  const [address, offset] = [rows.text('address', row), rows.number('offset', row)];
  return { id, title: id, role: ROLES[role] ?? role, state, about, health, address, offset, problem };
}

/** The state of a replica's link to its master, as the replica or else its master has it. */
function linkOf(rows: Columns, row: number): { readonly state: string; readonly health: Health } {
  const state = rows.text('state', row);
  if (rows.isTrue('sync_in_progress', row)) {
    return { state: 'synchronising', health: 'busy' };
  }
  if (rows.text('link', row) === 'down') {
    return { state: 'link down', health: 'bad' };
  }
  if (state !== '' && state !== 'online') {
    return { state, health: 'busy' };
  }
  const isBehind = (rows.number('lag_seconds', row) ?? 0) > MOST_LAG_SECONDS;
  return { state: rows.text('link', row) === '' ? state : 'link up', health: isBehind ? 'busy' : 'good' };
}

function replicaEdge(rows: Columns, row: number, idOf: (name: string) => string): Edge | undefined {
  const master = rows.text('master', row);
  return master === ''
    ? undefined
    : {
        source: idOf(master),
        target: idOfRow(rows, row),
        ...linkOf(rows, row),
        lagSeconds: rows.number('lag_seconds', row),
        lagBytes: rows.number('lag_bytes', row),
        isWatch: false,
      };
}

function watchEdge(labels: Readonly<Record<string, string>>, idOf: (name: string) => string): Edge {
  const { instance = '', master_name: name = '', master_address: address = '', master_status: status = '' } = labels;
  return {
    source: instance,
    target: idOf(address),
    state: `watched as ${name}: ${status}`,
    health: status === 'ok' ? 'unknown' : 'bad',
    lagSeconds: null,
    lagBytes: null,
    isWatch: true,
  };
}

/** Targets the table of replication does not have: those that could not be asked, and sentinels. */
function addTargets(nodes: Map<string, Node>, targets: Columns): void {
  for (let row = 0; row < targets.rows; row++) {
    const id = targets.text('instance', row);
    const [state, role] = [targets.text('state', row), targets.text('role', row)];
    const isMissing = role === 'sentinel' || state !== 'up';
    if (!nodes.has(id) && isMissing) {
      nodes.set(id, {
        id,
        title: id,
        role: ROLES[role] ?? role,
        state,
        about: '',
        health: state === 'up' ? 'good' : state === 'down' ? 'bad' : 'busy',
        address: targets.text('address', row),
        offset: null,
        problem: state === 'up' ? '' : targets.text('last_error', row),
      });
    }
  }
}

/** Others tell of it, but it is no target. */
function stranger(id: string): Node {
  const problem = 'It is no target, or does not answer.';
  return { id, title: id, role: '', state: '', about: '', health: 'unknown', address: id, offset: null, problem };
}

function withAbout(node: Node, edges: readonly Edge[]): Node {
  const from = edges.filter(({ source }) => source === node.id);
  const watched = from.filter(({ isWatch }) => isWatch).length;
  const replicas = from.length - watched;
  const about = [
    ...(watched > 0 ? [count(watched, 'master')] : []),
    ...(replicas > 0 ? [count(replicas, 'replica')] : []),
  ];
  return about.length === 0 ? node : { ...node, about: about.join(', ') };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
