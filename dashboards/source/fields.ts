import type { ValueUnit } from '../../server/api/contract';
import { collectors } from '../../server/collectors/registry';
import type { FamilyDescriptor } from '../../server/model/family';
import { self } from '../../server/poll/self-families';
import { DERIVED_FIELDS } from '../../server/query/derived-fields';
import { storedFields } from '../../server/query/fields';

/** What can be asked for, by the names that definitions use. */
export interface KnownField {
  /** Section and field by which the data source asks for it. */
  readonly section: string;
  readonly field: string;
  /** Name of the metric; of derived fields, none. */
  readonly metric?: string;
  readonly unit: ValueUnit;
  readonly isCounter: boolean;
}

/** Every family that some collector gives, and those that polls say of themselves. */
export const FAMILIES: readonly FamilyDescriptor[] = [
  ...collectors.flatMap(({ families }) => families),
  ...Object.values(self),
];

const KNOWN: ReadonlyMap<string, KnownField> = new Map<string, KnownField>([
  ...storedFields(FAMILIES).map(
    ({ section, field, metric, unit, isCounter }) => [metric, { section, field, metric, unit, isCounter }] as const
  ),
  ...DERIVED_FIELDS.map(({ field, unit }) => [field, { section: 'Derived', field, unit, isCounter: false }] as const),
]);

/** Throws for what no collector gives, so that no dashboard can ask for it. */
export function knownField(name: string): KnownField {
  const found = KNOWN.get(name);
  if (found === undefined) throw new Error(`No collector gives ${name}: docs/metrics.md lists what there is.`);
  return found;
}
