import { EditorRow } from '@grafana/plugin-ui';

import type { MetricsQuery } from '../types';
import { AggregateFields } from './AggregateFields';
import type { EditorProps } from './editor-props';
import { FieldHelp } from './FieldHelp';
import { FieldPicker } from './FieldPicker';
import { FunctionPicker } from './FunctionPicker';
import { LabelFilters } from './LabelFilters';
import { SeriesOptions } from './SeriesOptions';
import { chosenFields, fieldChoices } from './shared/fields';
import { TargetPicker } from './shared/TargetPicker';

/** Fields over time or as of now: what, of which targets, and how it is put together. */
export function MetricsEditor({ datasource, query, catalog, onChange }: EditorProps<MetricsQuery>) {
  const fields = chosenFields(fieldChoices(catalog.catalog, query.section), query.fields);
  const change = (part: Partial<MetricsQuery>) => onChange({ ...query, ...part });
  return (
    <>
      <EditorRow>
        <FieldPicker query={query} catalog={catalog} onChange={change} />
        <FunctionPicker query={query} fields={fields} onChange={change} />
        <FieldHelp fields={fields} />
      </EditorRow>
      <EditorRow>
        <TargetPicker catalog={catalog} targets={query.targets} onChange={(targets) => change({ targets })} />
        <LabelFilters datasource={datasource} query={query} fields={fields} catalog={catalog} onChange={change} />
      </EditorRow>
      <EditorRow>
        <AggregateFields query={query} fields={fields} catalog={catalog} onChange={change} />
        <SeriesOptions query={query} fields={fields} catalog={catalog} onChange={change} />
      </EditorRow>
    </>
  );
}
