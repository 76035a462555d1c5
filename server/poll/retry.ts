import type { Failure, FailureCode } from '../model/poll-result';
import { backoffMs, LONGEST_MS } from '../util/backoff';
import type { Clock } from '../util/clock';

/** Failures that last until somebody changes something: trying again soon would only fill the server's log. */
const LASTING: ReadonlySet<FailureCode> = new Set(['auth', 'no_permission', 'unknown_command']);

/** Says when a target that failed may be connected to again. */
export class Retry {
  private readonly clock: Clock;
  private readonly random: () => number;
  private failures = 0;
  private last: Failure | undefined;
  private nextAtMs = -Infinity;

  constructor(clock: Clock, random: () => number) {
    this.clock = clock;
    this.random = random;
  }

  /** The failure to wait after; undefined: it may be tried. */
  get waitsFor(): Failure | undefined {
    return this.clock.monotonic() < this.nextAtMs ? this.last : undefined;
  }

  failed(failure: Failure): void {
    this.last = failure;
    const waitMs = LASTING.has(failure.code) ? LONGEST_MS : backoffMs(++this.failures, this.random());
    this.nextAtMs = this.clock.monotonic() + waitMs;
  }

  succeeded(): void {
    this.failures = 0;
    this.nextAtMs = -Infinity;
  }
}
