import { formatAddress, type Target } from '../model/target';
import type { ReplicaLine, ReplicationView } from '../parse/replication';

/** A target and its place among others. */
export interface Member {
  readonly target: Target;
  readonly view: ReplicationView;
}

/** Which target a line of a master's list of replicas means; none: the replica is no target. */
type Pairs = ReadonlyMap<ReplicaLine, Member>;

/**
 * Finds the targets among the replicas that targets tell of. A line means the replica at its address; where targets have
 * host names, it means the one of the same replication stream and port, if there is just one such line and such replica.
 */
export function pairReplicas(members: readonly Member[]): Pairs {
  const pairs = new Map<ReplicaLine, Member>();
  const lines = members.flatMap((master) => master.view.replicas.map((line) => ({ line, master })));
  const replicas = members.filter(({ view }) => view.role === 'slave');
  const byAddress = new Map(replicas.map((member) => [formatAddress(member.target.address).toLowerCase(), member]));
  for (const { line } of lines) {
    const member = byAddress.get(addressOf(line));
    if (member !== undefined) pairs.set(line, member);
  }
  const paired = new Set(pairs.values());
  const openLines = Map.groupBy(
    lines.filter(({ line, master }) => !pairs.has(line) && master.view.streamId !== ''),
    ({ line, master }) => `${master.view.streamId} ${line.port}`
  );
  const openReplicas = Map.groupBy(
    replicas.filter((member) => !paired.has(member)),
    ({ target: { address }, view }) => `${view.streamId} ${address.kind === 'tcp' ? address.port : ''}`
  );
  for (const [key, [first, ...others]] of openLines) {
    const [member, ...otherMembers] = openReplicas.get(key) ?? [];
    if (first !== undefined && member !== undefined && others.length + otherMembers.length === 0) {
      pairs.set(first.line, member);
    }
  }
  return pairs;
}

/** `10.0.0.2:6379`, `[::1]:6379`. */
export function addressOf({ host, port = 0 }: { readonly host: string; readonly port: number | undefined }): string {
  return formatAddress({ kind: 'tcp', host: host.toLowerCase(), port });
}
