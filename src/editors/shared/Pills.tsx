import type { ComponentProps } from 'react';

import { type ComboboxOption, MultiCombobox, Stack } from '@grafana/ui';

/** Around a text: padding, and the button that removes it. */
const PILL = 7;
/** At the end: clear and open. */
const BUTTONS = 12;

type Combobox<T extends string> = Extract<ComponentProps<typeof MultiCombobox<T>>, { width?: number }>;

interface Room {
  /** In units of 8 pixels, as `most`. */
  least: number;
  most: number;
}

type Props<T extends string> = Omit<Combobox<T>, 'width' | 'value'> & { value: Array<ComboboxOption<T>> } & Room;

/** Several choices with room for their texts, as far as the pane has it; what does not fit is folded. */
export function Pills<T extends string>({ least, most, ...combobox }: Props<T>) {
  return (
    <Stack width={widthOf(combobox.value, least, most)} maxWidth="100%">
      <MultiCombobox {...combobox} isClearable />
    </Stack>
  );
}

function widthOf(value: Array<ComboboxOption<string>>, least: number, most: number): number {
  const texts = value.map((option) => option.label ?? option.value);
  const pills = texts.reduce((width, text) => width + text.length + PILL, BUTTONS);
  return Math.min(most, Math.max(least, pills));
}
