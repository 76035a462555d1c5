import type { FieldConfig } from '@grafana/data';
import type { TableColumn, TableName } from '../../server/api/contract';
import { bar, below, coloredFrom, coloredWords, TIME_CELL } from './cells';
import { SLOW_COLORS } from './slow-command';
import { unitOf } from './units';

const width = (pixels: number): FieldConfig => ({ custom: { width: pixels } });
const inspect: FieldConfig = { custom: { inspect: true } };

/** Redis measures whole microseconds, and tells 0.001 where it took less than one. */
const PERCENTILE = below(1, '< 1 µs');

/** How cells look, by table and column; colours only for what is good or bad whatever the server is for. */
const LOOKS: Readonly<Partial<Record<TableName, Readonly<Record<string, FieldConfig>>>>> = {
  info: { section: width(140), field: width(260) },
  config: {
    setting: width(280),
    differs: coloredWords({ true: { text: 'differs', color: 'orange' }, false: { text: 'same', color: 'text' } }),
  },
  slowlog: { duration: coloredFrom(...SLOW_COLORS), text: inspect },
  clients: { clients: bar() },
  commands: { calls_per_second: bar(), p50: PERCENTILE, p99: PERCENTILE, p99_9: PERCENTILE },
  replication: {
    state: coloredWords({
      online: 'green',
      send_bulk: 'orange',
      wait_bgsave: 'orange',
      send_bulk_and_stream: 'orange',
      bg_transfer: 'orange',
    }),
    link: coloredWords({ up: 'green', down: 'red' }),
    sync_in_progress: coloredWords({
      true: { text: 'yes', color: 'orange' },
      false: { text: 'no', color: 'text' },
    }),
  },
  cluster: { link_state: coloredWords({ connected: 'green', disconnected: 'red' }), slot_ranges: inspect },
  targets: {
    state: coloredWords({ up: 'green', down: 'red', waiting: 'orange' }),
    role: coloredWords({ master: 'blue', slave: 'purple', sentinel: 'text' }),
    memory_used_ratio: bar(1),
    hit_ratio: bar(1),
    last_error: inspect,
    collectors_off: inspect,
  },
};

/** Numbers that count nothing: no separators in them. */
const NAMES_IN_DIGITS: ReadonlySet<string> = new Set(['id', 'db', 'epoch']);

export function cellLook(table: TableName, { name, type }: TableColumn): FieldConfig {
  return LOOKS[table]?.[name] ?? (type === 'time' ? TIME_CELL : {});
}

/** Whole counts have separators and are not shortened: a table is where one looks for the exact number. */
export function cellUnit({ name, type, unit = 'none' }: TableColumn): FieldConfig {
  if (type !== 'number' || (unit === 'none' && NAMES_IN_DIGITS.has(name))) {
    return {};
  }
  const inGrafana = unit === 'none' ? 'locale' : unitOf(unit);
  return inGrafana === undefined ? {} : { unit: inGrafana };
}
