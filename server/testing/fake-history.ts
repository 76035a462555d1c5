import type { HistoryReader, StoredSeries } from '../history/interfaces';
import type { FamilyDescriptor } from '../model/family';
import type { SamplePart } from '../model/samples';

/** A series of a `fakeHistory`. */
export interface FakeSeries {
  readonly target: string;
  readonly family: FamilyDescriptor;
  readonly labels?: readonly string[];
  readonly part?: SamplePart;
  /** `[time in Unix milliseconds, value]`, in the order of time. */
  readonly points: readonly (readonly [number, number])[];
}

/** A history in arrays. It hands out points in pieces of `chunkLength`, as a store with blocks does. */
export function fakeHistory(given: readonly FakeSeries[], chunkLength = Infinity): HistoryReader {
  const columns = new Map<StoredSeries, { readonly times: Float64Array; readonly values: Float64Array }>();
  for (const { target, family, labels = [], part = '', points } of given) {
    columns.set(
      { target, series: { family, part, labels } },
      {
        times: Float64Array.from(points, ([time]) => time),
        values: Float64Array.from(points, ([, value]) => value),
      }
    );
  }
  const all = [...columns.keys()];
  return {
    targets: () => [...new Set(all.map(({ target }) => target))],
    families: () => [...new Set(all.map(({ series }) => series.family))],
    series: (family, targets) =>
      all.filter((one) => one.series.family.name === family && (targets?.includes(one.target) ?? true)),
    read(series, fromMs, toMs, visit, isCancelled) {
      for (const [index, one] of series.entries()) {
        if (isCancelled?.() ?? false) return false;
        const { times, values } = columns.get(one)!;
        const first = times.findIndex((time) => time >= fromMs);
        const end = times.findLastIndex((time) => time <= toMs) + 1;
        for (let from = first; first >= 0 && from < end; from += chunkLength) {
          visit(index, times, values, from, Math.min(end, from + chunkLength));
        }
      }
      return true;
    },
    latestMs: (target) =>
      all.reduce<number | undefined>((latest, one) => {
        const last = columns.get(one)!.times.at(-1);
        return one.target === target && last !== undefined ? Math.max(last, latest ?? last) : latest;
      }, undefined),
  };
}
