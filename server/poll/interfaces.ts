import type { Command, ErrorReply, Reply } from '../model/command';
import type { PollResult, TargetState } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import type { Target } from '../model/target';

/** One open, authenticated connection to a target. */
export interface TargetConnection {
  /** How long connecting took: name resolution, TCP, TLS and authentication. */
  readonly connectMs: number;
  /** Sends all commands in one pipelined round trip; a reply or an error for each. Rejects with a TargetError. */
  roundTrip(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]>;
  /** False once the other side or `close` has ended it. */
  readonly isOpen: boolean;
  close(): void;
}

/** Opens a connection; rejects with a TargetError. Aborting `signal` gives up at once. */
export type Connect = (target: Target, signal: AbortSignal) => Promise<TargetConnection>;

/** A Redis that is named in a request. */
export interface AdHocAddress {
  /** Name or IP address in lower case; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Is told of every poll as it ends; must not throw and must not block. */
export type PollListener = (result: PollResult) => void;

/** A moment of a target's past, for the status page. */
export interface PollRecord {
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Absent: it succeeded. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What the status page shows of one target. */
export interface TargetStatus {
  readonly target: Target;
  readonly state: TargetState;
  readonly latest?: PollResult;
  readonly polls: number;
  readonly skippedPolls: number;
  readonly connections: number;
  /** The last few polls, newest first. */
  readonly recentPolls: readonly PollRecord[];
  /** Failures are kept longer, newest first. */
  readonly recentFailures: readonly PollRecord[];
}

/** All targets being polled, as the HTTP side sees them. */
export interface Targets {
  list(): readonly Target[];
  /** By name, or by address in any of the ways a configuration may write it; undefined: not configured. */
  find(nameOrAddress: string): Target | undefined;
  status(name: string): TargetStatus | undefined;
  /**
   * The latest poll if it started at most `maxAgeMs` ago, else a new one shared by everybody who waits. After
   * `deadlineMs` a result without an answer (`redis_up 0`) is given instead. Never rejects.
   */
  poll(name: string, maxAgeMs: number, deadlineMs: number): Promise<PollResult>;
  /** What only the moment of reading can say of a target: the age of its latest answer. */
  freshness(name: string): SampleSet;
  /**
   * Asks a target something besides its polls, in one round trip over the connection its polls use: a reply or an error
   * for each command. Rejects with a TargetError when the target has no connection or does not answer in time.
   */
  ask(name: string, commands: readonly Command[], deadlineMs: number): Promise<readonly (Reply | ErrorReply)[]>;
}
