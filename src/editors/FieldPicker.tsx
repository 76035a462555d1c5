import { useState } from 'react';

import type { CatalogAnswer } from '../../server/api/contract';
import type { MetricsPartProps } from './metrics-props';
import { Choice, Choices, withChosen } from './shared/Choice';
import { variableOptions } from './shared/template-variables';
import { chosenFields, DERIVED, fieldChoices, fieldOption, savedFields, searchFields } from './shared/fields';

const ALL_SECTIONS = '';

/** A section to choose from, and fields of it; what is calculated from the section's fields comes first. */
export function FieldPicker({ query, catalog, onChange }: Omit<MetricsPartProps, 'fields'>) {
  // The list stays where it is when what is chosen is saved under another section, or none.
  const [browsed, setBrowsed] = useState({ shown: query.section, saved: query.section });
  const shown = browsed.saved === query.section ? browsed.shown : query.section;
  const choices = fieldChoices(catalog.catalog, shown);
  const all = fieldChoices(catalog.catalog, undefined);
  const titleOf = (word: string) =>
    (chosenFields(choices, [word])[0] ?? chosenFields(all, [word])[0])?.field.title ?? word;
  /** Those of the section; where it has none, those of all sections. */
  const found = (search: string) => {
    const here = searchFields(choices, search);
    return here.length > 0 ? here : searchFields(all, search);
  };

  const save = (section: string | undefined, words: readonly string[]) => {
    const saved = savedFields(catalog.catalog, section, words);
    setBrowsed({ shown: section, saved: saved.section });
    onChange(saved);
  };
  const chooseSection = (section: string | undefined) => {
    const kept = chosenFields(fieldChoices(catalog.catalog, section), query.fields);
    save(
      section,
      kept.map(({ value }) => value)
    );
  };

  return (
    <>
      <Choice
        label="Section"
        tooltip="A section of INFO, another command, or Derived: what the collector calculates from them."
        width={24}
        loading={catalog.isLoading}
        createCustomValue={catalog.catalog === undefined}
        options={withChosen(sectionOptions(catalog.catalog), shown, 'Not known to the collector')}
        value={shown ?? ALL_SECTIONS}
        onChange={(section) => chooseSection(section === ALL_SECTIONS ? undefined : section)}
      />
      <Choices
        label="Fields"
        tooltip="Search by title, by INFO's word, or by what a field means."
        placeholder="Choose fields"
        minWidth={40}
        loading={catalog.isLoading}
        createCustomValue={catalog.catalog === undefined}
        options={(search) => Promise.resolve([...found(search).map(fieldOption), ...variableOptions(search)])}
        value={query.fields.map((value) => ({ value, label: titleOf(value) }))}
        onChange={(words) => save(shown, words)}
      />
    </>
  );
}

function sectionOptions(catalog: CatalogAnswer | undefined) {
  const sections = (catalog?.sections ?? []).map(({ name, fields }) => {
    const present = fields.filter(({ targets }) => targets.length > 0).length;
    const count = present === 0 ? 'no target has it' : `${present} ${present === 1 ? 'field' : 'fields'}`;
    return { value: name, label: name, description: name === DERIVED ? `Ratios, rates and lags · ${count}` : count };
  });
  return [{ value: ALL_SECTIONS, label: 'All sections', description: 'Search them all' }, ...sections];
}
