import type { HistoryReader, HistoryWriter, LogBook } from './interfaces';

/** Samples, slow-log entries and events: everything with a past. */
export interface Store extends HistoryWriter, HistoryReader {
  readonly log: LogBook;
  status(): StoreStatus;
}

/** Why a sample was not taken in. */
export type RefusalReason =
  /** Its time is not after that of the target's last poll, by up to a minute. */
  | 'time_went_back'
  /** More than a day ahead of our own clock. */
  | 'time_in_future'
  /** A time that keys cannot express: before 2020 or after 2039. */
  | 'time_out_of_range'
  | 'too_many_targets'
  | 'too_many_series'
  /** The clock was set back over the same ten minutes again and again. */
  | 'too_many_parts'
  /** The disk could not be written for so long that the oldest samples in memory had to go. */
  | 'given_up';

export interface StoreStatus {
  /** `degraded`: the disk cannot be written, and samples are kept in memory meanwhile; or a part of it cannot be read. */
  readonly state: 'ok' | 'degraded';
  /** Of `degraded`: what is wrong and what to do. */
  readonly problem?: string;
  /** Absent: it is kept in memory. */
  readonly directory?: string;
  readonly retentionMs: number;
  /** Of a store in memory: the bytes its blocks take there. */
  readonly diskBytes: number;
  /** Series of all targets, within retention. */
  readonly series: number;
  /** Since the store was opened; of one on disk, those that are there. */
  readonly samplesStored: number;
  /** Since the store was opened, by reason. */
  readonly samplesRefused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** Taken in, but not yet safe on disk. */
  readonly pendingSamples: number;
  /** Start of the oldest ten minutes of which there are samples. */
  readonly oldestMs?: number;
}

export interface StoreOptions {
  readonly retentionMs: number;
  /** Of the file, or of the blocks in memory; the oldest samples go first. */
  readonly maxBytes?: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}
