import { join } from 'node:path';
import { compare, type Goal } from '../lib/measurement';
import { Progress } from '../lib/progress';
import { alternate } from '../lib/rounds';
import { removeDirectory, temporaryDirectory } from '../lib/scratch';
import type { Section } from '../lib/section';
import { sizeText, type HistoryBench } from './bench';
import { HOUR_MS, targetNames, type Dataset } from './dataset';
import { startOurHistory } from './our-history';
import { queryOf } from './queries';
import { fill } from './sink';
import { StoreSink } from './store-sink';
import { syntheticMix } from './synthetic';

const STEP_MS = 60_000;
const GOAL: Goal = { of: 'ours', is: 'at most', value: 150 };

/** How much longer a start takes with a history than without one. */
export async function measureHistoryStart(bench: HistoryBench): Promise<Section> {
  const { plan } = bench;
  const { targets, series, hours } = plan.start;
  const directory = temporaryDirectory();
  const toMs = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  const dataset: Dataset = {
    mix: syntheticMix(series),
    targets: targetNames(targets),
    fromMs: toMs - hours * HOUR_MS,
    toMs,
  };
  const stored = join(directory, 'stored');
  await fill(dataset, [new StoreSink(dataset, stored)], new Progress('storing for the start'));

  const query = queryOf({ ...dataset, fromMs: toMs - HOUR_MS }, 'avg', STEP_MS);
  const timed = async (data: string, expected: number): Promise<number> => {
    const side = await startOurHistory(bench, data, dataset, query, expected);
    await side.end();
    return side.readyMs;
  };
  let empty = 0;
  const rounds = await alternate(
    { stored: () => timed(stored, targets), empty: () => timed(join(directory, `empty-${empty++}`), 0) },
    plan.rounds
  );
  removeDirectory(directory);
  const differences = rounds.map((round) => ({ ours: round.stored - round.empty }));
  return {
    title: 'Start',
    text: `
From the start of the process until it has answered a query for the last hour of one field of all targets, with
${sizeText(plan.start)} in its directory, and with an empty one.
`,
    rivals: [],
    measurements: [
      compare(
        'first answer, with the history',
        'ms',
        rounds.map(({ stored: ours }) => ({ ours })),
        (ms) => ms
      ),
      compare(
        'first answer, empty directory',
        'ms',
        rounds.map(({ empty: ours }) => ({ ours })),
        (ms) => ms
      ),
      compare('what the history adds', 'ms', differences, (ms) => ms, GOAL),
    ],
  };
}
