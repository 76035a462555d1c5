import { ConfigSection } from '@grafana/plugin-ui';
import { Field, Input } from '@grafana/ui';
import { DashboardField } from './DashboardField';
import { parseTimeout, withOption, type SectionProps } from './settings';

export function MoreSection({ settings, onChange }: SectionProps) {
  const { timeout, instanceDashboardUid } = settings.jsonData;
  return (
    <ConfigSection
      title="More settings"
      description="How long to wait for answers, and where the name of an instance leads to."
      isCollapsible
      isInitiallyOpen={timeout !== undefined || instanceDashboardUid !== undefined}
    >
      <Field
        label="Timeout in seconds"
        description="How long Grafana's server waits for an answer; Grafana's own setting counts where none is given"
        disabled={settings.readOnly}
      >
        <Input
          id="redis-vitals-timeout"
          type="number"
          min={1}
          step={1}
          value={timeout ?? ''}
          placeholder="30"
          onChange={(event) => onChange(withOption(settings, 'timeout', parseTimeout(event.currentTarget.value)))}
        />
      </Field>
      <DashboardField settings={settings} onChange={onChange} />
    </ConfigSection>
  );
}
