import type { ComboboxOption } from '@grafana/ui';

import type { TargetChoice, VariableKind, VariableQuery } from '../types';

export const VARIABLE_KINDS: Array<ComboboxOption<VariableKind>> = [
  { value: 'targets', label: 'Targets', description: 'Names of targets: the usual $instance' },
  { value: 'roles', label: 'Roles', description: 'Master, slave, sentinel: those that targets have' },
  { value: 'labels', label: 'Target labels', description: 'Names of labels, or the values of one' },
  { value: 'sections', label: 'Sections', description: 'Sections of INFO and what else can be asked for' },
  { value: 'fields', label: 'Fields', description: 'Fields of a section' },
  { value: 'values', label: 'Label values', description: 'Databases, commands, replicas... that a field tells apart' },
  { value: 'clients', label: 'Clients', description: 'What connected clients called themselves' },
];

/** What the variable will list, in words. */
export function describeVariable({ kind, label, section, field, targets }: VariableQuery): string {
  const where = describeTargets(targets);
  switch (kind) {
    case 'targets':
      return `Lists the names of ${where}.`;
    case 'roles':
      return `Lists the roles of ${where}.`;
    case 'labels':
      return label
        ? `Lists the values of the label ${label} of ${where}.`
        : `Lists the names of the labels of ${where}.`;
    case 'sections':
      return `Lists the sections that ${where} have.`;
    case 'fields':
      return `Lists the fields of ${section || 'every section'} that ${where} have.`;
    case 'values':
      return field && label
        ? `Lists the values of the label ${label} of ${[section, field].filter(Boolean).join(' ')}, of ${where}.`
        : 'Choose a field and one of its labels.';
    case 'clients':
      return `Lists the names of the clients of ${where}.`;
  }
}

function describeTargets({ names = [], roles = [], labels = [] }: TargetChoice = {}): string {
  const parts = [
    names.length > 0 ? `named ${names.join(' or ')}` : '',
    roles.length > 0 ? `whose role is ${roles.join(' or ')}` : '',
    labels.length > 0 ? `with ${labels.map(({ label, op, value }) => `${label} ${op} ${value}`).join(' and ')}` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `targets ${parts.join(', ')}` : 'all targets';
}
