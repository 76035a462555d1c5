import { compare, type Goal, type Measurement } from '../lib/measurement';
import { alternate, mapValues } from '../lib/rounds';
import type { Section } from '../lib/section';
import type { Side } from '../lib/side';
import { spreadOf } from '../lib/statistics';
import { ask } from './ask';
import { RIVALS, type HistoryBench } from './bench';
import type { Dataset } from './dataset';
import type { Loaded } from './load';
import { ASKED } from './mix';
import { startOurHistory } from './our-history';
import { checkSame, ours, promQl, type Answer, type Dialect, type RangeQuery } from './query';

const GOAL: Goal = { of: 'ratio', is: 'at most', value: 0.65 };

export const QUERIES_TEXT = `
The time until the last byte of the answer, over HTTP without gzip. Ours: \`POST /api/v1/query\`. The others: \`/api/v1/query_range\`
with \`avg_over_time\` and \`rate\` over one step, VictoriaMetrics with its cache of answers off. All answers were looked at: they have
the same series, the same number of points (two more or less at the ends) and the same mean (rates: within 5 %, since
Prometheus extrapolates).
`;

interface Engine {
  readonly side: Side;
  readonly dialect: Dialect;
}

/** Asks for one field of all targets over the whole of each data set. */
export async function measureQueries(
  bench: HistoryBench,
  { title, text }: Pick<Section, 'title' | 'text'>,
  sets: readonly Loaded[],
  stepMs: number
): Promise<Section> {
  const measurements: Measurement[] = [];
  for (const set of sets) {
    const query = queryOf(set.dataset, 'avg', stepMs);
    const side = await startOurHistory(bench, set.directory, set.dataset, query);
    const engines = {
      ours: { side, dialect: ours },
      its: { side: set.its, dialect: promQl },
      ...(set.other && { other: { side: set.other, dialect: promQl } }),
    };
    measurements.push(await measureFunction(bench, set.dataset, engines, query));
    measurements.push(await measureFunction(bench, set.dataset, engines, queryOf(set.dataset, 'rate', stepMs)));
    await Promise.all(Object.values<Engine>(engines).map((engine) => engine.side.stop()));
  }
  return { title, text, rivals: RIVALS, measurements };
}

async function measureFunction(
  { plan, watch }: HistoryBench,
  { targets, mix }: Dataset,
  engines: { readonly ours: Engine; readonly its: Engine; readonly other?: Engine },
  query: RangeQuery
): Promise<Measurement> {
  const answers: Record<string, Answer> = {};
  for (const [name, { side, dialect }] of Object.entries<Engine>(engines)) {
    answers[name] = dialect.parse((await ask(side.url, dialect.request(query))).text);
  }
  checkSame(query, targets, answers);
  const round = ({ side, dialect }: Engine) => {
    const request = dialect.request(query);
    return async () => {
      const times: number[] = [];
      while (times.length < plan.requests) times.push((await ask(side.url, request)).ms);
      return spreadOf(times).median;
    };
  };
  const sides = mapValues<'ours' | 'its', Engine, () => Promise<number>>(engines, round);
  const rounds = await watch.during(() => alternate(sides, plan.rounds)); // one is too short for the scheduler's counts
  return compare(`${query.function}, ${mix.name}`, 'ms', rounds, (ms) => ms, GOAL);
}

/** The average of a gauge or the rate of a counter. */
export function queryOf({ mix, fromMs, toMs }: Dataset, fn: RangeQuery['function'], stepMs: number): RangeQuery {
  const field = fn === 'avg' ? ASKED.gauge : ASKED.counter;
  const { family } = mix.layout.series.find((series) => series.family.source.field === field)!; // every mix has both
  return { function: fn, family, fromMs, toMs, stepMs };
}
