import { useEffect, useState } from 'react';
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import { findDashboards, titleOfDashboard } from './dashboards';
import { withOption, type SectionProps } from './settings';

/** Dashboards are found by title; a UID that Grafana does not have (yet) can be typed. */
export function DashboardField({ settings, onChange }: SectionProps) {
  const uid = settings.jsonData.instanceDashboardUid;
  const title = useTitle(uid);
  return (
    <Field
      label="Dashboard of an instance"
      description="Opened from the name of an instance in a panel, with the variable instance set to that name"
      disabled={settings.readOnly}
    >
      <Combobox
        id="redis-vitals-instance-dashboard"
        options={findDashboards}
        value={uid === undefined ? null : { value: uid, label: title ?? uid }}
        placeholder="No links"
        createCustomValue
        customValueDescription="Use this UID"
        isClearable
        onChange={(option: ComboboxOption | null) =>
          onChange(withOption(settings, 'instanceDashboardUid', option?.value))
        }
      />
    </Field>
  );
}

function useTitle(uid: string | undefined): string | undefined {
  const [found, setFound] = useState<{ uid: string; title: string }>();
  useEffect(() => {
    let isWanted = true;
    if (uid !== undefined) {
      void titleOfDashboard(uid).then((title) => isWanted && title !== undefined && setFound({ uid, title }));
    }
    return () => {
      isWanted = false;
    };
  }, [uid]);
  return found !== undefined && found.uid === uid ? found.title : undefined;
}
