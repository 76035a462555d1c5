import { collectors } from '../../server/collectors/registry';
import type { SampleSet, Series } from '../../server/model/samples';
import { chooseSeries, isGrowing, type Mix } from './mix';

/** Polls of a real server, one after another. */
export interface Recording {
  readonly series: readonly Series[];
  /** Values of `series`, of one poll after another. */
  readonly polls: readonly Float64Array[];
}

/** Where in the recording a target begins, so that targets differ: so far behind the one before. */
const PHASE = 37;

/** Decimals that are kept where counters are added up, as many as INFO gives of any. */
const SCALE = 1e6;

/** The series that were in all of the polls. */
export function toRecording(polls: readonly SampleSet[]): Recording {
  const [first, ...rest] = polls.map(({ layout }) => layout.series);
  if (first === undefined) throw new Error('nothing was recorded');
  const others = rest.map((series) => new Set(series));
  const series = first.filter((one) => others.every((other) => other.has(one)));
  return {
    series,
    polls: polls.map(({ layout, values }) => {
      const places = new Map(layout.series.map((one, at) => [one, at]));
      return Float64Array.from(series, (one) => values[places.get(one)!]!);
    }),
  };
}

/** Without the series of these collectors. */
export function withoutCollectors({ series, polls }: Recording, names: readonly string[]): Recording {
  const left = collectors.filter(({ name }) => names.includes(name)).flatMap(({ families }) => families);
  const isKept = series.map(({ family }) => !left.includes(family));
  return {
    series: series.filter((_, at) => isKept[at]),
    polls: polls.map((values) => values.filter((_, at) => isKept[at])),
  };
}

/**
 * The recording, again and again. Counters go on where they ended; gauges run forwards and backwards in turn, so that
 * they do not jump.
 */
export function recordedMix({ series: all, polls }: Recording, seriesCount = all.length): Mix {
  const series = seriesCount < all.length ? chooseSeries(all, seriesCount) : all;
  const places = series.map((one) => all.indexOf(one));
  const growing = series.map(isGrowing);
  /** The last poll is the first of the next time round. */
  const length = polls.length - 1;
  const rows = polls.map((values) => Float64Array.from(places, (place) => values[place]!));
  const growth = Float64Array.from(rows[0]!, (value, at) => Math.max(0, rows[length]![at]! - value));
  return {
    name: 'recorded',
    layout: { series },
    start(targets) {
      const next = Array.from({ length: targets }, (_, target) => target * PHASE);
      return (target, values) => {
        const poll = next[target]!++;
        const cycle = Math.floor(poll / length);
        const at = poll % length;
        const forwards = rows[at]!;
        const swaying = cycle % 2 === 0 ? forwards : rows[length - at]!;
        for (let index = 0; index < values.length; index++) {
          values[index] = growing[index] === true ? goOn(forwards[index]!, cycle * growth[index]!) : swaying[index]!;
        }
      };
    },
  };
}

/** Without the digits that adding decimals makes up. */
function goOn(value: number, by: number): number {
  const sum = value + by;
  return by === 0 || Number.isInteger(sum) ? sum : Math.round(sum * SCALE) / SCALE;
}
