import { parseNumber } from './number';

/** A line of CLIENT LIST. A field the server does not have is undefined: most came with a later version. */
export interface ClientEntry {
  readonly id: number | undefined;
  /** `10.0.0.7:51234`, `[::1]:51234`; of a Unix socket `/run/redis.sock:0`. */
  readonly address: string;
  /** Empty when the client has not named itself. */
  readonly name: string;
  /** Redis 7.2+; empty when the client has not told. */
  readonly libraryName: string | undefined;
  readonly libraryVersion: string | undefined;
  /** Redis 6.0+. */
  readonly user: string | undefined;
  readonly db: number | undefined;
  readonly ageSeconds: number | undefined;
  readonly idleSeconds: number | undefined;
  /** The last command, in lower case; `client|list` since Redis 7.0. Empty when there was none. */
  readonly command: string;
  /** A letter each: `N` alone is none. */
  readonly flags: string;
  readonly subscriptions: number | undefined;
  readonly patternSubscriptions: number | undefined;
  /** Redis 7.0+. */
  readonly shardSubscriptions: number | undefined;
  /** Commands queued since MULTI; -1: none is open. */
  readonly queuedCommands: number | undefined;
  readonly queryBufferBytes: number | undefined;
  /** Used of the fixed output buffer. */
  readonly outputBufferBytes: number | undefined;
  /** Replies that wait in the output list, and their memory. */
  readonly outputListLength: number | undefined;
  readonly outputMemoryBytes: number | undefined;
  /** Redis 6.2+. */
  readonly totalMemoryBytes: number | undefined;
}

/** The lines of a CLIENT LIST reply, one for each client, cut off one by one: there may be tens of thousands. */
export function* clientLines(text: string): Generator<string> {
  for (let position = 0; position < text.length;) {
    const newline = text.indexOf('\n', position);
    const end = newline === -1 ? text.length : newline;
    if (end > position) yield text.slice(position, end);
    position = end + 1;
  }
}

/** Fields start with a name; a value may have spaces: the path of a socket does, in its directory. */
const FIELD = /(?:^| )([a-z][a-z0-9-]*)=/g;

/** Reads one line of CLIENT LIST (all versions): `id=3 addr=127.0.0.1:48996 fd=6 name=web age=3 idle=0 flags=N ...`. */
export function parseClient(line: string): ClientEntry {
  const fields = new Map<string, string>();
  let previous: { readonly name: string; readonly from: number } | undefined;
  for (const match of line.matchAll(FIELD)) {
    if (previous !== undefined) fields.set(previous.name, line.slice(previous.from, match.index));
    previous = { name: match[1] as string, from: match.index + match[0].length };
  }
  if (previous !== undefined) fields.set(previous.name, line.slice(previous.from).trimEnd());
  const number = (field: string): number | undefined => parseNumber(fields.get(field) ?? '');
  return {
    id: number('id'),
    address: fields.get('addr') ?? '',
    name: fields.get('name') ?? '',
    libraryName: fields.get('lib-name'),
    libraryVersion: fields.get('lib-ver'),
    user: fields.get('user'),
    db: number('db'),
    ageSeconds: number('age'),
    idleSeconds: number('idle'),
    command: (fields.get('cmd') ?? '').replace(/^NULL$/, ''),
    flags: fields.get('flags') ?? '',
    subscriptions: number('sub'),
    patternSubscriptions: number('psub'),
    shardSubscriptions: number('ssub'),
    queuedCommands: number('multi'),
    queryBufferBytes: number('qbuf'),
    outputBufferBytes: number('obl'),
    outputListLength: number('oll'),
    outputMemoryBytes: number('omem'),
    totalMemoryBytes: number('tot-mem'),
  };
}

const FLAGS: ReadonlyMap<string, string> = new Map([
  ['A', 'closing as soon as possible'],
  ['b', 'blocked'],
  ['B', 'broadcast tracking'],
  ['c', 'closing after its reply'],
  ['d', 'transaction will fail'],
  ['e', 'excluded from eviction'],
  ['i', 'waiting for VM I/O'],
  ['I', 'import source'],
  ['M', 'master'],
  ['O', 'monitor'],
  ['P', 'subscriber'],
  ['r', 'reads of a replica'],
  ['R', 'tracking target is invalid'],
  ['S', 'replica'],
  ['t', 'tracking'],
  ['T', 'does not touch keys'],
  ['u', 'unblocked'],
  ['U', 'Unix socket'],
  ['x', 'in a transaction'],
]);

/** A client's flags in words; a letter that is not known stays one. `N` is none: the list is empty. */
export function describeFlags(flags: string): readonly string[] {
  const letters = Array.from(flags).filter((flag) => flag !== 'N');
  return letters.map((flag) => FLAGS.get(flag) ?? flag);
}

/** The flags of a client that waits in a blocking command. */
export function isBlocked({ flags }: ClientEntry): boolean {
  return flags.includes('b');
}

/** An address without its port; the path of a Unix socket without the `:0` behind it. */
export function hostOf(address: string): string {
  const colon = address.lastIndexOf(':');
  return colon === -1 ? address : address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
}
