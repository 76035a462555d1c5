import type { SampleSet } from './samples';
import type { ServerFacts } from './server-facts';
import type { Target } from './target';

/** Why a poll or a collector failed: a stable word, safe as a label value. */
export type FailureCode =
  | 'refused' // nobody listens there
  | 'dns' // the name does not resolve
  | 'unreachable' // no route, or the socket file is missing or forbidden
  | 'tls' // handshake or certificate
  | 'auth' // NOAUTH, WRONGPASS, or a password that cannot be read
  | 'no_permission' // NOPERM
  | 'unknown_command'
  | 'loading' // LOADING: the dataset is being read into memory
  | 'master_down' // MASTERDOWN
  | 'busy' // BUSY: a script or function blocks the server
  | 'max_clients' // the server refused the connection: maxclients reached
  | 'timeout' // no whole answer within the deadline
  | 'closed' // the connection was closed or reset
  | 'protocol' // what came back is not Redis
  | 'error_reply' // any other error reply
  | 'parse'; // a reply of an unknown shape

/** What failed and what to do about it, in one sentence, without secrets. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
}

export interface CollectorFailure extends Failure {
  readonly collector: string;
  /** True when the server will refuse again (NOPERM, unknown command): the collector is off until it is tried anew. */
  readonly off: boolean;
}

/** The outcome of one poll of one target; failing is an outcome, too. */
export interface PollResult {
  readonly target: Target;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Absent: the server answered. */
  readonly failure?: Failure;
  /** Of the last answer; absent as long as there was none. */
  readonly facts?: ServerFacts;
  readonly collectorFailures: readonly CollectorFailure[];
  readonly samples: SampleSet;
}

/** `waiting` before the first poll has ended. */
export type TargetState = 'waiting' | 'up' | 'down';

/** What the latest poll makes of a target. */
export function targetState(latest: PollResult | undefined): TargetState {
  if (latest === undefined) return 'waiting';
  return latest.failure === undefined ? 'up' : 'down';
}
