import {
  applyFieldOverrides,
  createTheme,
  getFieldDisplayName,
  outerJoinDataFrames,
  type DataFrame,
} from '@grafana/data';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CatalogAnswer, QueryAnswer, QuerySuccess } from '../../server/api/contract';
import type { LoadWatch } from '../lib/load-watch';
import { compare, type Goal } from '../lib/measurement';
import type { Section } from '../lib/section';
import type { MetricsFrames, MetricsQuery } from './plugin-code';

interface FramesBench {
  readonly queries: readonly MetricsQuery[];
  readonly json: string;
  readonly catalog: CatalogAnswer;
  readonly metricsFrames: MetricsFrames;
  readonly rounds: number;
  readonly watch: LoadWatch;
}

interface FramesRound {
  readonly parseMs: number;
  readonly framesMs: number;
  readonly wide: PanelRound;
  readonly many: PanelRound;
}

interface PanelRound {
  readonly settingsMs: number;
  readonly joinMs: number;
}

const GOAL: Goal = { of: 'ours', is: 'at most', value: 150 };

export async function measureFrames(bench: FramesBench): Promise<Section[]> {
  const [first, ...rounds] = await bench.watch.during(async () => {
    const all: FramesRound[] = [];
    while (all.length < bench.rounds) all.push(await round(bench));
    return all;
  });
  const row = (name: string, read: (one: FramesRound) => number, ...goals: Goal[]) =>
    compare(
      name,
      'ms',
      rounds.map((ours) => ({ ours })),
      read,
      ...goals
    );
  const both = ({ parseMs, framesMs }: FramesRound) => parseMs + framesMs;
  return [
    {
      title: 'From the answer to frames',
      text: `
The goal is about the frames, which take the answer's arrays as they are. Reading the JSON before that is Grafana's, and takes
most of the time.
`,
      rivals: [],
      measurements: [
        row('`JSON.parse` of the answer', ({ parseMs }) => parseMs),
        row('answer to frames', ({ framesMs }) => framesMs, GOAL),
        compare(
          'answer to frames, the first time',
          'ms',
          first === undefined ? [] : [{ ours: first }],
          ({ framesMs }) => framesMs
        ),
        row('both', both),
      ],
    },
    {
      title: 'What a panel does with them',
      text: `
Before a time series panel draws: it applies the panel's settings to each field, makes their names and joins the frames at their
times. Ours is one wide frame for each query; beside it the same with a frame for each series, all with the same array of
times.
`,
      rivals: ['a frame per series'],
      measurements: [
        compare('settings', 'ms', rounds.map(sides), ({ settingsMs }) => settingsMs),
        compare('names and join', 'ms', rounds.map(sides), ({ joinMs }) => joinMs),
      ],
    },
  ];
}

const sides = ({ wide: ours, many: its }: FramesRound) => ({ ours, its });

async function round({ queries, json, catalog, metricsFrames }: FramesBench): Promise<FramesRound> {
  await collectGarbage();
  const startMs = performance.now();
  const { results } = JSON.parse(json) as QueryAnswer; // safe: it was made so
  const parsedMs = performance.now();
  const frames = queries.flatMap((query) =>
    metricsFrames(query, results[query.refId] as QuerySuccess, {
      refId: query.refId,
      datasourceUid: 'vitals',
      datasourceName: 'Redis Vitals',
      catalog,
      instanceDashboardUid: 'instance',
    })
  );
  const framesMs = performance.now() - parsedMs;
  const many = frames.flatMap((frame) =>
    frame.fields.slice(1).map((field) => ({ ...frame, fields: [frame.fields[0]!, field] }))
  );
  return {
    parseMs: parsedMs - startMs,
    framesMs,
    wide: await prepare(copied(frames)),
    many: await prepare(copied(many)),
  };
}

/** With fields that nobody has looked at yet: names are kept in them. */
function copied(frames: readonly DataFrame[]): DataFrame[] {
  return frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field })) }));
}

async function prepare(data: DataFrame[]): Promise<PanelRound> {
  await collectGarbage();
  const startMs = performance.now();
  const fieldConfig = { defaults: {}, overrides: [] };
  const set = applyFieldOverrides({ data, fieldConfig, replaceVariables: (text) => text, theme: createTheme() });
  const settingsMs = performance.now() - startMs;
  for (const frame of set) for (const field of frame.fields) getFieldDisplayName(field, frame, set);
  outerJoinDataFrames({ frames: set });
  return { settingsMs, joinMs: performance.now() - startMs - settingsMs };
}

/** What one measurement leaves is not swept up during the next. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)(); // safe: the flag brings it
  await new Promise((resolve) => setImmediate(resolve));
}
