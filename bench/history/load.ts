import { join } from 'node:path';
import type { Round } from '../lib/measurement';
import { Progress } from '../lib/progress';
import { temporaryDirectory } from '../lib/scratch';
import type { Side } from '../lib/side';
import type { HistoryBench, Size } from './bench';
import { bytesBelow } from './bytes';
import { HOUR_MS, sampleCount, targetNames, type Dataset } from './dataset';
import type { Mix } from './mix';
import { blockBytes, blocksCompacted, PrometheusSink, startPrometheus } from './prometheus';
import { fill } from './sink';
import { StoreSink } from './store-sink';
import { startVictoriaMetrics, victoriaMetricsBytes, VictoriaMetricsSink } from './victoria-metrics';

/** Of the blocks Prometheus makes of its first ones. */
const ALIGNMENT_MS = 6 * HOUR_MS;
/** Prometheus is given a little behind the data, which is not to be in the future. */
const BEHIND_MS = 4 * HOUR_MS;

/** A data set in all stores; those of the others are open. */
export interface Loaded {
  readonly dataset: Dataset;
  /** Our store, closed. */
  readonly directory: string;
  readonly its: Side;
  readonly other?: Side;
  /** Bytes per sample on disk; of Prometheus once its blocks are compacted. */
  readonly bytesPerSample: () => Promise<Round>;
}

/** Makes a data set that ended some hours ago, and imports it. */
export async function load(bench: HistoryBench, mix: Mix, size: Size): Promise<Loaded> {
  const { processes, tools } = bench;
  const toMs = Math.floor((Date.now() - BEHIND_MS) / ALIGNMENT_MS) * ALIGNMENT_MS;
  const dataset = { mix, targets: targetNames(size.targets), fromMs: toMs - size.hours * HOUR_MS, toMs };
  const directory = temporaryDirectory();
  const paths = { ours: join(directory, 'ours'), its: join(directory, 'its'), other: join(directory, 'other') };
  const { victoriaMetrics } = tools;
  const other = victoriaMetrics && (await startVictoriaMetrics(processes, victoriaMetrics, paths.other));
  const sinks = [
    new StoreSink(dataset, paths.ours),
    new PrometheusSink(bench, dataset, paths.its),
    ...(other ? [new VictoriaMetricsSink(dataset, other.url)] : []),
  ];
  await fill(dataset, sinks, new Progress('loading'));
  const its = await startPrometheus(processes, tools.prometheus, paths.its);
  const perSample = (bytes: number): number => bytes / sampleCount(dataset);
  const ours = perSample(bytesBelow(paths.ours)); // before anybody opens it
  return {
    dataset,
    directory: paths.ours,
    its,
    ...(other && { other }),
    bytesPerSample: async () => {
      await blocksCompacted(paths.its, dataset);
      const ofIts = perSample(blockBytes(paths.its));
      return { ours, its: ofIts, ...(other && { other: perSample(victoriaMetricsBytes(paths.other)) }) };
    },
  };
}
