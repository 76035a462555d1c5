import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { latestPolls, POLLS_AT_ONCE, samplesByLabel } from './latest';
import { flatMapWithPauses } from './pauses';
import { windowValues, type WindowField, type WindowValues } from './window-values';

const CALLS = 'redis_commands_total';
const REJECTED = 'redis_commands_rejected_calls_total';
const FAILED = 'redis_commands_failed_calls_total';
const PERCENTILES = 'redis_latency_percentiles_usec';
const FAMILIES = new Set([CALLS, REJECTED, FAILED, PERCENTILES]);

const RATE = 'commands_per_second';
const LATENCY = 'latency_per_command';
const WINDOW_FIELDS: readonly WindowField[] = [
  { section: 'Derived', field: RATE, label: 'cmd' },
  { section: 'Derived', field: LATENCY, label: 'cmd' },
];

interface CommandRow {
  readonly instance: string;
  readonly command: string;
  /** By family, and for percentiles by family and percentile. */
  readonly values: ReadonlyMap<string, number>;
}

/** The commands each target has run, most called first: counts and percentiles since its start or last reset. */
export async function commands(context: TableContext): Promise<Draft> {
  const polls = latestPolls(context, context.chosen);
  const rows = await flatMapWithPauses(polls, POLLS_AT_ONCE, ({ target, latest }) =>
    [...samplesByLabel(latest, FAMILIES)]
      .map(([command, values]) => ({ instance: target.name, command, values }))
      .sort((a, b) => callsOf(b) - callsOf(a))
  );
  return draft('commands', columns(await windowValues(context, WINDOW_FIELDS, rows)), rows);
}

function columns(window: WindowValues): readonly ColumnOf<CommandRow>[] {
  const sample = (key: string) => (row: CommandRow) => row.values.get(key);
  const inWindow = (field: string) => (row: CommandRow) => window(field, row.instance, row.command);
  // prettier-ignore
  return [
    { name: 'instance', title: 'Instance', type: 'string', value: (row) => row.instance },
    { name: 'command', title: 'Command', type: 'string', value: (row) => row.command },
    { name: 'calls', title: 'Calls', type: 'number', value: sample(CALLS) },
    { name: 'calls_per_second', title: 'Calls per second', type: 'number', unit: 'per_second', value: inWindow(RATE) },
    { name: 'average_latency', title: 'Average latency', type: 'number', unit: 'microseconds', value: (row) => toMicroseconds(inWindow(LATENCY)(row)) },
    { name: 'p50', title: 'p50', type: 'number', unit: 'microseconds', value: sample(`${PERCENTILES} 50`) },
    { name: 'p99', title: 'p99', type: 'number', unit: 'microseconds', value: sample(`${PERCENTILES} 99`) },
    { name: 'p99_9', title: 'p99.9', type: 'number', unit: 'microseconds', value: sample(`${PERCENTILES} 99.9`) },
    { name: 'rejected', title: 'Rejected calls', type: 'number', value: sample(REJECTED) },
    { name: 'failed', title: 'Failed calls', type: 'number', value: sample(FAILED) },
  ];
}

/** The history has seconds; percentiles, as the server gives them, microseconds. */
function toMicroseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1e9) / 1e3;
}

function callsOf({ values }: CommandRow): number {
  return values.get(CALLS) ?? 0;
}
