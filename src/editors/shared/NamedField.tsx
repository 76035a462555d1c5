import type { ReactElement, ReactNode } from 'react';

import { EditorField } from '@grafana/plugin-ui';

interface Props {
  /** The control's. */
  id: string;
  label: string;
  tooltip?: string;
  invalid?: boolean;
  error?: string;
  children: ReactElement;
}

/** A field whose control is `aria-labelledby={nameOf(id)}`: Grafana 12's MultiCombobox takes no id for a label to name. */
export function NamedField({ id, label, children, ...field }: Props) {
  return (
    <>
      <Name id={id}>{label}</Name>
      <EditorField {...field} label={label} htmlFor={id}>
        {children}
      </EditorField>
    </>
  );
}

/** What a control is called where that is not shown, or not tied to it. */
export function Name({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span id={nameOf(id)} hidden>
      {children}
    </span>
  );
}

/** The id of the text that names the control with this id. */
export function nameOf(id: string): string {
  return `${id}-name`;
}
