import { collectors } from '../../server/collectors/registry';
import type { Series } from '../../server/model/samples';
import { randomNumbers } from '../../server/testing/random';
import { chooseSeries, isGrowing, type Mix, type NextPoll } from './mix';

/** A kind of values and how often it comes, in parts of a hundred, among counters and among gauges. */
interface Kind {
  readonly counters: number;
  readonly gauges: number;
  /** The value a restarted server begins with. */
  readonly first: (random: () => number) => number;
  readonly next: (value: number, random: () => number) => number;
}

const below = (random: () => number, limit: number): number => Math.floor(random() * limit);

const KINDS: readonly Kind[] = [
  // Never used, or settings.
  { counters: 40, gauges: 55, first: (random) => (random() < 0.6 ? 0 : below(random, 1e6)), next: (value) => value },
  // Errors, saves, evictions: now and then something.
  { counters: 25, gauges: 0, first: () => 0, next: (value, random) => (random() < 0.02 ? value + 1 : value) },
  // Commands, bytes: a few thousand in each poll, with busier and quieter servers.
  { counters: 25, gauges: 0, first: () => 0, next: (value, random) => value + 2000 + below(random, 3000) },
  // Seconds of CPU, in microseconds.
  { counters: 10, gauges: 0, first: () => 0, next: (value, random) => round(value + random() * 0.4, 1e6) },
  // Clients, keys: small steps up and down around the same.
  {
    counters: 0,
    gauges: 15,
    first: (random) => 50 + below(random, 100),
    next: (value, random) => (random() < 0.3 ? Math.max(0, value + below(random, 7) - 3) : value),
  },
  // Memory: bytes that are others in every poll.
  {
    counters: 0,
    gauges: 15,
    first: (random) => 1e9 + below(random, 1e8),
    next: (value, random) => Math.max(1e6, value + below(random, 65_536) - 32_768),
  },
  // Ratios and rates of two decimals.
  { counters: 0, gauges: 15, first: () => 1, next: (_, random) => round(1 + random(), 100) },
];

/** Of the two series that are asked for: memory and commands. */
const KINDS_ASKED = [5, 2];

/** A server is restarted twice a day. */
const RESTARTS_PER_POLL = 1 / 4320;

/** Real families of INFO with made-up values: constants, busy and sparse counters with resets, integers and decimals. */
export function syntheticMix(seriesCount: number): Mix {
  const series = chooseSeries(plainSeries(), seriesCount);
  const random = randomNumbers(1);
  const kinds = series.map((one, index) => KINDS[KINDS_ASKED[index] ?? drawKind(one, random)]!);
  return { name: 'synthetic', layout: { series }, start: (targets) => startTargets(kinds, targets) };
}

function startTargets(kinds: readonly Kind[], targets: number): NextPoll {
  const width = kinds.length;
  const random = randomNumbers(2);
  const state = new Float64Array(targets * width);
  const begin = (target: number): void =>
    kinds.forEach(({ first }, at) => (state[target * width + at] = first(random)));
  for (let target = 0; target < targets; target++) begin(target);
  return (target, values) => {
    if (random() < RESTARTS_PER_POLL) begin(target);
    const offset = target * width;
    for (let at = 0; at < width; at++) {
      values[at] = state[offset + at] = kinds[at]!.next(state[offset + at]!, random);
    }
  };
}

/** All series of INFO that a server has once. */
function plainSeries(): Series[] {
  const families = collectors.flatMap((collector) => collector.families);
  return families
    .filter(({ source, type, labelNames }) => source.command === 'INFO' && type !== 'info' && labelNames.length === 0)
    .map((family) => ({ family, part: '' as const, labels: [] }));
}

function drawKind(series: Series, random: () => number): number {
  const share = isGrowing(series) ? 'counters' : 'gauges';
  let rest = random() * 100;
  return KINDS.findIndex((kind) => (rest -= kind[share]) < 0);
}

function round(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
