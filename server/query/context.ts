import type { TargetState } from '../model/poll-result';
import type { FamilyDescriptor } from '../model/family';
import type { HistoryReader } from '../history/interfaces';

/** A configured target, as polls last saw it. */
export interface TargetInfo {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty when it has never answered. */
  readonly role: string;
  readonly state: TargetState;
  readonly intervalMs: number;
}

/** What queries and the catalogue are answered from. */
export interface QueryContext {
  readonly history: HistoryReader;
  readonly targets: () => readonly TargetInfo[];
  /** Those that collectors and polls declare; families made as fields turn up are found in the history. */
  readonly families: readonly FamilyDescriptor[];
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Of a whole request; default 10 s. */
  readonly deadlineMs?: number;
  /** Whether nobody waits for the answer any more; asked now and then. */
  readonly isGivenUp?: () => boolean;
}
