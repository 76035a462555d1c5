import type { VariableQuery } from '../types';
import { OptionalChoice, withChosen } from './shared/Choice';
import { chosenFields, fieldChoices, fieldOption } from './shared/fields';
import { targetLabelNames } from './shared/target-labels';
import { variableOptions } from './shared/template-variables';
import type { CatalogState } from './shared/useCatalog';

const UNKNOWN = 'Not known to the collector';

interface Props {
  query: VariableQuery;
  catalog: CatalogState;
  onChange: (part: Partial<VariableQuery>) => void;
}

/** What some kinds of variables want besides their targets. */
export function VariableDetails({ query, catalog, onChange }: Props) {
  switch (query.kind) {
    case 'labels':
      return <LabelOfTargets {...{ query, catalog, onChange }} />;
    case 'fields':
      return <SectionChoice {...{ query, catalog, onChange }} />;
    case 'values':
      return (
        <>
          <SectionChoice {...{ query, catalog, onChange }} />
          <FieldAndLabel {...{ query, catalog, onChange }} />
        </>
      );
    default:
      return null;
  }
}

function LabelOfTargets({ query, catalog, onChange }: Props) {
  const options = targetLabelNames(catalog.catalog).map((value) => ({ value }));
  return (
    <OptionalChoice
      label="Label"
      tooltip="None: the names of the labels."
      placeholder="Names of labels"
      createCustomValue={catalog.catalog === undefined}
      options={withChosen([...options, ...variableOptions()], query.label, UNKNOWN)}
      value={query.label}
      onChange={(label) => onChange({ label })}
    />
  );
}

function SectionChoice({ query, catalog, onChange }: Props) {
  const sections = (catalog.catalog?.sections ?? [])
    .filter(({ fields }) => query.kind === 'fields' || fields.some(({ labels }) => labels.length > 0))
    .map(({ name }) => ({ value: name }));
  return (
    <OptionalChoice
      label="Section"
      placeholder="All sections"
      width={24}
      createCustomValue={catalog.catalog === undefined}
      loading={catalog.isLoading}
      options={withChosen([...sections, ...variableOptions()], query.section, UNKNOWN)}
      value={query.section}
      onChange={(section) => onChange({ section, field: undefined, label: undefined })}
    />
  );
}

/** Only fields that tell something apart. */
function FieldAndLabel({ query, catalog, onChange }: Props) {
  const choices = fieldChoices(catalog.catalog, query.section).filter(
    ({ section, field }) => field.labels.length > 0 && (query.section === undefined || section === query.section)
  );
  const labelsOf = (field: string | undefined) =>
    field === undefined ? [] : (chosenFields(choices, [field])[0]?.field.labels ?? []);
  const labels = labelsOf(query.field).map((value) => ({ value }));
  return (
    <>
      <OptionalChoice
        label="Field"
        placeholder="Choose a field"
        width={36}
        createCustomValue={catalog.catalog === undefined}
        loading={catalog.isLoading}
        options={withChosen(choices.map(fieldOption), query.field, UNKNOWN)}
        value={query.field}
        onChange={(field) => onChange({ field, label: labelsOf(field)[0] })}
      />
      <OptionalChoice
        label="Label"
        placeholder="Choose a label"
        createCustomValue={catalog.catalog === undefined}
        options={withChosen(labels, query.label, UNKNOWN)}
        value={query.label}
        onChange={(label) => onChange({ label })}
      />
    </>
  );
}
