import type { FamilyDescriptor } from '../model/family';
import { DERIVED_FIELDS, type DerivedField } from './derived-fields';
import { QueryError } from './errors';
import { storedFields, type StoredField } from './fields';
import { suggestion } from './similar';

export const DERIVED = 'Derived';

/** What a name in a query can mean. */
export type QueryField =
  | { readonly kind: 'stored'; readonly stored: StoredField }
  | { readonly kind: 'derived'; readonly derived: DerivedField };

/** Finds fields by the words of a query. */
export interface FieldIndex {
  readonly stored: readonly StoredField[];
  /**
   * The fields that a name means within a section, or anywhere: those it means most surely, which is one but where two
   * sections have it. Throws a QueryError that names what is similar.
   */
  readonly find: (section: string | undefined, name: string) => readonly QueryField[];
}

interface Entry {
  readonly section: string;
  readonly rank: number;
  readonly field: QueryField;
}

interface Indexed {
  readonly dynamic: readonly FamilyDescriptor[];
  readonly index: FieldIndex;
}

/** By the families declared, which are the same from request to request; those found are, too, but for rare additions. */
const indexes = new WeakMap<readonly FamilyDescriptor[], Indexed>();

/** The fields of these families; where two have one name, the one that is declared counts, else the first. */
export function fieldIndex(declared: readonly FamilyDescriptor[], found: readonly FamilyDescriptor[]): FieldIndex {
  const names = new Set(declared.map(({ name }) => name));
  const dynamic = found.filter(({ name }) => !names.has(name) && names.add(name));
  const known = indexes.get(declared);
  if (known?.dynamic.length === dynamic.length && dynamic.every((one, at) => one === known.dynamic[at])) {
    return known.index;
  }
  const index = makeIndex(storedFields([...declared, ...dynamic]));
  indexes.set(declared, { dynamic, index });
  return index;
}

function makeIndex(stored: readonly StoredField[]): FieldIndex {
  const byName = new Map<string, Entry[]>();
  const sections = new Map<string, string>();
  const add = (name: string, entry: Entry): void => {
    const entries = byName.get(name);
    if (entries === undefined) byName.set(name, [entry]);
    else entries.push(entry);
    sections.set(entry.section.toLowerCase(), entry.section);
  };
  for (const one of stored) {
    const field: QueryField = { kind: 'stored', stored: one };
    for (const [name, rank] of one.names) add(name, { section: one.section, rank, field });
  }
  for (const derived of DERIVED_FIELDS) {
    add(derived.field, { section: DERIVED, rank: 0, field: { kind: 'derived', derived } });
  }
  return { stored, find: (section, name) => find(byName, sections, section, name) };
}

function find(
  byName: ReadonlyMap<string, readonly Entry[]>,
  sections: ReadonlyMap<string, string>,
  section: string | undefined,
  name: string
): readonly QueryField[] {
  const inSection = section === undefined ? undefined : sections.get(section.toLowerCase());
  if (section !== undefined && inSection === undefined) {
    throw new QueryError('bad_data', `there is no section \`${section}\`${suggestion(section, sections.values())}`);
  }
  const isMeant = (entry: Entry): boolean => inSection === undefined || entry.section === inSection;
  const meant = byName.get(name)?.filter(isMeant) ?? [];
  if (meant.length > 0) {
    const surest = Math.min(...meant.map(({ rank }) => rank));
    return meant.filter(({ rank }) => rank === surest).map(({ field }) => field);
  }
  const others = [...byName].filter(([, entries]) => entries.some(isMeant)).map(([other]) => other);
  const where = inSection === undefined ? '' : ` in section ${inSection}`;
  const elsewhere = byName.get(name)?.[0]?.section;
  const hint = elsewhere === undefined ? suggestion(name, others) : `: it is in section ${elsewhere}`;
  throw new QueryError('bad_data', `there is no field \`${name}\`${where}${hint}`);
}
