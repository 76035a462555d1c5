import { ConfigSection } from '@grafana/plugin-ui';
import { Field, Input } from '@grafana/ui';
import type { SectionProps } from './settings';
import { urlProblem } from './url-problem';

export function ConnectionSection({ settings, onChange }: SectionProps) {
  const problem = settings.readOnly ? undefined : urlProblem(settings.url);
  return (
    <ConfigSection
      title="Connection"
      description="The collector is the small program that polls your Redis servers and keeps their history. Grafana's server, not your browser, talks to it, so localhost is the machine that Grafana runs on."
    >
      <Field
        label="URL of the collector"
        required
        disabled={settings.readOnly}
        invalid={problem !== undefined}
        error={problem}
      >
        <Input
          id="redis-vitals-url"
          type="url"
          value={settings.url}
          placeholder="http://localhost:9121"
          onChange={(event) => onChange({ ...settings, url: event.currentTarget.value.trim() })}
        />
      </Field>
    </ConfigSection>
  );
}
