import { formatAddress } from '../model/target';
import type { TargetStatus } from '../poll/interfaces';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';

/** The targets and how they are: what is known without asking. */
export function targets({ chosen, nowMs }: TableContext): Draft {
  const labels = [...new Set(chosen.flatMap(({ target }) => Object.keys(target.labels)))];
  // prettier-ignore
  const columns: readonly ColumnOf<TargetStatus>[] = [
    { name: 'instance', title: 'Instance', type: 'string', value: ({ target }) => target.name },
    ...labels.map((label): ColumnOf<TargetStatus> => ({
      name: `label_${label}`, title: label, type: 'string', value: ({ target }) => target.labels[label],
    })),
    { name: 'address', title: 'Address', type: 'string', value: ({ target }) => formatAddress(target.address) },
    { name: 'state', title: 'State', type: 'string', value: ({ state }) => state },
    { name: 'role', title: 'Role', type: 'string', value: ({ latest }) => latest?.facts?.role },
    { name: 'version', title: 'Version', type: 'string', value: ({ latest }) => latest?.facts?.version.join('.') },
    { name: 'flavour', title: 'Flavour', type: 'string', value: ({ latest }) => latest?.facts?.flavour },
    { name: 'mode', title: 'Mode', type: 'string', value: ({ latest }) => latest?.facts?.mode },
    { name: 'uptime', title: 'Uptime', type: 'number', unit: 'seconds', value: (status) => uptime(status, nowMs) },
    { name: 'last_poll', title: 'Last poll', type: 'time', value: ({ latest }) => latest?.startedAtMs },
    { name: 'poll_duration', title: 'Poll duration', type: 'number', unit: 'milliseconds', value: ({ latest }) => latest && Math.round(latest.durationMs * 1000) / 1000 },
    { name: 'last_error', title: 'Last error', type: 'string', value: ({ recentFailures: [last] }) => last?.failure?.message },
    { name: 'last_error_time', title: 'Time of last error', type: 'time', value: ({ recentFailures: [last] }) => last?.startedAtMs },
    { name: 'collectors_off', title: 'Collectors off', type: 'string', value: collectorsOff },
  ];
  return draft('targets', columns, chosen);
}

/** Seconds; of a target that is down nobody knows. */
function uptime({ state, latest }: TargetStatus, nowMs: number): number | undefined {
  const started = latest?.facts?.startTimeSeconds;
  return state !== 'up' || started === undefined ? undefined : Math.max(0, Math.floor(nowMs / 1000) - started);
}

/** Switched off, or refused by the server, with the reason. */
function collectorsOff({ target, latest }: TargetStatus): string {
  const refused = (latest?.collectorFailures ?? []).filter(({ off }) => off);
  return [
    ...[...target.disabledCollectors].map((name) => `${name}: switched off`),
    ...refused.map(({ collector, message }) => `${collector}: ${message}`),
  ].join('; ');
}
