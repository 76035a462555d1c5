import { writeSync } from 'node:fs';
import { openDiskStore } from '../history/disk-store';
import { storyPoll } from './history-story';

/** Polls without end into the store of the directory given, and says of each poll when it is safe. */
const directory = process.argv[3]!;
let nowMs = 0;
const store = openDiskStore({ directory, retentionMs: Infinity, now: () => nowMs });
const story = storyPoll(store);
for (;;) {
  const { target, atMs, samples, number } = story();
  nowMs = atMs;
  store.append(target, atMs, samples);
  if (number % 7 !== 0) continue;
  store.flush();
  if (store.status().state === 'ok') writeSync(1, `${number}\n`);
}
