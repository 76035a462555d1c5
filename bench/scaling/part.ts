import type { MakePart } from '../lib/part';
import { findTool, versionOf } from '../lib/project';
import type { ScalingPlan } from './bench';
import { measureSeries, measureTargets } from './curves';
import { measureReaders } from './readers';

const FULL: ScalingPlan = {
  targets: [[1, 10, 100], [500], [1000]],
  seriesTargets: 50,
  warmUpSeconds: 15,
  seconds: 25,
  lagSeconds: 8,
  readers: { targets: 100, series: 300, hours: 1, connections: [1, 10, 50, 100, 200], seconds: 5 },
};
const QUICK: ScalingPlan = {
  targets: [[1, 2], [4], [8]],
  seriesTargets: 2,
  warmUpSeconds: 1,
  seconds: 11,
  lagSeconds: 1,
  readers: { targets: 5, series: 20, hours: 0.1, connections: [1, 4], seconds: 1 },
};

const INTRO = `
How the collector's costs grow with targets, series and readers, with its defaults, the history among them. What follows for thousands of
targets is in [scaling.md](scaling.md).
`;

const method = ({ warmUpSeconds, seconds, lagSeconds }: ScalingPlan): string[] => [
  `The servers are **not real**: one process, whose CPU time is not counted, answers on a port for each of them with the recorded replies
  of a Redis 7.2 with two replicas. Counters, memory and clients go on from there, at other speeds for each server, and so do histograms.
  A thousand real servers would not fit into the machine.`,
  `After ${warmUpSeconds} s, in which all have been polled, CPU time and the greatest memory are those of ${seconds} s. Memory goes on
  growing for some minutes, until the first ten minutes are in blocks of the history: see the soak.`,
  `CPU time is that of all threads of the collector, from the scheduler's own counts (\`/proc/<pid>/task/*/schedstat\`). The delay of the event
  loop is its own metric, \`nodejs_eventloop_lag_p99_seconds\`, of ${lagSeconds} s between two pages.`,
  `Small fleets and those of different servers are measured at the same time, a collector for each; the large ones alone.
  Readers are connections of \`wrk\`.`,
];

/** What a collector costs the more it has to do. */
export const scalingPart: MakePart = (workbench, { isQuick }) => {
  const plan = isQuick ? QUICK : FULL;
  const wrk = findTool('wrk');
  const bench = { ...workbench, plan, wrk };
  return {
    title: 'Benchmarks of scale',
    intro: INTRO,
    method: method(plan),
    tools: [['wrk', versionOf(wrk, ['-v'], /^wrk (\S+)/)]],
    measure: async () => [await measureTargets(bench), await measureSeries(bench), ...(await measureReaders(bench))],
  };
};
