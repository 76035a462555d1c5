import { parseNumber } from './number';

/** A slot on its way between two nodes, as the node that was asked has it. */
export interface MovingSlot {
  readonly slot: number;
  readonly direction: 'migrating' | 'importing';
  /** Id of the node at the other end. */
  readonly node: string;
}

/** A line of CLUSTER NODES. */
export interface ClusterNode {
  readonly id: string;
  /** `10.0.0.7:6379`, `[::1]:6379`; empty while the address is not known. */
  readonly address: string;
  /** Redis 7.0+, where one is announced; else empty. */
  readonly hostname: string;
  /** `myself`, `master`, `slave`, `fail?`, `fail`, `handshake`, `noaddr`, `nofailover`; without `noflags`. */
  readonly flags: readonly string[];
  /** Id of the master of a replica; undefined for a master. */
  readonly master: string | undefined;
  readonly epoch: number | undefined;
  /** `connected` or `disconnected`; the link of the node itself is always connected. */
  readonly linkState: string;
  /** Ranges of slots it serves, both ends included. */
  readonly slots: readonly (readonly [from: number, to: number])[];
  readonly moving: readonly MovingSlot[];
}

/**
 * Parses a CLUSTER NODES reply (all versions): a line for each node,
 * `<id> <ip:port@bus-port,hostname> <flags> <master or -> <ping> <pong> <epoch> <link> <slots...>`.
 */
export function parseClusterNodes(text: string): readonly ClusterNode[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(' ');
    return words.length < 8 ? [] : [parseNode(words)];
  });
}

function parseNode(words: readonly string[]): ClusterNode {
  const [id = '', where = '', flags = '', master = '-', , , epoch = '', linkState = '', ...slots] = words;
  const [address = '', hostname = ''] = where.split(',');
  const [, host = '', port = ''] = /^(.*):(\d+)(?:@\d+)?$/.exec(address) ?? [];
  return {
    id,
    address: host === '' ? '' : `${host.includes(':') ? `[${host}]` : host}:${port}`,
    hostname: hostname.includes('=') ? '' : hostname,
    flags: flags.split(',').filter((flag) => flag !== 'noflags'),
    master: master === '-' ? undefined : master,
    epoch: parseNumber(epoch),
    linkState,
    slots: slots.flatMap(parseRange),
    moving: slots.flatMap(parseMoving),
  };
}

/** `5461-10922` or `7`. */
function parseRange(word: string): [number, number][] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
  return from === undefined ? [] : [[Number(from), Number(to)]];
}

/** `[93-<-id]` is imported from a node, `[77->-id]` migrates to it. */
function parseMoving(word: string): MovingSlot[] {
  const [, slot, arrow, node] = /^\[(\d+)-([<>])-(\S+)\]$/.exec(word) ?? [];
  if (node === undefined) return [];
  return [{ slot: Number(slot), direction: arrow === '>' ? 'migrating' : 'importing', node }];
}
