import { firstValueFrom } from 'rxjs';

import { EditorField } from '@grafana/plugin-ui';

import type { VitalsDataSource } from '../datasource';
import { labelValues } from '../variables/label-values';
import type { MetricsPartProps } from './metrics-props';
import { fieldLabels } from './shared/fields';
import { MatcherList } from './shared/MatcherList';
import { targetLabelNames, targetLabelValues } from './shared/target-labels';

/** Filters of the series: by database, command, replica and what else the fields tell apart. */
export function LabelFilters({
  datasource,
  query,
  fields,
  catalog,
  onChange,
}: MetricsPartProps & { datasource: VitalsDataSource }) {
  const own = fieldLabels(fields);
  const shared = targetLabelNames(catalog.catalog);
  const series = fields.map(({ section, field }) => ({ section, field: field.field, labels: field.labels }));
  /** Those of targets are in the catalogue, those of fields are asked for. */
  const loadValues = (label: string) =>
    shared.includes(label)
      ? Promise.resolve(targetLabelValues(catalog.catalog, label))
      : firstValueFrom(labelValues({ label, fields: series }, datasource.client, undefined));
  return (
    <EditorField label="Label filters" tooltip="Only series whose labels match: db, cmd, replica...; all must hold.">
      <MatcherList
        noun="label filter"
        labels={[
          ...own.map((value) => ({ value, group: 'Of the fields' })),
          ...shared.map((value) => ({ value, group: 'Of targets' })),
        ]}
        matchers={query.labels}
        loadValues={loadValues}
        onChange={(labels) => onChange({ labels })}
      />
    </EditorField>
  );
}
