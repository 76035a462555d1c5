import { Combobox, type ComboboxOption } from '@grafana/ui';

import type { LabelMatcher, MatchOperator } from '../../../server/api/contract';
import { isChosen } from './Choice';
import { nameOf } from './NamedField';
import { escapePattern, plainText, splitPattern } from './pattern';
import { Pills } from './Pills';
import { variableOptions } from './template-variables';

/** A matcher that may still want its label or value. */
export type DraftMatcher = Omit<LabelMatcher, 'value'> & { readonly value?: string };

interface Props {
  /** The control's; its name is there, too. */
  id: string;
  matcher: DraftMatcher;
  loadValues: (label: string) => Promise<readonly string[]>;
  onChange: (matcher: DraftMatcher) => void;
}

/** One value, or several that become a pattern, out of those there are. */
export function MatcherValue({ id, matcher, loadValues, onChange }: Props) {
  const isPattern = takesPattern(matcher.op);
  const options = async (search: string) => {
    const values = matcher.label === '' ? [] : await loadValues(matcher.label);
    const known = values.map((value) => ({ value: isPattern ? escapePattern(value) : value, label: value }));
    return [...variableOptions(), ...known].filter((option) => contains(option.label ?? option.value, search));
  };
  // Loaded anew for another label.
  const identity = `${matcher.label} ${isPattern}`;
  if (!isPattern) {
    return (
      <Combobox
        key={identity}
        id={id}
        aria-labelledby={nameOf(id)}
        placeholder="value"
        width={28}
        createCustomValue
        options={options}
        value={matcher.value === undefined ? null : { value: matcher.value, label: matcher.value || '(none)' }}
        onChange={(option) => isChosen(option) && onChange({ ...matcher, value: option.value })}
      />
    );
  }
  return <PatternValue key={identity} {...{ id, matcher, options, onChange }} />;
}

interface PatternProps extends Pick<Props, 'id' | 'matcher' | 'onChange'> {
  options: (search: string) => Promise<Array<ComboboxOption<string>>>;
}

/** Several values to choose, which are the alternatives of a regular expression; one can be typed, too. */
function PatternValue({ id, matcher, options, onChange }: PatternProps) {
  const parts = splitPattern(matcher.value ?? '').map((part) => ({ value: part, label: plainText(part) }));
  return (
    <Pills
      id={id}
      aria-labelledby={nameOf(id)}
      placeholder="values or a pattern"
      least={28}
      most={60}
      createCustomValue
      options={options}
      value={parts}
      onChange={(chosen) => onChange({ ...matcher, value: chosen.map((part) => part.value).join('|') || undefined })}
    />
  );
}

export function takesPattern(op: MatchOperator): boolean {
  return op === '=~' || op === '!~';
}

function contains(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.toLowerCase());
}
