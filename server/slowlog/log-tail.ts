import type { LogPosition } from '../history/interfaces';
import type { LoggedCommand } from '../parse/slow-log';
import type { LogReading } from './readings';

/** Entries that may come between a poll and the question that follows it. */
const MARGIN = 16;
/** Asked for at first; most logs hold no more. */
const FIRST_ASK = 128;
/** Never asked for more: what is beyond is lost. */
export const MOST_ASKED = 1024;
/** A log that looks unchanged, but does not tell the id of its newest entry, is looked into this often. */
const PROBE_MS = 60_000;

/** What a reply has that was not known yet. */
export interface Tail {
  /** Oldest first. */
  readonly entries: readonly LoggedCommand[];
  /** The server's run; another for ids that begin anew though the server calls it the same run. */
  readonly runId: string;
  /** Entries that came and went unseen: pushed out by newer ones, or gone with a RESET. Not known of a new run. */
  readonly lost: number;
}

/** Follows one log of one target: what of it is known, and what to ask for. */
export class LogTail {
  private known: Pick<LogPosition, 'runId' | 'id' | 'timeMs'> | undefined;
  private length: number | undefined;
  private readAtMs = -Infinity;

  /** `known` is the newest entry that is kept already. */
  constructor(known?: LogPosition) {
    this.known = known;
  }

  /** How many of the newest entries to ask for after a poll; 0: nothing is new. */
  countToAsk(reading: LogReading, runId: string, nowMs: number): number {
    const { length, lastId } = reading;
    if (length === 0) this.length = length;
    if (length === 0 || !this.mayHaveNew(reading, runId, nowMs)) return 0;
    const known = this.knownOf(runId);
    const expected = known === undefined || lastId === undefined || lastId < known.id ? length : lastId - known.id;
    return Math.min(expected + MARGIN, FIRST_ASK);
  }

  /** Takes in the reply to a question for `asked` entries; a number instead: ask again, for so many. */
  take(
    entries: readonly LoggedCommand[],
    asked: number,
    { length }: LogReading,
    runId: string,
    nowMs: number
  ): Tail | number {
    const known = this.knownOf(runId);
    const isNewRun = known === undefined || beginsAnew(entries, known);
    const firstNew = isNewRun ? 0 : known.id + 1;
    const fresh = entries.filter(({ id }) => id >= firstNew).sort((a, b) => a.id - b.id);
    const missing = fresh.length === 0 ? 0 : (fresh[0]?.id ?? 0) - firstNew;
    if (missing > 0 && entries.length >= asked && asked < MOST_ASKED) return MOST_ASKED;
    const newest = fresh.at(-1);
    const run = known === undefined ? runId : isNewRun ? runAfter(known.runId) : known.runId;
    if (newest !== undefined) this.known = { runId: run, id: newest.id, timeMs: newest.timeMs };
    this.length = length;
    this.readAtMs = nowMs;
    return { entries: fresh, runId: run, lost: isNewRun ? 0 : missing };
  }

  private mayHaveNew({ length, lastId, mostEntries = 0 }: LogReading, runId: string, nowMs: number): boolean {
    const known = this.knownOf(runId);
    if (known === undefined) return true;
    if (lastId !== undefined) return lastId !== known.id;
    return length !== this.length || length >= mostEntries || nowMs - this.readAtMs >= PROBE_MS;
  }

  private knownOf(runId: string): LogTail['known'] {
    return this.known !== undefined && nameOf(this.known.runId) === runId ? this.known : undefined;
  }
}

/** Ids begin with 0 when the server starts, and never again in its run. */
function beginsAnew(
  entries: readonly LoggedCommand[],
  known: { readonly id: number; readonly timeMs: number }
): boolean {
  const newest = Math.max(...entries.map(({ id }) => id));
  const another = entries.some(({ id, timeMs }) => id === known.id && timeMs !== known.timeMs);
  return entries.length > 0 && (newest < known.id || another);
}

/** A run id as the server has it. */
function nameOf(runId: string): string {
  return runId.split('#', 1)[0] ?? '';
}

/** A name for what a server does not tell from its run before. */
function runAfter(runId: string): string {
  return `${nameOf(runId)}#${Number(runId.split('#')[1] ?? 0) + 1}`;
}
