import type { ComboboxOption } from '@grafana/ui';

import type { QueryFunction } from '../../server/api/contract';
import type { MetricsPartProps } from './metrics-props';
import { Choice } from './shared/Choice';
import { defaultFunctions } from './shared/fields';

const DEFAULT = 'default';

const FUNCTIONS: Array<ComboboxOption<QueryFunction>> = [
  { value: 'last', description: 'The last value of each step' },
  { value: 'avg', description: 'The mean of each step' },
  { value: 'min', description: 'The least of each step' },
  { value: 'max', description: 'The greatest of each step' },
  { value: 'rate', description: 'What a counter grew, per second' },
  { value: 'increase', description: 'What a counter grew in each step' },
  { value: 'delta', description: 'The change in each step; negative when it fell' },
];

/** How the values of a step become one; named is what happens when nothing is chosen. */
export function FunctionPicker({ query, fields, onChange }: Omit<MetricsPartProps, 'catalog'>) {
  const defaults = defaultFunctions(fields, query.instant === true).filter((name) => name !== 'derived');
  const isDerivedOnly = fields.length > 0 && defaults.length === 0;
  const options: Array<ComboboxOption<QueryFunction | typeof DEFAULT>> = [
    {
      value: DEFAULT,
      label: isDerivedOnly ? 'calculated' : `default: ${defaults.join(' or ') || 'of the field'}`,
      description: 'rate of counters, avg of gauges (last of instants)',
    },
    ...FUNCTIONS,
  ];
  return (
    <Choice
      label="Function"
      tooltip={isDerivedOnly ? 'Derived fields are calculated from what changed in each step.' : undefined}
      width={22}
      disabled={isDerivedOnly && query.function === undefined}
      options={options}
      value={query.function ?? DEFAULT}
      onChange={(name) => onChange({ function: name === DEFAULT ? undefined : name })}
    />
  );
}
