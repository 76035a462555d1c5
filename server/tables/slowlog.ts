import type { LogEntry } from '../history/interfaces';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';

// prettier-ignore
const COLUMNS: readonly ColumnOf<LogEntry>[] = [
  { name: 'instance', title: 'Instance', type: 'string', value: (entry) => entry.target },
  { name: 'time', title: 'Time', type: 'time', value: (entry) => entry.timeMs },
  { name: 'log', title: 'Log', type: 'string', value: (entry) => entry.log },
  { name: 'duration', title: 'Duration', type: 'number', unit: 'microseconds', value: ({ log, amount }) => log === 'slow' ? amount : null },
  { name: 'size', title: 'Size', type: 'number', unit: 'bytes', value: ({ log, amount }) => log === 'slow' ? null : amount },
  { name: 'command', title: 'Command', type: 'string', value: (entry) => entry.command },
  { name: 'text', title: 'Arguments', type: 'string', value: (entry) => entry.text },
  { name: 'client_address', title: 'Client address', type: 'string', value: (entry) => entry.clientAddress },
  { name: 'client_name', title: 'Client name', type: 'string', value: (entry) => entry.clientName },
  { name: 'id', title: 'Id', type: 'number', value: (entry) => entry.id },
];

/** Entries of SLOWLOG and COMMANDLOG that were kept, newest first; without `from`, as far back as they go. */
export async function slowlog(context: TableContext): Promise<Draft> {
  const { entries, note, limit, fromMs = 0, nowMs, toMs = nowMs } = context;
  if (entries === undefined) {
    note('warning', 'The slow log is kept in the history, which is off. Set `history.enabled: true`.');
    return draft('entries', COLUMNS, []);
  }
  const names = meantNames(context);
  if (names?.length === 0) return draft('entries', COLUMNS, []);
  const found = await entries({ fromMs, toMs, limit: limit + 1, ...(names !== undefined && { targets: names }) });
  if (found.length > limit)
    note('info', `The newest ${limit} entries: narrow the time or raise \`limit\` to see the others.`);
  return draft('entries', COLUMNS, found.toReversed().slice(0, limit));
}

/** Targets that are configured no more are meant by their name, or where nothing is said of targets. */
function meantNames({ request, chosen }: TableContext): readonly string[] | undefined {
  const { names = [], labels = [], roles = [] } = request.targets ?? {};
  if (labels.length > 0 || roles.length > 0) return chosen.map(({ target }) => target.name);
  return names.length > 0 ? names : undefined;
}
