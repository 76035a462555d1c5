import type { EventKind } from '../api/contract';
import type { Draft } from './draft';
import { formatCount } from './words';

/** Of one kind and target at most so many are told in so long. */
const MOST = 20;
const WINDOW_MS = 10 * 60_000;

/** What ends what: an end is told exactly when its beginning was. */
const BEGINNING_OF: Readonly<Partial<Record<EventKind, EventKind>>> = {
  target_up: 'target_down',
  link_restored: 'link_lost',
  save_recovered: 'save_failed',
  aof_recovered: 'aof_failed',
};

interface Told {
  /** Times of the last ones. */
  readonly atMs: readonly number[];
  /** Left out since the last that was told. */
  readonly leftOut: number;
}

export type ToldByKind = ReadonlyMap<EventKind, Told>;

const NONE: Told = { atMs: [], leftOut: 0 };

/** Lets events through unless too many of their kind have come: a flapping target must not drown the others. */
export function boundFlood(
  told: ToldByKind,
  drafts: readonly Draft[],
  nowMs: number
): { readonly told: ToldByKind; readonly drafts: readonly Draft[] } {
  if (drafts.length === 0) return { told, drafts };
  const next = new Map(told);
  const passed = drafts.flatMap((draft): Draft[] => {
    const beginning = BEGINNING_OF[draft.kind];
    if (beginning !== undefined) return (next.get(beginning) ?? NONE).leftOut > 0 ? [] : [draft];
    const { atMs, leftOut } = next.get(draft.kind) ?? NONE;
    const recent = atMs.filter((one) => Math.abs(nowMs - one) < WINDOW_MS);
    const passes = recent.length < MOST;
    next.set(draft.kind, { atMs: passes ? [...recent, nowMs] : recent, leftOut: passes ? 0 : leftOut + 1 });
    return passes ? [withNotes(draft, leftOut, recent.length === MOST - 1)] : [];
  });
  return { told: next, drafts: passed };
}

/** Still one sentence. */
function withNotes(draft: Draft, leftOut: number, isLast: boolean): Draft {
  const before = `; ${formatCount(leftOut, 'event')} of this kind before it ${leftOut === 1 ? 'was' : 'were'} left out`;
  const after = '; it happens too often, and more of this kind are left out for some minutes';
  const notes = `${leftOut > 0 ? before : ''}${isLast ? after : ''}`;
  if (notes === '') return draft;
  const details = { ...draft.details, ...(leftOut > 0 && { leftOut: `${leftOut}` }) };
  return { ...draft, text: draft.text.replace(/\.$/, `${notes}.`), details };
}
