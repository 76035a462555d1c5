import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { latestPolls, POLLS_AT_ONCE, samplesByLabel, type LatestPoll } from './latest';
import { isSentinel, leaveOut } from './leave-out';
import { flatMapWithPauses } from './pauses';
import { windowValues, type WindowField, type WindowValues } from './window-values';

const KEYS = 'redis_db_keys';
const EXPIRING = 'redis_db_keys_expiring';
const AVERAGE_TTL = 'redis_db_avg_ttl_seconds';
const FAMILIES = new Set([KEYS, EXPIRING, AVERAGE_TTL]);

const WINDOW_FIELDS: readonly WindowField[] = [
  { section: 'Stats', field: 'keyspace_hits', function: 'rate' },
  { section: 'Stats', field: 'keyspace_misses', function: 'rate' },
  { section: 'Derived', field: 'hit_ratio' },
  { section: 'Derived', field: 'expirations_per_second' },
  { section: 'Derived', field: 'evictions_per_second' },
];

/** The database that stands for all of them: only the server as a whole has rates. */
const ALL = 'all';

interface KeyspaceRow {
  readonly instance: string;
  readonly db: string;
  readonly keys: number;
  readonly expiring: number;
  /** Undefined where no key expires, or the server has no estimate: a replica never has. */
  readonly averageTtl: number | undefined;
}

/** For each target a row for all databases and one for each that has keys, as the latest poll has them. */
export async function keyspace(context: TableContext): Promise<Draft> {
  const servers = leaveOut(context, isSentinel, 'sentinels have no keys');
  const rows = await flatMapWithPauses(latestPolls(context, servers), POLLS_AT_ONCE, rowsOf);
  const values = await windowValues(context, WINDOW_FIELDS, rows);
  return draft('databases', columns(values), rows);
}

function columns(values: WindowValues): readonly ColumnOf<KeyspaceRow>[] {
  const inWindow = (field: string) => (row: KeyspaceRow) => (row.db === ALL ? values(field, row.instance) : null);
  // prettier-ignore
  return [
    { name: 'instance', title: 'Instance', type: 'string', value: (row) => row.instance },
    { name: 'db', title: 'Database', type: 'string', value: (row) => row.db },
    { name: 'keys', title: 'Keys', type: 'number', value: (row) => row.keys },
    { name: 'expiring', title: 'Expiring keys', type: 'number', value: (row) => row.expiring },
    { name: 'average_ttl', title: 'Average TTL', type: 'number', unit: 'seconds', value: (row) => row.averageTtl },
    { name: 'hits_per_second', title: 'Hits', type: 'number', unit: 'per_second', value: inWindow('keyspace_hits') },
    { name: 'misses_per_second', title: 'Misses', type: 'number', unit: 'per_second', value: inWindow('keyspace_misses') },
    { name: 'hit_ratio', title: 'Hit ratio', type: 'number', unit: 'ratio', value: inWindow('hit_ratio') },
    { name: 'expired_per_second', title: 'Expired', type: 'number', unit: 'per_second', value: inWindow('expirations_per_second') },
    { name: 'evicted_per_second', title: 'Evicted', type: 'number', unit: 'per_second', value: inWindow('evictions_per_second') },
  ];
}

function rowsOf({ target: { name }, latest }: LatestPoll): readonly KeyspaceRow[] {
  const databases = [...samplesByLabel(latest, FAMILIES)].map(([db, values]) => {
    const keys = values.get(KEYS) ?? 0;
    const expiring = values.get(EXPIRING) ?? 0;
    return { instance: name, db, keys, expiring, averageTtl: values.get(AVERAGE_TTL) || undefined };
  });
  return [sumOf(name, databases), ...databases.filter(({ keys }) => keys > 0)];
}

function sumOf(instance: string, databases: readonly KeyspaceRow[]): KeyspaceRow {
  const sum = (of: (row: KeyspaceRow) => number): number => databases.reduce((so, row) => so + of(row), 0);
  const estimated = sum(({ expiring, averageTtl }) => (averageTtl === undefined ? 0 : expiring));
  const lifetimes = sum(({ expiring, averageTtl = 0 }) => expiring * averageTtl);
  return {
    instance,
    db: ALL,
    keys: sum(({ keys }) => keys),
    expiring: sum(({ expiring }) => expiring),
    averageTtl: estimated > 0 ? Math.round((lifetimes / estimated) * 1000) / 1000 : undefined,
  };
}
