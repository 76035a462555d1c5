import type { PollResult } from '../model/poll-result';
import { formatAddress } from '../model/target';
import { followBursts, type LastGrown } from './bursts';
import { detectChanges, isOtherRun, isOtherServer } from './changes';
import { followConditions, type OngoingTroubles } from './conditions';
import type { Draft, NewEvent } from './draft';
import { boundFlood, type ToldByKind } from './flood';
import { fillIn, takeSnapshot, type Snapshot } from './snapshot';
import { formatSpan } from './words';

/** What is remembered of a target from poll to poll. */
export interface Watched {
  /** Another address is another server, though the name is the same. */
  readonly address: string;
  /** Of the last poll that was answered. */
  readonly seen: Snapshot | undefined;
  /** Set while polls fail. */
  readonly outage: { readonly sinceMs: number; readonly code: string } | undefined;
  readonly troubles: OngoingTroubles;
  readonly grown: LastGrown;
  readonly told: ToldByKind;
}

interface Next {
  readonly watched: Watched;
  readonly drafts: readonly Draft[];
}

/**
 * What happened to a target between two polls. Nothing is told of the first poll: what it finds may always have been so.
 * What happened during an outage is told when it is over. `nowMs` becomes the time of the events.
 */
export function detectEvents(
  previous: Watched | undefined,
  result: PollResult,
  nowMs: number
): { readonly watched: Watched; readonly events: readonly NewEvent[] } {
  const address = formatAddress(result.target.address);
  const known = previous?.address === address ? previous : unknownTarget(address);
  const { watched, drafts } = result.failure === undefined ? answered(known, result) : unanswered(known, result);
  const bounded = boundFlood(known.told, drafts, nowMs);
  return {
    watched: { ...watched, told: bounded.told },
    events: bounded.drafts.map(({ startMs = nowMs, ...draft }) => ({
      ...draft,
      timeMs: nowMs,
      ...(startMs < nowMs && { startMs }),
      target: result.target.name,
    })),
  };
}

function unknownTarget(address: string): Watched {
  return { address, seen: undefined, outage: undefined, troubles: new Map(), grown: {}, told: new Map() };
}

function unanswered(known: Watched, { startedAtMs, failure }: PollResult): Next {
  if (known.outage !== undefined) return { watched: known, drafts: [] };
  const code = failure?.code ?? '';
  const watched = { ...known, outage: { sinceMs: startedAtMs, code } };
  if (known.seen === undefined) return { watched, drafts: [] };
  const text = `The server cannot be polled: ${REASONS[code] ?? code}.`;
  return {
    watched,
    drafts: [{ kind: 'target_down', severity: 'critical', text, details: { code } }],
  };
}

function answered(known: Watched, result: PollResult): Next {
  const up = known.outage === undefined ? [] : [targetUp(known, known.outage, result.startedAtMs)];
  // A poll without an INFO that can be read says nothing more than that.
  if (result.facts === undefined) return { watched: { ...known, outage: undefined }, drafts: up };
  const found = takeSnapshot(result, result.facts);
  const step = known.seen && { before: known.seen, after: found };
  const isNew = step === undefined || isOtherServer(step);
  const before = isNew ? undefined : known.seen;
  const after = before === undefined ? found : fillIn(found, before);
  const changes = known.seen === undefined ? [] : detectChanges({ before: known.seen, after });
  const conditions = followConditions(
    isNew ? new Map() : known.troubles,
    before,
    after,
    step !== undefined && isOtherRun(step)
  );
  const bursts = followBursts(isNew ? {} : known.grown, before, after);
  return {
    watched: { ...known, seen: after, outage: undefined, troubles: conditions.ongoing, grown: bursts.last },
    drafts: [...up, ...changes, ...conditions.drafts, ...bursts.drafts],
  };
}

function targetUp({ seen }: Watched, { sinceMs, code }: NonNullable<Watched['outage']>, atMs: number): Draft {
  const span = formatSpan(atMs - sinceMs);
  return {
    kind: 'target_up',
    severity: 'info',
    text:
      seen === undefined
        ? `The server answers; it did not when polling began ${span} ago.`
        : `The server answers again, after ${span}.`,
    details: { code, durationSeconds: `${Math.round((atMs - sinceMs) / 1000)}` },
    startMs: sinceMs,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  refused: 'nothing listens at its address',
  dns: 'its name does not resolve',
  unreachable: 'there is no way to its address',
  tls: 'TLS fails',
  auth: 'it refuses the password',
  no_permission: 'it forbids INFO',
  unknown_command: 'it does not know INFO',
  loading: 'it is loading its data',
  master_down: 'its link to the master is down and it gives no stale data',
  busy: 'a script or function blocks it',
  max_clients: 'it has reached maxclients',
  timeout: 'there was no answer in time',
  closed: 'it closed the connection',
  protocol: 'what answers is not Redis',
  error_reply: 'it answers with an error',
  parse: 'its answer cannot be read',
};
