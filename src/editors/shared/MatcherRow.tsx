import { useId } from 'react';

import { Combobox, type ComboboxOption, IconButton, Stack } from '@grafana/ui';

import type { MatchOperator } from '../../../server/api/contract';
import { isChosen, withChosen } from './Choice';
import { type DraftMatcher, MatcherValue, takesPattern } from './MatcherValue';
import { Name, nameOf } from './NamedField';
import { escapePattern, plainText, splitPattern } from './pattern';

const OPERATORS: Array<ComboboxOption<MatchOperator>> = [
  { value: '=', description: 'is' },
  { value: '!=', description: 'is not' },
  { value: '=~', description: 'is one of, or matches' },
  { value: '!~', description: 'is none of, and does not match' },
];

interface Props {
  /** Tells the row from others: `label filter 1`. */
  name: string;
  labels: Array<ComboboxOption<string>>;
  matcher: DraftMatcher;
  loadValues: (label: string) => Promise<readonly string[]>;
  onChange: (matcher: DraftMatcher) => void;
  onRemove: () => void;
}

/** One filter of a `MatcherList`. */
export function MatcherRow({ name, labels, matcher, loadValues, onChange, onRemove }: Props) {
  const { label, op } = matcher;
  // Of their own, or they would take that of the field around them.
  const id = useId();
  return (
    <Stack gap={0.5} alignItems="center" wrap="wrap">
      <Name id={`${id}-label`}>{`Label of ${name}`}</Name>
      <Combobox
        id={`${id}-label`}
        aria-labelledby={nameOf(`${id}-label`)}
        placeholder="label"
        width={20}
        createCustomValue={labels.length < 2}
        options={withChosen(labels, label || undefined, 'Not known to the collector')}
        value={label || null}
        onChange={(option) => isChosen(option) && onChange({ label: option.value, op })}
      />
      <Name id={`${id}-operator`}>{`Operator of ${name}`}</Name>
      <Combobox
        id={`${id}-operator`}
        aria-labelledby={nameOf(`${id}-operator`)}
        width={10}
        options={OPERATORS}
        value={op}
        onChange={(option) =>
          isChosen(option) && onChange({ ...matcher, op: option.value, value: translate(matcher, option.value) })
        }
      />
      <Name id={`${id}-value`}>{`${takesPattern(op) ? 'Values' : 'Value'} of ${name}`}</Name>
      <MatcherValue {...{ id: `${id}-value`, matcher, loadValues, onChange }} />
      <IconButton name="times" tooltip={`Remove ${name}`} onClick={onRemove} />
    </Stack>
  );
}

/** Keeps what was chosen when an operator wants it written differently. */
function translate({ op, value }: DraftMatcher, to: MatchOperator): string | undefined {
  if (value === undefined || takesPattern(op) === takesPattern(to)) {
    return value;
  }
  if (takesPattern(to)) {
    return value.startsWith('$') ? value : escapePattern(value);
  }
  const parts = splitPattern(value);
  return parts.length === 1 ? plainText(value) : undefined;
}
