import type { MakePart } from '../lib/part';
import type { Goal, Measurement, Unit } from '../lib/measurement';
import { findTool, versionOf } from '../lib/project';
import type { Section } from '../lib/section';
import { step } from '../lib/step';
import { INTERVAL_MS } from '../scaling/lateness';
import type { SoakPlan } from './bench';
import { BOUNDS, boundOfRise } from './bounds';
import { soak, type Soaked } from './run';
import { growth, risePerHour } from './trend';

const FULL: SoakPlan = {
  seconds: 3600,
  replayed: 192,
  real: 8,
  readEverySeconds: 5,
  pageEverySeconds: 30,
  restartEverySeconds: 5,
  streams: 10,
  streamSeconds: 20,
};
const QUICK: SoakPlan = { ...FULL, seconds: 45, replayed: 8, real: 1, readEverySeconds: 1, pageEverySeconds: 5 };

const INTRO = `
Redis Vitals for an hour, with its defaults, the history among them, while targets restart, hang and drop connections, and readers come and
go. Nothing may grow but the history on disk, and nobody may be given an error.
`;

const method = (plan: SoakPlan): string[] => [
  `${plan.replayed} targets are replayed from a recording, as in the [benchmarks of scale](benchmarks-scaling.md), beside ${plan.real} real Redis servers. Every
  ${plan.restartEverySeconds} s a replayed one is restarted: its connections end, nobody reaches it for 1.5 s, and its counters begin anew; and a real one
  ends all connections or hangs for 8 s.`,
  `Readers, each request over a connection of its own: a dashboard of five queries about all targets every second, a scrape of each target
  every 15 s, tables, events and pages every 3 s, ${plan.streams} streams of ${plan.streamSeconds} s one after the other, and a page of all targets every ${plan.pageEverySeconds} s.`,
  `Memory and descriptors are looked at every ${plan.readEverySeconds} s. The _rise_ is the slope of the line with the least squares through the second half;
  _more at the end_ is the median of the last quarter less that of the second.`,
  `Bounds. Descriptors, sockets, threads: ${BOUNDS.descriptors}, as connections come and go; one that is lost with each restart or stream would be dozens.
  Memory: ${BOUNDS.steadyRiseMb} MB an hour, which is what the blocks of ten minutes leave of waves in a line through half an hour. In the first
  ${BOUNDS.filledSeconds / 60} minutes the history still fills: there it is ${BOUNDS.fillingFactor} × ${BOUNDS.bytesPerSample} bytes a sample more, and ${BOUNDS.startMb} MB in all
  until everything is compiled and allocated: a soak of minutes shows lost descriptors and errors, and only coarse leaks.`,
];

/** An hour in which nothing may grow. */
export const soakPart: MakePart = (workbench, { isQuick, minutes }) => {
  const usual = isQuick ? QUICK : FULL;
  const plan = { ...usual, seconds: minutes === undefined ? usual.seconds : minutes * 60 };
  const redis = findTool('redis-server');
  return {
    title: 'Soak',
    intro: INTRO,
    method: method(plan),
    tools: [['Redis', versionOf(redis, ['--version'], /v=(\S+)/)]],
    measure: async () => {
      const soaked = await step(`soak of ${plan.seconds} s`, () => soak({ ...workbench, plan, redis }));
      return [toSection(plan, soaked)];
    },
  };
};

function toSection({ seconds }: SoakPlan, soaked: Soaked): Section {
  const { targets, seriesPerTarget, errors, answers, restarts } = soaked;
  const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
  const told = [...errors].map(([what, count]) => `\`${what}\`: ${count}`).join(', ');
  return {
    title: `${targets} targets for ${Math.round(seconds / 60)} minutes`,
    text: `
${answers} answers, streams among them, and ${restarts} restarts. ${told === '' ? 'No errors.' : `Errors: ${told}.`}
`,
    rivals: [],
    measurements: [
      row('memory, rise per hour in the second half', 'MB', [risePerHour(soaked.residentMb)], {
        of: 'ours',
        is: 'at most',
        value: boundOfRise(seconds, (targets * seriesPerTarget * 1000) / INTERVAL_MS),
      }),
      row('memory', 'MB', valuesOf(soaked.residentMb)),
      row('JavaScript heap in use', 'MB', valuesOf(soaked.heapMb)),
      row('descriptors, more at the end', '', [growth(soaked.descriptors)], {
        of: 'ours',
        is: 'at most',
        value: BOUNDS.descriptors,
      }),
      row('descriptors', '', valuesOf(soaked.descriptors)),
      row('sockets, more at the end', '', [growth(soaked.sockets)], {
        of: 'ours',
        is: 'at most',
        value: BOUNDS.descriptors,
      }),
      row('threads, more at the end', '', [growth(soaked.threads)], { of: 'ours', is: 'at most', value: 0 }),
      row('delay of the event loop, p99 between two pages', 'ms', soaked.lagMs, {
        of: 'ours',
        is: 'at most',
        value: BOUNDS.lagMs,
      }),
      row('requests that failed', '', [failed], { of: 'ours', is: 'exactly', value: 0 }),
      row('targets down at the end', '', [targets - soaked.targetsUp], { of: 'ours', is: 'exactly', value: 0 }),
    ],
  };
}

function row(name: string, unit: Unit, values: readonly number[], ...goals: Goal[]): Measurement {
  return { name, unit, rounds: values.map((value) => ({ ours: value })), goals };
}

function valuesOf(readings: readonly { readonly value: number }[]): readonly number[] {
  return readings.map(({ value }) => value);
}
