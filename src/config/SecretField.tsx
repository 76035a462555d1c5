import type { ReactNode } from 'react';
import { Field, Input, SecretInput, SecretTextArea } from '@grafana/ui';
import type { VitalsSecrets } from '../types';
import { withSecret, withoutSecret, type SectionProps } from './settings';

interface Props extends SectionProps {
  name: keyof VitalsSecrets;
  label: string;
  description?: ReactNode;
  placeholder?: string;
  /** Several lines, for PEM. */
  multiline?: boolean;
  /** What is shown of what is being typed, and what is kept of it, where that is not the text itself. */
  read?: () => string;
  write?: (text: string) => ReturnType<typeof withSecret>;
}

/** A secret that goes to the server and never comes back: of a saved one only its being there is known. */
export function SecretField({
  settings,
  onChange,
  name,
  label,
  description,
  placeholder,
  multiline,
  read,
  write,
}: Props) {
  const isConfigured = settings.secureJsonFields[name] === true;
  const id = `redis-vitals-${name}`;
  if (settings.readOnly) {
    return (
      <Field label={label} description={description} disabled>
        <Input id={id} value={isConfigured ? 'configured' : ''} placeholder="not configured" readOnly />
      </Field>
    );
  }
  const shared = {
    id,
    isConfigured,
    placeholder,
    value: read === undefined ? (settings.secureJsonData?.[name] ?? '') : read(),
    onReset: () => onChange(withoutSecret(settings, name)),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onChange(write === undefined ? withSecret(settings, name, value) : write(value)),
  };
  return (
    <Field label={label} description={description} htmlFor={id} required>
      {multiline ? (
        <SecretTextArea {...shared} rows={5} grow />
      ) : (
        <SecretInput {...shared} autoComplete="new-password" />
      )}
    </Field>
  );
}
