import type { FamilyDescriptor, FamilyType, Unit } from '../model/family';
import type { SampleSink } from '../model/samples';
import type { InfoReply, InfoShape } from '../parse/info';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import type { Replies } from './replies';

/** One INFO field that becomes one family without labels. */
export interface InfoField {
  readonly field: string;
  readonly family: FamilyDescriptor;
  readonly parse: (text: string) => number | undefined;
}

/** The table of a section: one call adds a field. */
export function infoFields(section: string) {
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
      family: { name, type, unit, help, labelNames: [], source: { command: 'INFO', section, field } },
      parse,
    });
  return { gauge: row('gauge'), counter: row('counter') };
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

/** Emits the rows whose fields the reply has. Which ones those are is worked out once per shape. */
export function fieldEmitter(rows: readonly InfoField[]): (info: InfoReply, sink: SampleSink) => void {
  const plans = new WeakMap<InfoShape, readonly { readonly row: InfoField; readonly at: number }[]>();
  return (info, sink) => {
    let plan = plans.get(info.shape);
    if (plan === undefined) {
      plan = rows.flatMap((row) => {
        const at = info.shape.index.get(row.field);
        return at === undefined ? [] : [{ row, at }];
      });
      plans.set(info.shape, plan);
    }
    for (const { row, at } of plan) {
      const value = row.parse(info.values[at] as string);
      if (value !== undefined) sink.add(row.family, value);
    }
  };
}

/** What a collector of one INFO section is made of. */
export interface InfoCollectorParts {
  readonly name: string;
  readonly help: string;
  readonly fields: readonly InfoField[];
  /** Families of what the section holds besides plain fields. */
  readonly families?: readonly FamilyDescriptor[];
  readonly collect?: (replies: Replies, sink: SampleSink) => void;
}

/** A collector that needs INFO and nothing else. */
export function infoCollector({ name, help, fields, families = [], collect }: InfoCollectorParts): Collector {
  const emitFields = fieldEmitter(fields);
  return {
    name,
    help,
    families: [...fields.map((row) => row.family), ...families],
    commands: () => [],
    collect(replies, sink) {
      emitFields(replies.info, sink);
      collect?.(replies, sink);
    },
  };
}
