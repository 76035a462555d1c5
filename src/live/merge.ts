import type { ErrorAnswer, QuerySuccess, SeriesAnswer } from '../../server/api/contract';

type Answer = QuerySuccess | ErrorAnswer;

/**
 * What a line of a stream makes of what was there: a bucket that is given again replaces the old one, and what is
 * older than `lengthMs` goes, so that a stream that runs for days is as large as on its first day.
 */
export function mergeAnswer(had: Answer | undefined, came: Answer, lengthMs: number): Answer {
  if (came.status === 'error' || had?.status !== 'success' || had.stepMs !== came.stepMs || came.stepMs === 0) {
    return came;
  }
  const firstNew = came.times[0];
  const lastNew = came.times.at(-1);
  if (firstNew === undefined || lastNew === undefined) {
    return { ...had, notices: came.notices };
  }
  const oldest = lastNew - lengthMs;
  const begin = indexFrom(had.times, oldest);
  const end = Math.max(begin, indexFrom(had.times, firstNew));
  return {
    ...came,
    times: [...had.times.slice(begin, end), ...came.times],
    series: mergeSeries(had.series, came.series, { begin, end, added: came.times.length }),
  };
}

interface Kept {
  /** Points of what was there that stay, from and to. */
  readonly begin: number;
  readonly end: number;
  /** Points that came. */
  readonly added: number;
}

function mergeSeries(had: readonly SeriesAnswer[], came: readonly SeriesAnswer[], kept: Kept): SeriesAnswer[] {
  const coming = new Map(came.map((series) => [identity(series), series]));
  const known = had.flatMap((series): SeriesAnswer[] => {
    const id = identity(series);
    const next = coming.get(id);
    coming.delete(id);
    const values = [...series.values.slice(kept.begin, kept.end), ...(next?.values ?? nulls(kept.added))];
    return values.some((value) => value !== null) ? [{ ...(next ?? series), values }] : [];
  });
  const before = nulls(kept.end - kept.begin);
  const fresh = [...coming.values()].map((series) => ({ ...series, values: [...before, ...series.values] }));
  return [...known, ...fresh];
}

function identity({ field, metric, function: of, labels }: SeriesAnswer): string {
  return JSON.stringify([field, metric, of, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function nulls(count: number): null[] {
  return new Array<null>(count).fill(null);
}

/** Of the first time that is not before `timeMs`. */
function indexFrom(times: readonly number[], timeMs: number): number {
  const at = times.findIndex((time) => time >= timeMs);
  return at < 0 ? times.length : at;
}
