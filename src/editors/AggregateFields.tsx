import type { ComboboxOption } from '@grafana/ui';

import type { AggregateOperator } from '../../server/api/contract';
import type { MetricsPartProps } from './metrics-props';
import { chosen, Choices, OptionalChoice } from './shared/Choice';
import { CommittedInput, CountInput } from './shared/CommittedInput';
import { fieldLabels } from './shared/fields';
import { targetLabelNames } from './shared/target-labels';

const OPERATORS: Array<ComboboxOption<AggregateOperator>> = [
  { value: 'sum', description: 'The sum of the series' },
  { value: 'avg', description: 'Their mean' },
  { value: 'min', description: 'The least of them' },
  { value: 'max', description: 'The greatest of them' },
  { value: 'quantile', description: 'What a share of them stays below' },
];
const MEDIAN = 0.5;

/** One series of several, and only the greatest. */
export function AggregateFields({ query, fields, catalog, onChange }: MetricsPartProps) {
  const { aggregate } = query;
  const labels = [...new Set([...targetLabelNames(catalog.catalog), ...fieldLabels(fields)])].map((value) => ({
    value,
  }));
  const choose = (op: AggregateOperator | undefined) =>
    onChange({
      aggregate: op && {
        op,
        ...(aggregate?.by && { by: aggregate.by }),
        ...(op === 'quantile' && { quantile: MEDIAN }),
      },
    });
  return (
    <>
      <OptionalChoice
        label="Aggregate"
        tooltip="Makes one series of several."
        placeholder="Every series"
        options={OPERATORS}
        value={aggregate?.op}
        onChange={choose}
      />
      {aggregate?.op === 'quantile' && (
        <CommittedInput
          label="Quantile"
          type="number"
          min={0}
          max={1}
          step={0.05}
          width={10}
          value={String(aggregate.quantile ?? MEDIAN)}
          check={(text) => (text !== '' && Number(text) >= 0 && Number(text) <= 1 ? undefined : 'From 0 to 1')}
          onCommit={(text) => onChange({ aggregate: { ...aggregate, quantile: Number(text) } })}
        />
      )}
      {aggregate && (
        <Choices
          label="By"
          tooltip="Labels that stay: one series for each of their values."
          placeholder="One series of all"
          options={labels}
          createCustomValue={catalog.catalog === undefined}
          value={chosen(labels, aggregate.by)}
          onChange={(by) => onChange({ aggregate: { ...aggregate, by: by.length > 0 ? by : undefined } })}
        />
      )}
      <CountInput
        label="Top"
        tooltip="Only so many series of each field: those with the greatest mean."
        placeholder="all"
        width={10}
        max={1000}
        value={query.topK}
        onChange={(topK) => onChange({ topK })}
      />
    </>
  );
}
