import type { Goal, Measurement } from '../lib/measurement';
import type { Section } from '../lib/section';
import { RIVALS, sizeText } from './bench';
import { HOUR_MS } from './dataset';
import type { Loaded } from './load';

const GOALS: readonly Goal[] = [
  { of: 'ours', is: 'at most', value: 1 },
  { of: 'ratio', is: 'at most', value: 0.5 },
];

const TEXT = `
Bytes of all files for each sample. Ours: the database once it is closed, its write-ahead log written back and gone; the last
minutes are still in its journal. Prometheus: blocks after it has compacted them, without a write-ahead log.
VictoriaMetrics: parts and index after a forced merge.
`;

export async function measureDisk(sets: readonly Loaded[]): Promise<Section> {
  const measurements: Measurement[] = [];
  for (const { dataset, bytesPerSample } of sets) {
    measurements.push({
      name: `${setName(dataset)}, bytes per sample`,
      unit: 'B',
      rounds: [await bytesPerSample()],
      goals: GOALS,
    });
  }
  return { title: 'On disk', text: TEXT, rivals: RIVALS, measurements };
}

function setName({ mix, targets, fromMs, toMs }: Loaded['dataset']): string {
  const hours = (toMs - fromMs) / HOUR_MS;
  return `${sizeText({ targets: targets.length, series: mix.layout.series.length, hours })}, ${mix.name}`;
}
