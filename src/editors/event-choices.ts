import type { ComboboxOption } from '@grafana/ui';

import type { EventKind, EventSeverity } from '../../server/api/contract';

/** By kind, so that none is forgotten. */
const KINDS: Readonly<Record<EventKind, Omit<ComboboxOption, 'value'>>> = {
  target_down: { group: 'Availability', label: 'Target down', description: 'A target stopped answering' },
  target_up: { group: 'Availability', label: 'Target up', description: 'It answers again' },
  restart: { group: 'Availability', label: 'Restart', description: 'The server started anew' },
  version_changed: {
    group: 'Availability',
    label: 'Version changed',
    description: 'Another version of the server runs',
  },
  role_changed: {
    group: 'Replication',
    label: 'Role changed',
    description: 'A master became a replica, or the reverse',
  },
  failover: { group: 'Replication', label: 'Failover', description: 'A replica took the place of its master' },
  link_lost: { group: 'Replication', label: 'Link lost', description: 'A replica lost the link to its master' },
  link_restored: { group: 'Replication', label: 'Link restored', description: 'The link to the master is back' },
  replica_joined: { group: 'Replication', label: 'Replica joined', description: 'A master has another replica' },
  replica_left: { group: 'Replication', label: 'Replica left', description: 'A master lost a replica' },
  save_failed: { group: 'Persistence', label: 'Save failed', description: 'A snapshot (RDB) could not be written' },
  save_recovered: { group: 'Persistence', label: 'Save recovered', description: 'Snapshots are written again' },
  aof_failed: { group: 'Persistence', label: 'AOF failed', description: 'The append-only file could not be written' },
  aof_recovered: { group: 'Persistence', label: 'AOF recovered', description: 'The append-only file is written again' },
  evictions_started: { group: 'Limits', label: 'Evictions started', description: 'Memory is full: keys are evicted' },
  maxclients_reached: { group: 'Limits', label: 'maxclients reached', description: 'Connections were refused' },
  config_changed: { group: 'Configuration', label: 'Config changed', description: 'A setting has another value' },
};

export const EVENT_KIND_OPTIONS: Array<ComboboxOption<EventKind>> = Object.entries(KINDS).map(([kind, option]) => ({
  ...option,
  // The record's own names.
  value: kind as EventKind,
}));

export const SEVERITY_OPTIONS: Array<ComboboxOption<EventSeverity>> = [
  { value: 'critical', label: 'Critical', description: 'Something does not work' },
  { value: 'warning', label: 'Warning', description: 'Something may stop working' },
  { value: 'info', label: 'Info', description: 'Something changed, or works again' },
];
