import type { Curve, CurveColumn } from '../lib/curve';
import type { Goal, Measurement } from '../lib/measurement';
import type { Section } from '../lib/section';
import { step } from '../lib/step';
import { RECORDED, type ScalingBench } from './bench';
import type { Shape } from './replay';
import { measureSteady, type Fleet, type Steady } from './steady';

type Row = readonly [column: CurveColumn, read: (steady: Steady) => number | undefined];

const CPU: Row = [{ name: 'CPU per second', unit: 'ms' }, (steady) => steady.cpuMsPerSecond];
const MEMORY: Row = [{ name: 'memory', unit: 'MB' }, (steady) => steady.residentMb];
const LAG: Row = [{ name: 'delay of the event loop, p99', unit: 'ms' }, (steady) => steady.lagMs];
const LATE: Row = [{ name: 'poll off its time, p99', unit: 'ms' }, (steady) => steady.lateMs];
const PAGE_TIME: Row = [{ name: 'time of the page of all', unit: 'ms' }, (steady) => steady.pageMs];
const PAGE_SIZE: Row = [{ name: 'its size', unit: 'MB' }, (steady) => steady.pageMb];
const ROWS = [CPU, MEMORY, LAG, LATE, PAGE_TIME, PAGE_SIZE];
/** Of these, the columns that have a picture. */
const DRAWN = [0, 1, 2];

/** What a further target costs must not grow with their number. */
const LINEAR: Goal = { of: 'ratio', is: 'at most', value: 1.25 };

/** Leaves about a hundred series of a server. */
const MOST_OFF = [
  'memory',
  'stats',
  'persistence',
  'replication',
  'latencystats',
  'latency-histogram',
  'commandstats',
  'config',
];

const SERIES: readonly { readonly shape: Shape; readonly switchedOff?: readonly string[] }[] = [
  { shape: { commands: 0, databases: 1, errors: 1 }, switchedOff: MOST_OFF },
  { shape: { commands: 12, databases: 2, errors: 2 } },
  { shape: RECORDED },
  { shape: { commands: 100, databases: 16, errors: 8 } },
];

export async function measureTargets(bench: ScalingBench): Promise<Section> {
  const measured = new Map<number, Steady>();
  for (const group of bench.plan.targets) {
    await step(`${group.join(', ')} targets`, () =>
      Promise.all(
        group.map(async (targets) => measured.set(targets, await measureSteady(bench, { targets, shape: RECORDED })))
      )
    );
  }
  const sizes = [...measured.keys()].toSorted((a, b) => a - b);
  const [most = 0, reference = 0] = [sizes.at(-1), sizes.at(-3)];
  return {
    title: 'Targets',
    text: `
Each of ${measured.get(most)?.seriesPerTarget ?? 0} series, polled every ten seconds and kept in the history; nobody asks for anything but
three pages when the rest is measured. _Off its time_ is by how much the time between two polls of a server differs from ten seconds, as that server
sees it. The goals are about what one target more costs: it must not grow with their number. That of ${most} targets is beside that
of ${reference}.
`,
    rivals: [`at ${reference} targets`],
    curve: curveOf(
      'targets',
      'scaling-targets',
      sizes.map((at) => ({ at, steady: measured.get(at)! }))
    ),
    measurements: [
      linear(
        'CPU per second and target',
        'µs',
        measured,
        most,
        reference,
        (steady, n) => (steady.cpuMsPerSecond / n) * 1000
      ),
      linear('memory per target', 'kB', measured, most, reference, (steady, n) => {
        const one = measured.get(sizes[0] ?? 0)?.residentMb ?? 0;
        return ((steady.residentMb - one) / n) * 1000;
      }),
    ],
  };
}

export async function measureSeries(bench: ScalingBench): Promise<Section> {
  const { seriesTargets: targets } = bench.plan;
  const fleets: readonly Fleet[] = SERIES.map((one) => ({ ...one, targets }));
  const measured = await step('series per target', () =>
    Promise.all(fleets.map((fleet) => measureSteady(bench, fleet)))
  );
  const points = measured.map((steady) => ({ at: steady.seriesPerTarget, steady }));
  return {
    title: 'Series per target',
    text: `
${targets} targets, with more and more commands, databases and kinds of errors; the first with most collectors switched off. All of them
run at the same time, a collector for each.
`,
    rivals: [],
    curve: curveOf('series per target', 'scaling-series', points),
    measurements: [],
  };
}

function curveOf(
  by: string,
  picture: string,
  measured: readonly { readonly at: number; readonly steady: Steady }[]
): Curve {
  return {
    by,
    picture,
    drawn: DRAWN,
    columns: ROWS.map(([column]) => column),
    points: measured.map(({ at, steady }) => ({ at, values: ROWS.map(([, read]) => read(steady)) })),
  };
}

function linear(
  name: string,
  unit: Measurement['unit'],
  measured: ReadonlyMap<number, Steady>,
  most: number,
  reference: number,
  read: (steady: Steady, targets: number) => number
): Measurement {
  const [ours, its] = [measured.get(most), measured.get(reference)];
  if (ours === undefined || its === undefined) throw new Error('a curve needs three sizes');
  return { name, unit, rounds: [{ ours: read(ours, most), its: read(its, reference) }], goals: [LINEAR] };
}
