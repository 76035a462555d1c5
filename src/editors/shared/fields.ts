import type { ComboboxOption } from '@grafana/ui';

import type { CatalogAnswer, CatalogField, CatalogSection, QueryFunction } from '../../../server/api/contract';

/** The collector's section of what it calculates. */
export const DERIVED = 'Derived';
const DERIVED_GROUP = 'Calculated: ratios, rates and lags';

/** A field as it is saved, and where it stands. */
export interface FieldChoice {
  /** INFO's word, or the metric's name where the word stands in several sections and none is chosen. */
  readonly value: string;
  readonly section: string;
  readonly field: CatalogField;
}

/** What can be chosen: fields of the section and what is calculated from them, or all fields without one. */
export function fieldChoices(catalog: CatalogAnswer | undefined, section: string | undefined): FieldChoice[] {
  const sections = catalog?.sections ?? [];
  const own = sections.filter(({ name }) => section === undefined || name === section);
  const words = new Set(own.flatMap(({ fields }) => fields.map(({ field }) => field)));
  const derived = sections
    .filter(({ name }) => name === DERIVED)
    .map((part) => ({ ...part, fields: part.fields.filter((field) => mentions(field, words)) }));
  const shown = section === undefined || section === DERIVED ? own : [...derived, ...own];
  const times = section === undefined ? countWords(sections) : new Map<string, number>();
  return shown.flatMap(({ name, fields }) =>
    fields
      .filter((field) => field.type !== 'info')
      .toSorted((one, other) => Number(isAbsent(one)) - Number(isAbsent(other)))
      .map((field) => ({
        value: (times.get(field.field) ?? 0) > 1 ? field.metric : field.field,
        section: name,
        field,
      }))
  );
}

/** Those that are chosen, by INFO's word or the metric's name; unknown ones are left out. */
export function chosenFields(choices: readonly FieldChoice[], fields: readonly string[]): FieldChoice[] {
  return fields
    .map((word) => choices.find(({ value }) => value === word) ?? choices.find(({ field }) => field.metric === word))
    .filter((choice) => choice !== undefined);
}

export function fieldOption({ value, section, field }: FieldChoice): ComboboxOption<string> {
  const targets = field.targets.length;
  const has = targets === 0 ? 'no target has it' : `${targets} ${targets === 1 ? 'target' : 'targets'}`;
  const isDerived = field.type === 'derived';
  return {
    value,
    label: field.title,
    description: [isDerived ? field.source : field.field, unitWords(field), has, field.help]
      .filter(Boolean)
      .join(' · '),
    group: isDerived ? DERIVED_GROUP : section,
  };
}

/** Every word of the search must stand in title, field, metric, help or section; titles that have them come first. */
export function searchFields(choices: readonly FieldChoice[], search: string): FieldChoice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = choices.filter(({ section, field }) => {
    const text = `${field.title} ${field.field} ${field.metric} ${field.help} ${section}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const isWeak = ({ field }: FieldChoice) =>
    !words.every((word) => `${field.title} ${field.field}`.toLowerCase().includes(word));
  return found.toSorted((one, other) => Number(isWeak(one)) - Number(isWeak(other)));
}

/**
 * What is saved when `words` are chosen while `shown` is the section to choose from: the section they all stand in, or
 * none with names that are clear without it.
 */
export function savedFields(
  catalog: CatalogAnswer | undefined,
  shown: string | undefined,
  words: readonly string[]
): { section: string | undefined; fields: string[] } {
  const choices = fieldChoices(catalog, shown);
  const all = fieldChoices(catalog, undefined);
  const found = words.map((word) => chosenFields(choices, [word])[0] ?? chosenFields(all, [word])[0]);
  const sections = [...new Set(found.map((choice) => choice?.section ?? shown))];
  if (shown === undefined || words.length === 0 || sections.length === 1) {
    return { section: shown === undefined || words.length === 0 ? shown : sections[0], fields: [...words] };
  }
  const clear = (choice: FieldChoice) =>
    all.find(({ section, field }) => section === choice.section && field.field === choice.field.field);
  return {
    section: undefined,
    fields: words.map((word, index) => (found[index] && clear(found[index])?.value) ?? word),
  };
}

/** Labels that a chosen field has, besides those of targets. */
export function fieldLabels(fields: readonly FieldChoice[]): string[] {
  return [...new Set(fields.flatMap(({ field }) => field.labels))];
}

/** What happens when no function is chosen: `rate`, or `rate or avg` of several fields. */
export function defaultFunctions(fields: readonly FieldChoice[], isInstant: boolean): string[] {
  const instant = (name: QueryFunction | 'derived') => (isInstant && name === 'avg' ? 'last' : name);
  return [...new Set(fields.map(({ field }) => instant(field.defaultFunction)))];
}

export function unitWords({ unit }: CatalogField): string {
  return unit === 'none' ? '' : unit.replaceAll('_', ' ');
}

function mentions(derived: CatalogField, words: ReadonlySet<string>): boolean {
  return (derived.source.match(/\w+/g) ?? []).some((word) => words.has(word));
}

function isAbsent(field: CatalogField): boolean {
  return field.targets.length === 0;
}

function countWords(sections: readonly CatalogSection[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { field } of sections.flatMap((section) => section.fields)) {
    counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return counts;
}
