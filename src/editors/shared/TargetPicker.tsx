import { EditorField } from '@grafana/plugin-ui';

import type { CatalogAnswer, CatalogTarget } from '../../../server/api/contract';
import type { TargetChoice } from '../../types';
import { chosen, Choices } from './Choice';
import { MatcherList } from './MatcherList';
import { targetLabelNames, targetLabelValues } from './target-labels';
import { variableOptions } from './template-variables';
import type { CatalogState } from './useCatalog';

const ROLES: Readonly<Record<string, string>> = { master: 'Masters', slave: 'Replicas', sentinel: 'Sentinels' };

interface Props {
  catalog: CatalogState;
  targets: TargetChoice | undefined;
  onChange: (targets: TargetChoice | undefined) => void;
}

/** Which targets: by name, role, and label; all of them when nothing is chosen. */
export function TargetPicker({ catalog: { catalog, isLoading }, targets = {}, onChange }: Props) {
  const names = [...variableOptions(), ...(catalog?.targets ?? []).map(targetOption)];
  const roles = [...variableOptions(), ...roleOptions(catalog)];
  const change = (part: TargetChoice) => onChange(withoutEmpty({ ...targets, ...part }));
  return (
    <>
      <Choices
        label="Targets"
        tooltip="Names of targets, or a variable of the dashboard such as $instance. None: all targets."
        placeholder="All targets"
        createCustomValue
        loading={isLoading}
        options={names}
        value={chosen(names, targets.names)}
        onChange={(values) => change({ names: values })}
      />
      <Choices
        label="Roles"
        tooltip="The role a target has now."
        placeholder="Any role"
        minWidth={16}
        options={roles}
        value={chosen(roles, targets.roles)}
        onChange={(values) => change({ roles: values })}
      />
      <EditorField label="Target labels" tooltip="Labels of the collector's configuration; all filters must hold.">
        <MatcherList
          noun="target filter"
          labels={targetLabelNames(catalog).map((value) => ({ value }))}
          matchers={targets.labels}
          loadValues={(label) => Promise.resolve(targetLabelValues(catalog, label))}
          onChange={(labels) => change({ labels })}
        />
      </EditorField>
    </>
  );
}

function targetOption({ name, role, state, labels }: CatalogTarget) {
  const words = [role, state === 'past' ? 'no longer configured' : state];
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return { value: name, label: name, description: [...words, ...pairs].filter(Boolean).join(' · '), group: 'Targets' };
}

function roleOptions(catalog: CatalogAnswer | undefined) {
  const seen = (catalog?.targets ?? []).map((target) => target.role).filter(Boolean);
  const roles = [...new Set([...Object.keys(ROLES), ...seen])];
  return roles.map((value) => ({ value, label: ROLES[value] ?? value, group: 'Roles' }));
}

function withoutEmpty(targets: TargetChoice): TargetChoice | undefined {
  const parts = Object.entries(targets).filter(([, part]) => Array.isArray(part) && part.length > 0);
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}
