import type { MakePart } from '../lib/part';
import { findOptionalTool, findTool, versionOf } from '../lib/project';
import { startRedis } from '../lib/redis-server';
import type { Section } from '../lib/section';
import { step } from '../lib/step';
import { sizeText, type HistoryBench, type HistoryPlan, type HistoryTools, type Size } from './bench';
import { measureDisk } from './disk';
import { measureLive } from './live';
import { load, type Loaded } from './load';
import type { Mix } from './mix';
import { measureQueries, QUERIES_TEXT } from './queries';
import { record } from './record';
import { recordedMix, type Recording } from './recorded';
import { measureHistoryStart } from './start';
import { measureStoreCpu } from './store-cpu';
import { syntheticMix } from './synthetic';

const SERVERS = 8;
const WIDE_STEP_MS = 60_000;
const LONG_STEP_MS = 120_000;

const FULL: HistoryPlan = {
  rounds: 5,
  requests: 7,
  recordedPolls: 120,
  wide: { targets: 200, series: 20, hours: 6 },
  long: { targets: 10, series: 60, hours: 24 },
  store: { targets: 500, series: 300, hours: 0.5, runs: 3 },
  start: { targets: 10, series: 300, hours: 7 * 24 },
  live: { targets: 500, hours: 1, warmUpSeconds: 20, seconds: 30 },
};
const QUICK: HistoryPlan = {
  rounds: 2,
  requests: 2,
  recordedPolls: 6,
  wide: { targets: 20, series: 5, hours: 1 },
  long: { targets: 2, series: 10, hours: 2 },
  store: { targets: 20, series: 50, hours: 0.5, runs: 1 },
  start: { targets: 2, series: 20, hours: 6 },
  live: { targets: 20, hours: 0.1, warmUpSeconds: 2, seconds: 4 },
};

const INTRO = `
The history that Redis Vitals keeps, beside Debian's Prometheus and, where it is installed, VictoriaMetrics, with the same
samples, all with their defaults except where it is said. Goals are about Prometheus.
`;

const method = ({ rounds, requests, recordedPolls }: HistoryPlan): string[] => [
  `Each data set is made once and given to all: to our store as the collector does it, poll by poll, written down every two
  seconds of the data's time; to Prometheus by \`promtool tsdb create-blocks-from openmetrics\`, in files of two hours; to
  VictoriaMetrics by \`/api/v1/import/prometheus\`.`,
  `Polls of a target are exactly ten seconds apart, targets evenly spread between them. Real polls are some milliseconds off, which would cost
  Prometheus, with times for each series, more than us, with times for each target.`,
  `*Synthetic*: real metric families of INFO with made-up values. Of the counters 40 % never change, 25 % change once in
  fifty polls, 25 % grow by thousands and 10 % are seconds with six decimals; of the gauges 55 % never change, the others are small
  whole numbers, bytes, and ratios with two decimals. A server restarts twice a day: its counters begin anew.`,
  `*Recorded*: ${recordedPolls} polls of a real Redis server, half a second apart and taken for ten, by the collector's own code, while a client sends
  it now more and now less. Series that were not in all polls are left out; where fewer are wanted, one in every so many is taken. To fill
  hours the recording is repeated: counters go on where they ended, gauges run forwards and backwards in turn, and each
  target begins at another place. VictoriaMetrics compresses its blocks once more, with zstd, which finds these repetitions: what it
  takes on disk for them says nothing about real servers.`,
  `Queries take turns, A B C A B C, ${rounds} rounds of ${requests} requests each over a connection that stays open; the first round is left out. A
  number is the median of the rounds' medians, a *ratio* that of one round, ours divided by Prometheus'; tables give the median of
  the ratios and, as spread, the least and the greatest.`,
  `CPU time is that of all threads of the measured process alone, from the scheduler's own counts; clients' is not in it.`,
];

/** The history beside Prometheus and VictoriaMetrics. */
export const historyPart: MakePart = (workbench, { isQuick }) => {
  const tools: HistoryTools = {
    redis: findTool('redis-server'),
    prometheus: findTool('prometheus'),
    promtool: findTool('promtool'),
    victoriaMetrics: findOptionalTool('victoria-metrics'),
  };
  const plan = isQuick ? QUICK : FULL;
  const bench: HistoryBench = { ...workbench, plan, tools };
  return {
    title: 'Benchmarks of the history',
    intro: INTRO,
    method: method(plan),
    tools: [
      ['Prometheus', versionOf(tools.prometheus, ['--version'], /version (\S+)/)],
      ['VictoriaMetrics', versionOfVictoriaMetrics(tools.victoriaMetrics)],
      ['Redis', versionOf(tools.redis, ['--version'], /v=(\S+)/)],
    ],
    measure: () => measure(bench),
  };
};

async function measure(bench: HistoryBench): Promise<Section[]> {
  const { plan, processes, tools } = bench;
  const { wide, long, recordedPolls } = plan;
  const servers = await Promise.all(Array.from({ length: SERVERS }, () => startRedis(processes, tools.redis, 'few')));
  const loadSet = (size: Size, mix: Mix): Promise<Loaded> =>
    step(`loading ${sizeText(size)}, ${mix.name}`, () => load(bench, mix, size));
  const loadSets = async (mixOf: (size: Size) => Mix): Promise<[Loaded, Loaded]> => [
    await loadSet(wide, mixOf(wide)),
    await loadSet(long, mixOf(long)),
  ];
  const [recording, synthetic] = await Promise.all([
    step('recording, meanwhile', () => record(servers[0]!, recordedPolls)),
    loadSets(({ series }) => syntheticMix(series)),
  ]);
  const recorded = await loadSets(({ series }) => recordedMix(recording, series));
  const sets = [synthetic, recorded];
  const disk = await step('disk, until Prometheus has compacted', () => measureDisk(sets.flat()));
  const wideQueries = {
    title: `1 field × ${wide.targets} targets × ${wide.hours} h, step ${WIDE_STEP_MS / 1000} s`,
    text: QUERIES_TEXT,
  };
  const longQueries = {
    title: `1 field × ${long.targets} targets × ${long.hours} h, step ${LONG_STEP_MS / 1000} s`,
    text: 'Asked and looked at in the same way. Answers of a few milliseconds vary by more than a goal is missed by: see the spread.',
  };
  const ofSize = (index: 0 | 1): Loaded[] => sets.map((ofMix) => ofMix[index]);
  return [
    disk,
    await step('wide queries', () => measureQueries(bench, wideQueries, ofSize(0), WIDE_STEP_MS)),
    await step('long queries', () => measureQueries(bench, longQueries, ofSize(1), LONG_STEP_MS)),
    ...(await measureOurs(bench, recording)),
    await step('many targets live', () => measureLive(bench, servers, recording)),
  ];
}

async function measureOurs(bench: HistoryBench, recording: Recording): Promise<Section[]> {
  return [
    await step('storing', () => measureStoreCpu(bench, recording)),
    await step('start', () => measureHistoryStart(bench)),
  ];
}

function versionOfVictoriaMetrics(program: string | undefined): string {
  // Debian's build does not know its own version.
  return program === undefined ? 'not installed' : versionOf('dpkg-query', ['-W', 'victoria-metrics'], /\t(\S+)/);
}
