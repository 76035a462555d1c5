import { useId } from 'react';

import { Combobox, type ComboboxOption } from '@grafana/ui';

import { nameOf, NamedField } from './NamedField';
import { Pills } from './Pills';

type Options<T extends string> = Array<ComboboxOption<T>>;
type Loader<T extends string> = (search: string) => Promise<Options<T>>;

interface Common {
  label: string;
  tooltip?: string;
  placeholder?: string;
  width?: number;
  disabled?: boolean;
  loading?: boolean;
  /** Offers what was typed: there may be more than is known here. */
  createCustomValue?: boolean;
  invalid?: boolean;
  error?: string;
}

interface ChoiceProps<T extends string> extends Common {
  options: Options<T>;
  value: T | undefined;
  onChange: (value: T) => void;
}

/** One of several. */
export function Choice<T extends string>({ label, tooltip, width = 20, value, onChange, ...rest }: ChoiceProps<T>) {
  const id = useId();
  const { invalid, error, ...combobox } = rest;
  return (
    <NamedField id={id} label={label} tooltip={tooltip} invalid={invalid} error={error}>
      <Combobox
        {...combobox}
        id={id}
        aria-labelledby={nameOf(id)}
        invalid={invalid}
        width={width}
        value={value ?? null}
        onChange={(option) => isChosen(option) && onChange(option.value)}
      />
    </NamedField>
  );
}

interface OptionalChoiceProps<T extends string> extends Common {
  options: Options<T>;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

/** One of several, or none. */
export function OptionalChoice<T extends string>(props: OptionalChoiceProps<T>) {
  const { label, tooltip, width = 20, value, onChange, invalid, error, ...combobox } = props;
  const id = useId();
  return (
    <NamedField id={id} label={label} tooltip={tooltip} invalid={invalid} error={error}>
      <Combobox
        {...combobox}
        id={id}
        aria-labelledby={nameOf(id)}
        invalid={invalid}
        isClearable
        width={width}
        value={value ?? null}
        onChange={(option) => (option === null ? onChange(undefined) : isChosen(option) && onChange(option.value))}
      />
    </NamedField>
  );
}

interface ChoicesProps<T extends string> extends Omit<Common, 'width'> {
  options: Options<T> | Loader<T>;
  /** With labels where they are not the values themselves. */
  value: Options<T>;
  onChange: (values: T[]) => void;
  /** In units of 8 pixels, as `maxWidth`: in between it is as wide as what is chosen. */
  minWidth?: number;
  maxWidth?: number;
}

/** Any number of several. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, tooltip, value, onChange, minWidth = 24, maxWidth = 60, invalid, error, ...combobox } = props;
  const id = useId();
  return (
    <NamedField id={id} label={label} tooltip={tooltip} invalid={invalid} error={error}>
      <Pills
        {...combobox}
        id={id}
        aria-labelledby={nameOf(id)}
        invalid={invalid}
        least={minWidth}
        most={maxWidth}
        value={value}
        onChange={(options) => onChange(options.map((option) => option.value))}
      />
    </NamedField>
  );
}

/** Enter in a list that was narrowed, with nothing highlighted, gives no option: whatever its type says. */
export function isChosen(option: ComboboxOption<string> | undefined): boolean {
  return option !== undefined;
}

/** `values` as options, with the label of the option that has it. */
export function chosen<T extends string>(options: Options<T>, values: readonly T[] = []): Options<T> {
  return values.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
}

/** `options`, and before them what was chosen but is not among them. */
export function withChosen<T extends string>(
  options: Options<T>,
  value: T | undefined,
  description: string
): Options<T> {
  const isKnown = value === undefined || options.some((option) => option.value === value);
  return isKnown ? options : [{ value, label: value, description }, ...options];
}
