import type { CollectorFailure, Failure, PollResult } from '../model/poll-result';
import type { SampleSink } from '../model/samples';
import type { PollRecord } from './interfaces';
import { self } from './self-families';

const POLLS_KEPT = 20;
const FAILURES_KEPT = 50;

/** What is counted of one target's polls over the life of the process. */
export class PollCounters {
  polls = 0;
  failed = 0;
  skipped = 0;
  connections = 0;
  connectFailures = 0;
  /** Commands of the last poll. */
  commands = 0;
  /** Newest first. */
  readonly recentPolls: PollRecord[] = [];
  readonly recentFailures: PollRecord[] = [];

  note({ startedAtMs, durationMs, failure }: PollResult): void {
    const record = { startedAtMs, durationMs, ...(failure !== undefined && { failure }) };
    this.recentPolls.unshift(record);
    this.recentPolls.length = Math.min(this.recentPolls.length, POLLS_KEPT);
    if (failure === undefined) return;
    this.recentFailures.unshift(record);
    this.recentFailures.length = Math.min(this.recentFailures.length, FAILURES_KEPT);
  }
}

/** The samples about a poll that got an answer. */
export function recordUp(
  sink: SampleSink,
  counters: PollCounters,
  durationMs: number,
  connectMs: number,
  failures: readonly CollectorFailure[]
): void {
  sink.add(self.up, 1);
  sink.add(self.lastScrapeError, 0, ['']);
  sink.add(self.lastConnectTime, toSeconds(connectMs));
  sink.add(self.keyGroupsDuration, 0);
  for (const { collector, off, code } of failures) if (off) sink.add(self.collectorOff, 1, [collector, code]);
  recordCounters(sink, counters, durationMs);
}

/** The samples about a poll that got none. */
export function recordDown(sink: SampleSink, counters: PollCounters, durationMs: number, { code }: Failure): void {
  sink.add(self.up, 0);
  sink.add(self.lastScrapeError, 1, [code]);
  sink.add(self.lastConnectTime, 0);
  sink.add(self.keyGroupsDuration, 0);
  recordCounters(sink, counters, durationMs);
}

function recordCounters(sink: SampleSink, counters: PollCounters, durationMs: number): void {
  sink.add(self.lastScrapeDuration, toSeconds(durationMs));
  sink.add(self.pollDuration, toSeconds(durationMs));
  sink.add(self.polls, counters.polls);
  sink.add(self.failedPolls, counters.failed);
  sink.add(self.skippedPolls, counters.skipped);
  sink.add(self.connections, counters.connections);
  sink.add(self.connectFailures, counters.connectFailures);
  sink.add(self.commands, counters.commands);
}

/** Seconds from milliseconds, to the microsecond. */
export function toSeconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6;
}
