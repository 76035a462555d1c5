import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { Goal, Measurement, Round } from '../lib/measurement';
import { START_ARGS } from '../lib/project';
import { removeDirectory, temporaryDirectory } from '../lib/scratch';
import type { Section } from '../lib/section';
import { sizeText, type HistoryBench } from './bench';
import { HOUR_MS, POLL_EVERY_MS, targetNames } from './dataset';
import type { Recording } from './recorded';
import type { StoreJob } from './store-job';

const PROGRAM = join(__dirname, 'store-cpu-process.js');
const GOAL: Goal = { of: 'ours', is: 'at most', value: 0.1 };

export async function measureStoreCpu(bench: HistoryBench, recording: Recording): Promise<Section> {
  const { store } = bench.plan;
  const measureMix = async (mix: string, ofMix: Pick<StoreJob, 'recording'>): Promise<Measurement> => {
    const rounds: Round[] = [];
    while (rounds.length < store.runs) rounds.push({ ours: await run(bench, ofMix) });
    return { name: `CPU per 1000 samples, ${mix}`, unit: 'ms', rounds, goals: [GOAL] };
  };
  return {
    title: 'Storing',
    text: `
All that the store does with ${sizeText(store)}, in a process of its own: opening, taking in each poll, writing
down every two seconds of the data's time, closing. Making the values is not counted; ${store.runs} processes, one after another.
`,
    rivals: [],
    measurements: [await measureMix('synthetic', {}), await measureMix('recorded', { recording })],
  };
}

async function run({ plan, processes, watch }: HistoryBench, ofMix: Pick<StoreJob, 'recording'>): Promise<number> {
  const { targets, series, hours } = plan.store;
  const directory = temporaryDirectory();
  const jobFile = join(directory, 'job');
  const toMs = Math.floor(Date.now() / POLL_EVERY_MS) * POLL_EVERY_MS;
  const job: StoreJob = {
    ...ofMix,
    series,
    targets: targetNames(targets),
    fromMs: toMs - hours * HOUR_MS,
    toMs,
    directory: join(directory, 'data'),
  };
  writeFileSync(jobFile, serialize(job));
  const child = processes.start(process.execPath, [...START_ARGS.slice(0, -1), PROGRAM, jobFile]);
  const code = await watch.during(() => child.exit);
  removeDirectory(directory);
  const printed = Number(child.output().trim().split('\n').at(-1));
  if (code !== 0 || !(printed > 0)) throw new Error(`storing failed:\n${child.output()}`);
  return printed;
}
