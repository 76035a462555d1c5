import type { ServerFacts } from '../model/server-facts';
import type { Draft } from './draft';
import { shownSetting } from './settings';
import { upMs, type Snapshot } from './snapshot';
import { formatCount, formatSpan } from './words';

/** Two polls that were answered, one after the other; polls between them may have failed. */
interface Step {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

type Rule = (step: Step) => readonly Draft[];

/** Uptime is in whole seconds, and polls take time. */
const SLACK_MS = 4000;

/** Run ids differ, or, where servers tell none, uptime went back. */
export function isOtherRun({ before, after }: Step): boolean {
  const { runId } = before.facts;
  if (runId !== '' && after.facts.runId !== '') return runId !== after.facts.runId;
  return upMs(after) + SLACK_MS < upMs(before);
}

/** It was up when the one before it was last seen: the address leads to another server, as after a managed failover. */
export function isOtherServer(step: Step): boolean {
  return isOtherRun(step) && upMs(step.after) > step.after.atMs - step.before.atMs + SLACK_MS;
}

/** What is told of a step to another server; all else of it is as at the first poll. */
const OF_OTHER_SERVERS: readonly Rule[] = [otherServer, versionChanged];
const OF_ONE_SERVER: readonly Rule[] = [
  restarted,
  versionChanged,
  roleChanged,
  sentinelFailover,
  replicasLeft,
  replicasJoined,
  settingsChanged,
];

/** What changed from one poll to the next. */
export function detectChanges(step: Step): readonly Draft[] {
  return (isOtherServer(step) ? OF_OTHER_SERVERS : OF_ONE_SERVER).flatMap((rule) => rule(step));
}

function otherServer({ before, after }: Step): readonly Draft[] {
  return [
    {
      kind: 'failover',
      severity: 'warning',
      text: `Another server answers at the address, a ${roleOf(after.facts)} that has been up for ${formatSpan(upMs(after))}.`,
      details: { from: before.facts.runId, to: after.facts.runId, role: after.facts.role },
    },
  ];
}

function restarted(step: Step): readonly Draft[] {
  if (!isOtherRun(step)) return [];
  const { before, after } = step;
  const ms = upMs(after);
  return [
    {
      kind: 'restart',
      severity: 'warning',
      text: `The server restarted; it has been up for ${formatSpan(ms)}.`,
      details: { from: before.facts.runId, to: after.facts.runId, uptimeSeconds: `${Math.round(ms / 1000)}` },
      ...(ms > 0 && { startMs: after.atMs - ms }),
    },
  ];
}

function versionChanged({ before, after }: Step): readonly Draft[] {
  const [from, to] = [versionOf(before.facts), versionOf(after.facts)];
  if (from === to || from === undefined || to === undefined) return [];
  return [
    {
      kind: 'version_changed',
      severity: 'info',
      text: `The version changed from ${from} to ${to}.`,
      details: { from, to },
    },
  ];
}

/** Undefined: it is not known. */
function versionOf({ flavour, version }: ServerFacts): string | undefined {
  return version.every((number) => number === 0) ? undefined : `${flavour} ${version.join('.')}`;
}

function roleChanged({ before, after }: Step): readonly Draft[] {
  const [from, to] = [before.facts.role, after.facts.role];
  if (from === to || from === '' || to === '') return [];
  const master = before.links?.[0]?.master;
  if (from === 'slave' && to === 'master') {
    return [
      {
        kind: 'failover',
        severity: 'warning',
        text: `The server was a replica${master === undefined ? '' : ` of ${master}`} and is now a master.`,
        details: { from, to, ...(master !== undefined && { master }) },
      },
    ];
  }
  const now = after.links?.[0]?.master;
  return [
    {
      kind: 'role_changed',
      severity: 'warning',
      text: `The server was a ${roleOf(before.facts)} and is now a ${roleOf(after.facts)}${now === undefined ? '' : ` of ${now}`}.`,
      details: { from, to, ...(now !== undefined && { master: now }) },
    },
  ];
}

function roleOf({ role }: ServerFacts): string {
  return role === 'slave' ? 'replica' : role || 'server';
}

/** A sentinel gives a master another address with a greater epoch or, where a poll came between, soon after that. */
function sentinelFailover({ before, after }: Step): readonly Draft[] {
  return [...after.masters].flatMap(([master, { address, epoch }]): Draft[] => {
    const known = before.masters.get(master);
    if (known === undefined || known.address === address || epoch < known.epoch) return [];
    return [
      {
        kind: 'failover',
        severity: 'warning',
        text: `Master ${master} moved from ${known.address} to ${address} (epoch ${epoch}).`,
        details: { master, from: known.address, to: address, epoch: `${epoch}` },
      },
    ];
  });
}

function replicasLeft(step: Step): readonly Draft[] {
  return replicaEvents(step.before, step.after, 'replica_left', 'warning', (replica, left) => {
    return `Replica ${replica} left; ${left === 0 ? 'none' : formatCount(left, 'replica')} remain${left <= 1 ? 's' : ''}.`;
  });
}

function replicasJoined(step: Step): readonly Draft[] {
  return replicaEvents(step.after, step.before, 'replica_joined', 'info', (replica) => {
    const count = step.after.replicas?.size ?? 0;
    return `Replica ${replica} joined; there ${count === 1 ? 'is' : 'are'} now ${formatCount(count, 'replica')}.`;
  });
}

/** An event for each replica that is here but not there. */
function replicaEvents(
  { replicas: here }: Snapshot,
  { replicas: there }: Snapshot,
  kind: 'replica_left' | 'replica_joined',
  severity: Draft['severity'],
  say: (replica: string, there: number) => string
): readonly Draft[] {
  if (here === undefined || there === undefined) return [];
  return [...here]
    .filter((replica) => !there.has(replica))
    .map((replica) => ({ kind, severity, text: say(replica, there.size), details: { replica } }));
}

function settingsChanged({ before, after }: Step): readonly Draft[] {
  return [...after.settings].flatMap(([setting, to]): Draft[] => {
    const from = before.settings.get(setting);
    if (from === undefined || from.value === to.value) return [];
    return [
      {
        kind: 'config_changed',
        severity: 'info',
        text: `${setting} changed from ${shownSetting(from)} to ${shownSetting(to)}.`,
        details: { setting, from: `${from.value}`, to: `${to.value}` },
      },
    ];
  });
}
