import { infoField, type InfoReply } from './info';
import { parseKeyValues } from './key-values';
import { parseNumber } from './number';

/** A replica as its master has it: `slave0:ip=10.0.0.2,port=6379,state=online,offset=655,lag=0`. */
export interface ReplicaLine {
  readonly host: string;
  readonly port: number | undefined;
  /** `wait_bgsave`, `send_bulk`, `online`... */
  readonly state: string;
  /** What it has confirmed of the replication stream. */
  readonly offset: number | undefined;
  /** Since it last confirmed; undefined while it does not count: it is not online. */
  readonly lagSeconds: number | undefined;
}

/** The link of a replica to its master. */
interface MasterLink {
  readonly host: string;
  readonly port: number | undefined;
  /** `up` or `down`. */
  readonly status: string;
  readonly syncInProgress: boolean;
  /** Undefined while the link is up, and when it never was. */
  readonly downSeconds: number | undefined;
}

/** INFO section Replication as one server's place among others. */
export interface ReplicationView {
  /** `master` or `slave`. */
  readonly role: string;
  /** Position in the replication stream, in bytes: what is written of it; of a replica, what it has processed. */
  readonly offset: number | undefined;
  /** Position up to which it has the stream for replicas of its own. */
  readonly writtenOffset: number | undefined;
  /** The stream's name, the same for a master and its replicas; empty before Redis 4.0. */
  readonly streamId: string;
  /** There on a replica. */
  readonly link: MasterLink | undefined;
  readonly replicas: readonly ReplicaLine[];
}

/** Before Redis 6.2 a link that was never up counts as down since 1970. */
const NEVER_UP_SECONDS = 1e9;

/** Reads INFO section Replication (all versions). */
export function readReplication(info: InfoReply): ReplicationView {
  const text = (field: string): string => infoField(info, field) ?? '';
  const number = (field: string): number | undefined => parseNumber(text(field));
  const role = text('role');
  return {
    role,
    offset: number(role === 'slave' ? 'slave_repl_offset' : 'master_repl_offset'),
    writtenOffset: number('master_repl_offset'),
    streamId: text('master_replid'),
    link:
      role !== 'slave'
        ? undefined
        : {
            host: text('master_host'),
            port: number('master_port'),
            status: text('master_link_status'),
            syncInProgress: text('master_sync_in_progress') === '1',
            downSeconds: downSeconds(number('master_link_down_since_seconds')),
          },
    replicas: info.shape.keys.flatMap((key, at) =>
      /^slave\d+$/.test(key) ? [readReplica(info.values[at] as string)] : []
    ),
  };
}

function readReplica(line: string): ReplicaLine {
  const pairs = parseKeyValues(line);
  const number = (key: string): number | undefined => parseNumber(pairs.get(key) ?? '');
  const lag = number('lag');
  return {
    host: pairs.get('ip') ?? '',
    port: number('port'),
    state: pairs.get('state') ?? '',
    offset: number('offset'),
    lagSeconds: lag !== undefined && lag >= 0 ? lag : undefined,
  };
}

function downSeconds(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds >= 0 && seconds < NEVER_UP_SECONDS ? seconds : undefined;
}
