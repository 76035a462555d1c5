import { type HTMLInputTypeAttribute, useId, useState } from 'react';

import { EditorField } from '@grafana/plugin-ui';
import { Input } from '@grafana/ui';

interface TextProps {
  label: string;
  tooltip?: string;
  value: string;
  placeholder?: string;
  width?: number;
  type?: HTMLInputTypeAttribute;
  min?: number;
  max?: number;
  step?: number;
  /** A sentence when a text cannot be used; it is kept in the field and not reported. */
  check?: (text: string) => string | undefined;
  /** On blur and Enter, when the text has changed. */
  onCommit: (text: string) => void;
}

/** Reports what was typed when the typing is over, so that nothing runs meanwhile. */
export function CommittedInput({ label, tooltip, value, width = 12, check, onCommit, ...input }: TextProps) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const problem = check?.(text.trim());
  const commit = () => {
    if (problem !== undefined) {
      return;
    }
    setDraft(undefined);
    if (text.trim() !== value) {
      onCommit(text.trim());
    }
  };
  return (
    <EditorField label={label} tooltip={tooltip} htmlFor={id} invalid={problem !== undefined} error={problem}>
      <Input
        {...input}
        id={id}
        width={width}
        value={text}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </EditorField>
  );
}

interface CountProps extends Pick<TextProps, 'label' | 'tooltip' | 'placeholder' | 'width'> {
  value: number | undefined;
  max: number;
  onChange: (value: number | undefined) => void;
}

/** A whole number from 1; none when empty. */
export function CountInput({ value, max, onChange, ...rest }: CountProps) {
  const isCount = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
  return (
    <CommittedInput
      {...rest}
      type="number"
      min={1}
      max={max}
      value={value === undefined ? '' : String(value)}
      check={(text) => (text === '' || isCount(text) ? undefined : `A whole number from 1 to ${max}`)}
      onCommit={(text) => onChange(text === '' ? undefined : Number(text))}
    />
  );
}
