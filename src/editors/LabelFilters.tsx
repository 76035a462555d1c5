import { EditorField } from '@grafana/plugin-ui';

import type { VitalsDataSource } from '../datasource';
import { filterValues } from './label-values';
import type { MetricsPartProps } from './metrics-props';
import { fieldLabels } from './shared/fields';
import { MatcherList } from './shared/MatcherList';
import { targetLabelNames } from './shared/target-labels';

/** Filters of the series: by database, command, replica and what else the fields tell apart. */
export function LabelFilters({
  datasource,
  query,
  fields,
  catalog,
  onChange,
}: MetricsPartProps & { datasource: VitalsDataSource }) {
  const own = fieldLabels(fields).map((value) => ({ value, group: 'Of the fields' }));
  const shared = targetLabelNames(catalog.catalog).map((value) => ({ value, group: 'Of targets' }));
  return (
    <EditorField label="Label filters" tooltip="Only series whose labels match: db, cmd, replica...; all must hold.">
      <MatcherList
        noun="label filter"
        labels={[...own, ...shared]}
        matchers={query.labels}
        loadValues={(label) => filterValues(datasource, catalog.catalog, fields, label)}
        onChange={(labels) => onChange({ labels })}
      />
    </EditorField>
  );
}
