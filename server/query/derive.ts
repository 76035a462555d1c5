import { aggregate, omit } from './aggregate';
import type { DerivedField } from './derived-fields';
import type { Labels } from './labels';
import type { Row } from './rows';

/** What was read for one input of a derived field. */
export interface InputRows {
  readonly rows: readonly Row[];
  /** Labels of the family itself, not of targets. */
  readonly own: readonly string[];
}

/** Joins the inputs of a derived field by target and by the labels of the field, and calculates it bucket by bucket. */
export function derive(field: DerivedField, inputs: readonly InputRows[], count: number): readonly Row[] {
  const keyOf = (labels: Labels): string => ['instance', ...field.labels].map((name) => labels[name] ?? '').join('\0');
  const found = new Map<string, Labels>();
  const sides = inputs.map(({ rows, own }, at) => {
    const dropped = own.filter((name) => !field.labels.includes(name));
    const joined = aggregate(rows, { op: field.inputs[at]?.across ?? 'sum' }, omit(dropped));
    for (const { labels } of joined) found.set(keyOf(labels), labels);
    return new Map(joined.map(({ labels, values }) => [keyOf(labels), values]));
  });
  return [...found].map(([key, labels]) => ({
    labels,
    values: calculate(
      field.compute,
      sides.map((side) => side.get(key)),
      count
    ),
  }));
}

function calculate(
  compute: DerivedField['compute'],
  columns: readonly (Float64Array | undefined)[],
  count: number
): Float64Array {
  const values = new Float64Array(count);
  const given = columns.map(() => NaN);
  for (let bucket = 0; bucket < count; bucket++) {
    for (let at = 0; at < given.length; at++) given[at] = columns[at]?.[bucket] ?? NaN;
    values[bucket] = compute(...given);
  }
  return values;
}
