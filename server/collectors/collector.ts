import type { Command } from '../model/command';
import type { FamilyDescriptor } from '../model/family';
import type { SampleSink } from '../model/samples';
import type { ServerFacts } from '../model/server-facts';
import type { Replies } from './replies';

/**
 * Turns replies into samples: data and a pure function. It throws when a reply is an error or of an unknown shape;
 * the poller then drops what it gave in this poll and reports the failure, and no other collector notices.
 */
export interface Collector {
  /** The name in configuration, logs, metrics and docs, and of the file. */
  readonly name: string;
  /** What it does, in one line, for people choosing collectors. */
  readonly help: string;
  /** Every family it may give, but for those named after what a server says (`dynamicFamilies`). */
  readonly families: readonly FamilyDescriptor[];
  /** Names of families that are made as fields turn up, as docs/metrics.md shows them: `redis_info_<section>_<field>`. */
  readonly dynamicFamilies?: readonly FamilyDescriptor[];
  /** What it asks such a server; nothing: it has nothing to say of it. INFO is always there and not listed. */
  commands(facts: ServerFacts): readonly Command[];
  /** Whether the server has something for it; absent: always. Where not, the collector is neither run nor reported. */
  applies?(facts: ServerFacts): boolean;
  /**
   * Set where its own commands are dear: they are asked no more often than this, and polls in between give its last
   * samples again. No other collector may ask the same commands.
   */
  readonly everyMs?: number;
  collect(replies: Replies, sink: SampleSink): void;
}
