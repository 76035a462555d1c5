import type { EventKind, EventSeverity } from '../api/contract';
import type { Draft } from './draft';
import type { MasterLink, Snapshot } from './snapshot';
import { formatSpan } from './words';

/** Something that is wrong for a while. */
interface Trouble {
  /** Tells troubles of one kind apart. */
  readonly subject: string;
  /** `not yet fine` is wrong only if it was fine before. */
  readonly state: 'fine' | 'wrong' | 'not yet fine';
  /** When it began, where the server says so. */
  readonly sinceMs?: number;
  readonly details: Readonly<Record<string, string>>;
}

interface Condition {
  readonly begins: EventKind;
  readonly ends: EventKind;
  readonly severity: EventSeverity;
  /** Each that there may be, wrong or not; one that is not in it any more ends without a word. */
  readonly find: (snapshot: Snapshot) => readonly Trouble[];
  /** A restart of the server makes it right without anything having been repaired. */
  readonly endsWithRun: boolean;
  readonly sayBegins: (trouble: Trouble) => string;
  readonly sayEnds: (trouble: Trouble, after: string) => string;
}

const CONDITIONS: readonly Condition[] = [
  {
    begins: 'link_lost',
    ends: 'link_restored',
    severity: 'warning',
    find: ({ links = [], atMs }) => links.map((link, at) => linkTrouble(link, at, atMs)),
    endsWithRun: false,
    sayBegins: ({ details }) => `The link to the master ${details['master'] ?? ''} is down.`,
    sayEnds: ({ details }, after) => `The link to the master ${details['master'] ?? ''} is up again${after}.`,
  },
  {
    begins: 'save_failed',
    ends: 'save_recovered',
    severity: 'critical',
    find: status('isSaved', 'save'),
    endsWithRun: true,
    sayBegins: () => 'The last RDB save failed; unless stop-writes-on-bgsave-error is off, writes are refused.',
    sayEnds: (_, after) => `An RDB save succeeded again${after}.`,
  },
  {
    begins: 'aof_failed',
    ends: 'aof_recovered',
    severity: 'critical',
    find: status('isAofWritten', 'write'),
    endsWithRun: true,
    sayBegins: () => 'Writing to the append-only file fails: the server may refuse writes.',
    sayEnds: (_, after) => `Writing to the append-only file succeeds again${after}.`,
  },
  {
    begins: 'aof_failed',
    ends: 'aof_recovered',
    severity: 'warning',
    find: status('isAofRewritten', 'rewrite'),
    endsWithRun: true,
    sayBegins: () => 'The last rewrite of the append-only file failed: the file keeps growing.',
    sayEnds: (_, after) => `A rewrite of the append-only file succeeded again${after}.`,
  },
];

/** A trouble that goes on. */
export interface Ongoing {
  /** Undefined: before we looked. */
  readonly sinceMs: number | undefined;
}

/** By condition and subject. */
export type OngoingTroubles = ReadonlyMap<string, Ongoing>;

/** What began and what ended since the poll before. At the first poll nothing has begun: it may always have been so. */
export function followConditions(
  ongoing: OngoingTroubles,
  before: Snapshot | undefined,
  after: Snapshot,
  isOtherRun: boolean
): { readonly ongoing: OngoingTroubles; readonly drafts: readonly Draft[] } {
  const next = new Map<string, Ongoing>();
  const drafts: Draft[] = [];
  CONDITIONS.forEach((condition, row) => {
    const fine = new Set(before === undefined ? [] : fineOf(condition, before));
    for (const trouble of condition.find(after)) {
      const { subject, state, sinceMs } = trouble;
      const key = `${row} ${subject}`;
      const known = ongoing.get(key);
      const wasFine = known === undefined && fine.has(subject);
      if (state === 'fine') {
        const isRepaired = known !== undefined && !(isOtherRun && condition.endsWithRun);
        if (isRepaired) drafts.push(ended(condition, trouble, known, after.atMs));
      } else if (state === 'wrong' || known !== undefined || wasFine) {
        next.set(key, known ?? { sinceMs: sinceMs ?? (wasFine ? after.atMs : undefined) });
        if (wasFine) drafts.push(began(condition, trouble));
      }
    }
  });
  return { ongoing: next, drafts };
}

function fineOf({ find }: Condition, snapshot: Snapshot): readonly string[] {
  return find(snapshot).flatMap(({ subject, state }) => (state === 'fine' ? [subject] : []));
}

function began({ begins, severity, sayBegins }: Condition, trouble: Trouble): Draft {
  const { sinceMs, details } = trouble;
  return {
    kind: begins,
    severity,
    text: sayBegins(trouble),
    details,
    ...(sinceMs !== undefined && { startMs: sinceMs }),
  };
}

function ended({ ends, sayEnds }: Condition, trouble: Trouble, { sinceMs }: Ongoing, atMs: number): Draft {
  const { details } = trouble;
  if (sinceMs === undefined) return { kind: ends, severity: 'info', text: sayEnds(trouble, ''), details };
  const lasted = { durationSeconds: `${Math.round((atMs - sinceMs) / 1000)}` };
  const text = sayEnds(trouble, `, after ${formatSpan(atMs - sinceMs)}`);
  return { kind: ends, severity: 'info', text, details: { ...details, ...lasted }, startMs: sinceMs };
}

/** By its place, as a failover gives it another master. Of a link that never was up, servers do not tell since when. */
function linkTrouble({ master, isUp, downSeconds }: MasterLink, at: number, atMs: number): Trouble {
  const trouble = { subject: `${at}`, details: { master } };
  if (isUp) return { ...trouble, state: 'fine' };
  if (downSeconds === undefined) return { ...trouble, state: 'not yet fine' };
  return { ...trouble, state: 'wrong', sinceMs: atMs - downSeconds * 1000 };
}

/** Of a status that is 1 when all is well; where the server does not tell it, there is nothing. */
function status(name: 'isSaved' | 'isAofWritten' | 'isAofRewritten', what: string): Condition['find'] {
  return ({ numbers }) => {
    const value = numbers[name];
    return value === undefined ? [] : [{ subject: '', state: value === 0 ? 'wrong' : 'fine', details: { what } }];
  };
}
