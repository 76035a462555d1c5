import { startOurs, type Side } from '../lib/side';
import { ask } from './ask';
import type { HistoryBench } from './bench';
import type { Dataset } from './dataset';
import { ours, type RangeQuery } from './query';

/** A port nobody listens on: polls fail at once. */
const NOBODY = 'redis://127.0.0.1:1';

/**
 * Starts Redis Vitals on a directory with the targets of a data set, none of which can be reached. Its answers are no
 * finer than the interval of its polls, so that is the query's step. Ready is when that is answered with all targets,
 * or for an empty directory with none.
 */
export function startOurHistory(
  { processes }: HistoryBench,
  data: string,
  { targets }: Pick<Dataset, 'targets'>,
  query: RangeQuery,
  expected = targets.length
): Promise<Side> {
  const config = JSON.stringify({
    defaults: { interval: `${query.stepMs / 1000}s` },
    targets: targets.map((name) => ({ name, url: NOBODY })),
  }); // is YAML
  return startOurs(processes, {
    config,
    data,
    isReady: async (url) => ours.parse((await ask(url, ours.request(query))).text).series.size === expected,
  });
}
