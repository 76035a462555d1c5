import { ConfigSection } from '@grafana/plugin-ui';
import { Field, Input, RadioButtonGroup } from '@grafana/ui';
import type { AuthMethod } from '../types';
import { SecretField } from './SecretField';
import { authMethodOf, typedToken, withAuthMethod, withToken, type SectionProps } from './settings';

const METHODS: Array<{ value: AuthMethod; label: string; description: string }> = [
  { value: 'none', label: 'None', description: 'The collector asks for nothing' },
  { value: 'basic', label: 'User and password', description: 'Basic authentication: web.basicAuthUsers' },
  { value: 'bearer', label: 'Bearer token', description: 'A token sent with each request: web.bearerTokens' },
];

export function AuthSection({ settings, onChange }: SectionProps) {
  const method = authMethodOf(settings);
  return (
    <ConfigSection
      title="Authentication"
      description="What the collector asks for: web.basicAuthUsers or web.bearerTokens in its configuration. These are not the passwords of your Redis servers, which only the collector knows."
    >
      <Field label="Method" disabled={settings.readOnly}>
        <RadioButtonGroup
          aria-label="Authentication method"
          options={METHODS}
          value={method}
          onChange={(chosen) => onChange(withAuthMethod(settings, chosen))}
        />
      </Field>
      {method === 'basic' && <BasicAuth settings={settings} onChange={onChange} />}
      {method === 'bearer' && (
        <SecretField
          settings={settings}
          onChange={onChange}
          name="httpHeaderValue1"
          label="Token"
          read={() => typedToken(settings)}
          write={(text) => withToken(settings, text)}
        />
      )}
    </ConfigSection>
  );
}

function BasicAuth({ settings, onChange }: SectionProps) {
  return (
    <>
      <Field label="User" required disabled={settings.readOnly}>
        <Input
          id="redis-vitals-user"
          value={settings.basicAuthUser}
          autoComplete="off"
          onChange={(event) => onChange({ ...settings, basicAuthUser: event.currentTarget.value })}
        />
      </Field>
      <SecretField settings={settings} onChange={onChange} name="basicAuthPassword" label="Password" />
    </>
  );
}
