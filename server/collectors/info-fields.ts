import type { FamilyDescriptor, FamilyType, Unit } from '../model/family';
import type { SampleSink } from '../model/samples';
import type { ServerFacts } from '../model/server-facts';
import { infoSection, type InfoReply, type InfoShape } from '../parse/info';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import type { Replies } from './replies';

/** One INFO field that becomes one family; the families of most fields have no labels. */
export interface InfoField {
  readonly field: string;
  readonly family: FamilyDescriptor;
  readonly parse: (text: string) => number | undefined;
}

/** The table of a section: one call adds a field. `labelNames` are those of every family of the table. */
export function infoFields(section: string, labelNames: readonly string[] = []) {
  const row =
    (type: FamilyType) =>
    (
      field: string,
      name: string,
      unit: Unit,
      help: string,
      parse: (text: string) => number | undefined = parseNumber
    ): InfoField => ({
      field,
      family: { name, type, unit, help, labelNames, source: { command: 'INFO', section, field } },
      parse,
    });
  return { gauge: row('gauge'), counter: row('counter'), info: row('info') };
}

/** A number multiplied by `factor`: `times(1e-6)` turns microseconds into seconds. */
export function times(factor: number): (text: string) => number | undefined {
  const divisor = Math.round(1 / factor);
  return (text) => {
    const value = parseNumber(text);
    // Dividing by the whole number keeps 0.000015 from becoming 0.000014999999999999999.
    return value === undefined ? undefined : factor < 1 ? value / divisor : value * factor;
  };
}

/** A percentage as a ratio: `95.29%` and `95.29` are 0.9529. */
export function percentAsRatio(text: string): number | undefined {
  // Moving the point in the text keeps 0.0028 from becoming 0.0028000000000000004.
  return parseNumber(`${text.endsWith('%') ? text.slice(0, -1) : text}e-2`);
}

/** What `work` finds in a shape of INFO, worked out once for each shape a server gives. */
export function perShape<T extends object>(work: (shape: InfoShape) => T): (shape: InfoShape) => T {
  const known = new WeakMap<InfoShape, T>();
  return (shape) => {
    let found = known.get(shape);
    if (found === undefined) known.set(shape, (found = work(shape)));
    return found;
  };
}

/** The fields of a section whose names match; `part` is what the pattern's first group matched. */
export function fieldsLike(section: string, pattern: RegExp) {
  return perShape((shape) => {
    const { from, to } = infoSection(shape, section) ?? { from: 0, to: 0 };
    return shape.keys.slice(from, to).flatMap((key, index) => {
      const match = pattern.exec(key);
      return match === null ? [] : [{ at: from + index, part: match[1] ?? '' }];
    });
  });
}

/** A row of a table and the place its field has in a reply. */
export interface PlacedField {
  readonly row: InfoField;
  readonly at: number;
}

export function emitFields(
  fields: readonly PlacedField[],
  values: readonly string[],
  sink: SampleSink,
  labels?: readonly string[]
): void {
  for (const { row, at } of fields) {
    const value = row.parse(values[at] as string);
    if (value !== undefined) sink.add(row.family, value, labels);
  }
}

/** Emits the rows whose fields the reply has. Which ones those are is worked out once per shape. */
export function fieldEmitter(rows: readonly InfoField[]): (info: InfoReply, sink: SampleSink) => void {
  const placed = perShape(({ index }) =>
    rows.flatMap((row): readonly PlacedField[] => {
      const at = index.get(row.field);
      return at === undefined ? [] : [{ row, at }];
    })
  );
  return ({ shape, values }, sink) => {
    emitFields(placed(shape), values, sink);
  };
}

/** What a collector of one INFO section is made of. */
export interface InfoCollectorParts {
  readonly name: string;
  readonly help: string;
  readonly fields: readonly InfoField[];
  /** Families of what the section holds besides plain fields. */
  readonly families?: readonly FamilyDescriptor[];
  /** Whether such a server has the section; absent: every server has it. */
  readonly applies?: (facts: ServerFacts) => boolean;
  readonly collect?: (replies: Replies, sink: SampleSink) => void;
}

/** A collector that needs INFO and nothing else. */
export function infoCollector({ name, help, fields, families = [], applies, collect }: InfoCollectorParts): Collector {
  const emitPlain = fieldEmitter(fields);
  return {
    name,
    help,
    families: [...fields.map((row) => row.family), ...families],
    ...(applies && { applies }),
    commands: () => [],
    collect(replies, sink) {
      emitPlain(replies.info, sink);
      collect?.(replies, sink);
    },
  };
}
