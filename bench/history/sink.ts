import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../lib/progress';
import { polls, type Dataset, type Poll } from './dataset';

/** Takes in the polls of a data set. */
export interface Sink {
  add(poll: Poll): void;
  /** Resolves when it can take in more. */
  drained(): Promise<void>;
  /** Resolves when it has everything. */
  end(): Promise<void>;
}

/** Polls between two looks at whether the sinks can take in more, and whatever else there is to do. */
const BATCH = 200;

/** Makes the polls once and gives them to all sinks. */
export async function fill(dataset: Dataset, sinks: readonly Sink[], progress: Progress): Promise<void> {
  const { fromMs, toMs } = dataset;
  let count = 0;
  for (const poll of polls(dataset)) {
    for (const sink of sinks) sink.add(poll);
    if (++count % BATCH > 0) continue;
    progress.show((poll.atMs - fromMs) / (toMs - fromMs));
    await setImmediate();
    await Promise.all(sinks.map((sink) => sink.drained()));
  }
  await Promise.all(sinks.map((sink) => sink.end()));
}
