import type { HistoryReader } from '../history/interfaces';
import type { SampleSet } from '../model/samples';
import { samplesOf, START_MS, type Points } from './history-samples';

const TARGETS = 5;
const SERIES = 30;
const STEP_MS = 3_000;

export interface StoryPoll {
  readonly number: number;
  readonly target: string;
  readonly atMs: number;
  readonly samples: SampleSet;
}

function storyValues(number: number): Record<string, number> {
  const values: Record<string, number> = {};
  for (let series = 0; series < SERIES; series++) {
    // Some series come and go, every other day of the story with other labels.
    if (series % 5 === 4 && (number >> (series % 7)) % 2 === 0) continue;
    const label = series % 11 === 3 ? `/${number >> 10}` : '';
    values[`f${series}${label}`] =
      series % 3 === 0 ? series : series % 3 === 1 ? number * series : ((number * 7) % 101) / 8;
  }
  return values;
}

function pollOf(number: number): StoryPoll {
  const target = `target-${number % TARGETS}`;
  return { number, target, atMs: START_MS + number * STEP_MS, samples: samplesOf(storyValues(number)) };
}

/** Polls of a story that is always the same, one with each call; it goes on where the store's last poll was. */
export function storyPoll(store: HistoryReader): () => StoryPoll {
  const last = Math.max(-1, ...store.targets().map((name) => ((store.latestMs(name) ?? 0) - START_MS) / STEP_MS));
  let number = last + 1;
  return () => pollOf(number++);
}

/** What a store must hold of the story up to a poll. */
export function storyUpTo(lastNumber: number): Points {
  const points: Points = {};
  for (let number = 0; number <= lastNumber; number++) {
    const { target, atMs } = pollOf(number);
    for (const [name, value] of Object.entries(storyValues(number))) {
      (points[`${target} ${name}`] ??= []).push([atMs, value]);
    }
  }
  return points;
}

/** The number of the poll at a time of the story. */
export function storyNumber(atMs: number): number {
  return (atMs - START_MS) / STEP_MS;
}
