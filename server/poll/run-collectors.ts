import type { Collector } from '../collectors/collector';
import { ReplyError, type Replies } from '../collectors/replies';
import type { CollectorFailure } from '../model/poll-result';
import type { RecordedSamples, SampleRecorder } from '../model/sample-recorder';
import { commandFailure, isRefusal } from './reply-failures';
import { self } from './self-families';

/** Of one collector and poll: ten times what the largest servers give. Who gives more makes names up. */
export const MOST_SAMPLES = 100_000;

/** A collector whose commands are not asked again yet. */
export interface RestingCollector {
  /** What it gives meanwhile. */
  readonly samples: RecordedSamples;
  readonly untilMs: number;
}

/**
 * Runs each collector on its own: one that throws loses the samples it gave in this poll and nothing else. Records
 * success and duration of each. Collectors in `resting` give their last samples; those that are to rest from now on
 * are added to it.
 */
export function runCollectors(
  collectors: readonly Collector[],
  replies: Replies,
  recorder: SampleRecorder,
  monotonic: () => number,
  resting = new Map<string, RestingCollector>()
): readonly CollectorFailure[] {
  const failures: CollectorFailure[] = [];
  let startedAt = monotonic();
  for (const collector of collectors) {
    const mark = recorder.mark();
    const label = [collector.name];
    let success = 1;
    try {
      const rest = resting.get(collector.name);
      if (rest === undefined) collector.collect(replies, recorder);
      else recorder.repeat(rest.samples);
      if (recorder.mark() - mark > MOST_SAMPLES) throw new Error(`the server gives more than ${MOST_SAMPLES} samples`);
      if (rest === undefined && collector.everyMs !== undefined) {
        resting.set(collector.name, { samples: recorder.since(mark), untilMs: startedAt + collector.everyMs });
      }
    } catch (error) {
      recorder.rollback(mark);
      failures.push(toFailure(collector.name, error));
      success = 0;
    }
    const endedAt = monotonic();
    recorder.add(self.collectorSuccess, success, label);
    recorder.add(self.collectorDuration, Math.round((endedAt - startedAt) * 1000) / 1e6, label);
    startedAt = endedAt;
  }
  return failures;
}

function toFailure(collector: string, error: unknown): CollectorFailure {
  if (error instanceof ReplyError) {
    const failure = commandFailure(error, collector);
    return { ...failure, collector, off: isRefusal(failure.code) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { collector, code: 'parse', off: false, message: `collector ${collector}: ${message}` };
}
