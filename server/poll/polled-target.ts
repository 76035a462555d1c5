import { TargetError } from '../errors';
import type { Command, ErrorReply, Reply } from '../model/command';
import type { PollResult } from '../model/poll-result';
import { SampleRecorder } from '../model/sample-recorder';
import type { SampleSet } from '../model/samples';
import { formatAddress, type Target } from '../model/target';
import type { Clock } from '../util/clock';
import { self } from './self-families';
import { recordDown, toSeconds } from './self-samples';
import { TargetPoller, type PollerParts } from './target-poller';

/** What there is to say of a target that has gone since it was polled. */
export const NO_SAMPLES = new SampleRecorder().finish();

/** A target's poller as readers use it. */
export class PolledTarget {
  readonly poller: TargetPoller;
  private readonly clock: Clock;
  /** Keeps its layout from reading to reading. */
  private readonly recorder = new SampleRecorder();

  constructor(target: Target, parts: PollerParts) {
    this.poller = new TargetPoller(target, parts);
    this.clock = parts.clock;
  }

  /** As `Targets.poll`. */
  poll(maxAgeMs: number, deadlineMs: number): Promise<PollResult> {
    const ready = this.poller.ready(maxAgeMs);
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve) => {
      const cancel = this.clock.after(deadlineMs, () => resolve(this.lateResult(deadlineMs)));
      void this.poller.fresh(maxAgeMs).then((result) => {
        cancel();
        resolve(result);
      });
    });
  }

  /** As `Targets.ask`. */
  ask(commands: readonly Command[], deadlineMs: number): Promise<readonly (Reply | ErrorReply)[]> {
    return new Promise((resolve, reject) => {
      const where = formatAddress(this.poller.target.address);
      const late = (): void => reject(new TargetError('timeout', `${where}: no answer within ${deadlineMs} ms`));
      // When this process was held up itself, timers come before what has arrived meanwhile: that is read first.
      const cancel = this.clock.after(deadlineMs, () => setImmediate(late));
      this.poller.ask(commands).then(resolve, reject).finally(cancel);
    });
  }

  /** As `Targets.freshness`. */
  freshness(): SampleSet {
    const ageMs = this.poller.ageMs();
    if (ageMs !== undefined) this.recorder.add(self.snapshotAge, toSeconds(ageMs));
    return this.recorder.finish();
  }

  /** What a reader with a shorter deadline than the poll is given; the poll goes on. */
  private lateResult(deadlineMs: number): PollResult {
    const { target, counters } = this.poller;
    const where = formatAddress(target.address);
    const failure = { code: 'timeout', message: `${where}: no answer within the reader's ${deadlineMs} ms` } as const;
    const recorder = new SampleRecorder();
    recordDown(recorder, counters, deadlineMs, failure);
    const startedAtMs = this.clock.now() - deadlineMs;
    return { target, startedAtMs, durationMs: deadlineMs, failure, collectorFailures: [], samples: recorder.finish() };
  }
}
