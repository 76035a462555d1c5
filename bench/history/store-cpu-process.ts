import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { POLL_EVERY_MS, polls, sampleCount, type Poll } from './dataset';
import { mixOf, type StoreJob } from './store-job';
import { StoreSink } from './store-sink';

/** So many polls are made, with nothing counted, before they are stored. */
const BATCH_MS = 6 * POLL_EVERY_MS;

/** CPU milliseconds of all threads of this process so far. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Stores a data set and prints the CPU milliseconds that took for each thousand samples. */
async function main(jobFile: string): Promise<void> {
  const job = deserialize(readFileSync(jobFile)) as StoreJob; // written by store-cpu.ts
  const dataset = { ...job, mix: mixOf(job) };
  const openedAt = cpuMs();
  const sink = new StoreSink(dataset, job.directory);
  let usedMs = cpuMs() - openedAt;

  /** Used again and again: what it is made of must not be cleared away at the store's expense. */
  const batch: { -readonly [K in keyof Poll]: Poll[K] }[] = [];
  let size = 0;
  const store = (): void => {
    const before = cpuMs();
    for (let at = 0; at < size; at++) sink.add(batch[at]!);
    usedMs += cpuMs() - before;
    size = 0;
  };
  let batchEndMs = dataset.fromMs + BATCH_MS;
  for (const { target, atMs, values } of polls(dataset)) {
    if (atMs >= batchEndMs) {
      store();
      batchEndMs += BATCH_MS;
    }
    const place = (batch[size++] ??= { target, atMs, values: values.slice() });
    place.target = target;
    place.atMs = atMs;
    place.values.set(values);
  }
  store();
  const closedAt = cpuMs();
  await sink.end();
  usedMs += cpuMs() - closedAt;
  process.stdout.write(`${usedMs / (sampleCount(dataset) / 1000)}\n`);
}

void main(process.argv[2] ?? '');
