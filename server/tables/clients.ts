import type { ClientGrouping } from '../api/contract';
import { clientLines, describeFlags, hostOf, isBlocked, parseClient, type ClientEntry } from '../parse/client-list';
import { askEach, askText, type Told } from './ask-each';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { forEachWithPauses } from './pauses';

const CLIENT_LIST = { args: ['CLIENT', 'LIST'] } as const;
/** Lines that are read in one go: about a millisecond. */
const LINES_AT_ONCE = 200;

interface ClientRow extends ClientEntry {
  readonly instance: string;
}

// prettier-ignore
const COLUMNS: readonly ColumnOf<ClientRow>[] = [
  { name: 'instance', title: 'Instance', type: 'string', value: (row) => row.instance },
  { name: 'id', title: 'Id', type: 'number', value: (row) => row.id },
  { name: 'address', title: 'Address', type: 'string', value: (row) => row.address },
  { name: 'name', title: 'Name', type: 'string', value: (row) => row.name },
  { name: 'library', title: 'Library', type: 'string', value: libraryOf },
  { name: 'user', title: 'User', type: 'string', value: (row) => row.user },
  { name: 'db', title: 'Database', type: 'number', value: (row) => row.db },
  { name: 'age', title: 'Age', type: 'number', unit: 'seconds', value: (row) => row.ageSeconds },
  { name: 'idle', title: 'Idle', type: 'number', unit: 'seconds', value: (row) => row.idleSeconds },
  { name: 'command', title: 'Last command', type: 'string', value: (row) => row.command },
  { name: 'flags', title: 'Flags', type: 'string', value: (row) => describeFlags(row.flags).join(', ') },
  { name: 'total_memory', title: 'Memory', type: 'number', unit: 'bytes', value: (row) => row.totalMemoryBytes },
  { name: 'query_buffer', title: 'Query buffer', type: 'number', unit: 'bytes', value: (row) => row.queryBufferBytes },
  { name: 'output_buffer', title: 'Output buffer', type: 'number', unit: 'bytes', value: (row) => row.outputBufferBytes },
  { name: 'output_list', title: 'Replies waiting', type: 'number', value: (row) => row.outputListLength },
  { name: 'output_memory', title: 'Output memory', type: 'number', unit: 'bytes', value: (row) => row.outputMemoryBytes },
  { name: 'subscriptions', title: 'Channels', type: 'number', value: (row) => row.subscriptions },
  { name: 'pattern_subscriptions', title: 'Channel patterns', type: 'number', value: (row) => row.patternSubscriptions },
  { name: 'shard_subscriptions', title: 'Shard channels', type: 'number', value: (row) => row.shardSubscriptions },
  { name: 'queued_commands', title: 'Queued in MULTI', type: 'number', value: ({ queuedCommands }) => queuedCommands === -1 ? null : queuedCommands },
];

/** The clients of each target, as CLIENT LIST has them. */
export async function clients(context: TableContext): Promise<Draft> {
  const {
    request: { groupBy },
    limit,
  } = context;
  if (groupBy !== undefined) return groupedClients(context, groupBy);
  const told = await askEach(context, context.chosen, async (ask) =>
    readClients(await askText(ask, CLIENT_LIST), limit)
  );
  const total = told.reduce((sum, { value }) => sum + value.total, 0);
  const rows = told.flatMap(({ name, value }) => value.entries.map((entry) => ({ instance: name, ...entry })));
  return draft('clients', COLUMNS, rows, total);
}

interface ClientGroup {
  readonly instance: string;
  /** What its clients have in common. */
  readonly key: string | null;
  readonly clients: readonly ClientEntry[];
}

const KEYS: Readonly<
  Record<ClientGrouping, { readonly title: string; readonly of: (entry: ClientEntry) => string | null }>
> = {
  name: { title: 'Name', of: ({ name }) => name },
  address: { title: 'Address', of: ({ address }) => hostOf(address) },
  library: { title: 'Library', of: libraryOf },
  user: { title: 'User', of: ({ user = null }) => user },
  command: { title: 'Last command', of: ({ command }) => command },
};

async function groupedClients(context: TableContext, groupBy: ClientGrouping): Promise<Draft> {
  const { title, of } = KEYS[groupBy];
  const told = await askEach(context, context.chosen, async (ask) => {
    const { entries } = await readClients(await askText(ask, CLIENT_LIST), Infinity);
    return Map.groupBy(entries, of);
  });
  const groups = told.flatMap(groupsOf).sort((a, b) => b.clients.length - a.clients.length);
  // prettier-ignore
  const columns: readonly ColumnOf<ClientGroup>[] = [
    { name: 'instance', title: 'Instance', type: 'string', value: ({ instance }) => instance },
    { name: groupBy, title, type: 'string', value: ({ key }) => key },
    { name: 'clients', title: 'Clients', type: 'number', value: (group) => group.clients.length },
    { name: 'blocked', title: 'Blocked', type: 'number', value: (group) => group.clients.filter(isBlocked).length },
    { name: 'oldest', title: 'Oldest', type: 'number', unit: 'seconds', value: greatest('ageSeconds') },
    { name: 'longest_idle', title: 'Longest idle', type: 'number', unit: 'seconds', value: greatest('idleSeconds') },
    { name: 'total_memory', title: 'Memory', type: 'number', unit: 'bytes', value: sum('totalMemoryBytes') },
    { name: 'query_buffer', title: 'Query buffers', type: 'number', unit: 'bytes', value: sum('queryBufferBytes') },
    { name: 'output_memory', title: 'Output memory', type: 'number', unit: 'bytes', value: sum('outputMemoryBytes') },
  ];
  return draft('groups of clients', columns, groups);
}

function groupsOf({ name, value }: Told<ReadonlyMap<string | null, readonly ClientEntry[]>>): ClientGroup[] {
  return [...value].map(([key, entries]) => ({ instance: name, key, clients: entries }));
}

type Amount = 'ageSeconds' | 'idleSeconds' | 'totalMemoryBytes' | 'queryBufferBytes' | 'outputMemoryBytes';

function greatest(amount: Amount) {
  return ({ clients: entries }: ClientGroup) => reduce(entries, amount, Math.max);
}

function sum(amount: Amount) {
  return ({ clients: entries }: ClientGroup) => reduce(entries, amount, (a, b) => a + b);
}

/** Undefined where no client has the amount: the server does not tell it. */
function reduce(entries: readonly ClientEntry[], amount: Amount, join: (a: number, b: number) => number) {
  return entries.reduce<number | undefined>((so, { [amount]: value }) => {
    return value === undefined ? so : so === undefined ? value : join(so, value);
  }, undefined);
}

/** `redis-py 5.0.1`; null where the server does not know of libraries, empty where the client has not told. */
function libraryOf({ libraryName, libraryVersion = '' }: ClientEntry): string | null {
  return libraryName === undefined ? null : `${libraryName} ${libraryVersion}`.trim();
}

/** The first `most` clients of a reply, and how many there are. */
async function readClients(text: string, most: number) {
  const entries: ClientEntry[] = [];
  let total = 0;
  await forEachWithPauses(clientLines(text), LINES_AT_ONCE, (line) => {
    if (total++ < most) entries.push(parseClient(line));
  });
  return { total, entries };
}
