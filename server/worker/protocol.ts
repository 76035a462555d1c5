import type { LogEntry, LogPosition, Selection, StoredEvent } from '../history/interfaces';
import type { HistoryStatus } from '../api/contract';
import type { FamilyDescriptor } from '../model/family';
import type { SamplePart } from '../model/samples';
import type { TargetInfo } from '../query/context';

/** What the history is opened with. */
export interface HistoryOptions {
  readonly directory: string;
  readonly retentionMs: number;
  readonly maxBytes?: number;
  readonly synchronous: 'normal' | 'full';
  /** Of all collectors and of polling itself, for the catalogue. */
  readonly families: readonly FamilyDescriptor[];
}

/** What the history's thread is started with. */
export interface ThreadOptions extends HistoryOptions {
  /** In shared memory: not 0 when the thread is to give up the question it is at. */
  readonly giveUp: Int32Array;
}

/** The series of a poll; polls name it by number. */
export interface LayoutMessage {
  readonly type: 'layout';
  readonly layout: number;
  readonly families: readonly FamilyDescriptor[];
  readonly series: readonly {
    readonly family: number;
    readonly part: SamplePart;
    readonly labels: readonly string[];
  }[];
}

export interface PollMessage {
  readonly type: 'poll';
  readonly target: string;
  readonly atMs: number;
  readonly layout: number;
  readonly values: Float64Array;
}

/** What the thread is told, several at a time; in order. */
export type ToThread =
  | LayoutMessage
  /** No poll will name the layout any more. */
  | { readonly type: 'forget'; readonly layout: number }
  | PollMessage
  /** The targets that are configured now. */
  | { readonly type: 'targets'; readonly targets: readonly TargetInfo[] }
  /** One of them has changed. */
  | { readonly type: 'target'; readonly target: TargetInfo }
  | { readonly type: 'entries'; readonly entries: readonly LogEntry[] }
  | { readonly type: 'events'; readonly events: readonly Omit<StoredEvent, 'id'>[] }
  | { readonly type: 'request'; readonly id: number; readonly route: Route; readonly body: Uint8Array }
  | { readonly type: 'read-entries'; readonly id: number; readonly selection: Selection }
  /** Writes everything and ends the thread. */
  | { readonly type: 'close' };

export type Route = 'query' | 'events' | 'catalog';

/** A response of the JSON API, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

export type FromThread =
  /** The store is open, or is kept in memory until it can be. */
  | { readonly type: 'ready'; readonly positions: readonly LogPosition[] }
  /** The store cannot be used, and waiting would not help. */
  | { readonly type: 'refused'; readonly message: string }
  /** Something went wrong that nobody expected; the thread goes on. */
  | { readonly type: 'failed'; readonly what: string; readonly stack: string }
  | { readonly type: 'status'; readonly status: HistoryStatus }
  | ({ readonly type: 'answer'; readonly id: number } & RawAnswer)
  | { readonly type: 'entries'; readonly id: number; readonly entries: readonly LogEntry[] };
