import type { MetricQuery, QueryAnswer } from '../api/contract';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import type { TableContext } from './context';

/** How far back rates look where the request does not say. */
const DEFAULT_WINDOW_MS = 5 * 60_000;

/** A field of the history that has one value for each target, or for each value of a label. */
export interface WindowField extends Pick<MetricQuery, 'function' | 'aggregate'> {
  readonly section: string;
  readonly field: string;
  readonly label?: string;
}

/** The value of a field over the window, of a target and a label's value. */
export type WindowValues = (field: string, instance: string, labelValue?: string) => number | undefined;

/** A row is about a target. */
interface RowOfTarget {
  readonly instance: string;
}

/**
 * What the history says of the targets of the rows that will be shown, in the window the request names. Without history,
 * and where it fails, nothing, with a notice.
 */
export async function windowValues(
  context: TableContext,
  fields: readonly WindowField[],
  rows: readonly RowOfTarget[]
): Promise<WindowValues> {
  const instances = new Set(rows.slice(0, context.limit).map(({ instance }) => instance));
  const results = await ask(context, fields, instances);
  const found = new Map<string, number>();
  for (const { field, label } of fields) {
    const result = results[field];
    if (result?.status === 'error') context.note('warning', `\`${field}\` is left out: ${result.error}`);
    if (result?.status !== 'success') continue;
    for (const { labels, values } of result.series) {
      const value = values.at(-1) ?? null;
      const labelValue = label === undefined ? '' : (labels[label] ?? '');
      if (value !== null) found.set(keyOf(field, labels['instance'] ?? '', labelValue), value);
    }
  }
  return (field, instance, labelValue = '') => found.get(keyOf(field, instance, labelValue));
}

async function ask(
  { query, note, nowMs, toMs = nowMs, fromMs = toMs - DEFAULT_WINDOW_MS }: TableContext,
  fields: readonly WindowField[],
  instances: ReadonlySet<string>
): Promise<QueryAnswer['results']> {
  if (instances.size === 0) return {};
  if (query === undefined) {
    note('info', 'Values of the history are left out, as it is off. Set `history.enabled: true`.');
    return {};
  }
  const targets = instances.size <= LIMITS.names ? { targets: { names: [...instances] } } : {};
  const queries = fields.map(({ field, section, function: name, aggregate }) => ({
    refId: field,
    section,
    fields: [field],
    ...(name !== undefined && { function: name }),
    ...(aggregate !== undefined && { aggregate }),
    instant: true,
    ...targets,
  }));
  const step = Math.min(Math.max(1, Math.floor(toMs - fromMs)), Number.MAX_SAFE_INTEGER);
  try {
    return (await query({ from: fromMs, to: toMs, step, queries })).results;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    note('warning', `Values of the history are left out: ${error.message}`);
    return {};
  }
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\0');
}
