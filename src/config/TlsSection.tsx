import { ConfigSection } from '@grafana/plugin-ui';
import { Checkbox, Field, Input } from '@grafana/ui';
import type { VitalsOptions } from '../types';
import { SecretField } from './SecretField';
import { withOption, type SectionProps } from './settings';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----';
const KEY = '-----BEGIN PRIVATE KEY-----';

interface FlagProps extends SectionProps {
  name: 'tlsAuthWithCACert' | 'tlsAuth' | 'tlsSkipVerify';
  label: string;
  description: string;
}

export function TlsSection({ settings, onChange }: SectionProps) {
  const shared = { settings, onChange };
  return (
    <ConfigSection
      title="TLS"
      description="For a collector with an https:// address."
      isCollapsible
      isInitiallyOpen={hasTls(settings.jsonData) || settings.url.startsWith('https:')}
    >
      <Flag
        {...shared}
        name="tlsAuthWithCACert"
        label="Trust your own CA"
        description="For a collector whose certificate is self-signed, or signed by a CA that Grafana's server does not know"
      />
      {settings.jsonData.tlsAuthWithCACert && (
        <SecretField {...shared} name="tlsCACert" label="CA certificate" placeholder={CERTIFICATE} multiline />
      )}
      <Flag
        {...shared}
        name="tlsAuth"
        label="Show a client certificate"
        description="For a collector that asks for one: web.tls.clientCa in its configuration"
      />
      {settings.jsonData.tlsAuth && (
        <>
          <SecretField {...shared} name="tlsClientCert" label="Certificate" placeholder={CERTIFICATE} multiline />
          <SecretField {...shared} name="tlsClientKey" label="Key" placeholder={KEY} multiline />
        </>
      )}
      <Field
        label="Server name"
        description="The name in the collector's certificate, where it is not the host of the URL"
        disabled={settings.readOnly}
      >
        <Input
          id="redis-vitals-server-name"
          value={settings.jsonData.serverName ?? ''}
          placeholder="vitals.example.com"
          onChange={(event) => onChange(withOption(settings, 'serverName', event.currentTarget.value || undefined))}
        />
      </Field>
      <Flag
        {...shared}
        name="tlsSkipVerify"
        label="Skip verification"
        description="Accepts any certificate, also that of someone in between: only to try things out"
      />
    </ConfigSection>
  );
}

function Flag({ settings, onChange, name, label, description }: FlagProps) {
  return (
    <Field>
      <Checkbox
        label={label}
        description={description}
        value={settings.jsonData[name] ?? false}
        disabled={settings.readOnly}
        onChange={(event) => onChange(withOption(settings, name, event.currentTarget.checked || undefined))}
      />
    </Field>
  );
}

function hasTls(options: VitalsOptions): boolean {
  return Boolean(options.tlsAuth ?? options.tlsAuthWithCACert ?? options.tlsSkipVerify ?? options.serverName);
}
