import type { PollResult } from '../../model/poll-result';
import { SampleRecorder } from '../../model/sample-recorder';
import type { Layout, SampleSet, Series } from '../../model/samples';
import { hashFraction } from '../../util/hash';
import { trafficAt, trafficBetween } from '../waves';
import { SLOW_COMMANDS } from '../load/slow-commands';
import { GROUPS, MISSES_GROUP, type Moment } from './moment';

/** A series and its value at any time. */
export interface Track {
  readonly series: Series;
  readonly at: (moment: Moment) => number;
}

/** RDB files are written so often. */
export const SAVE_EVERY_MS = 60_000;
/** Rare things happen so often, where none did while it was measured. */
const RARE_SECONDS = 45;
const RARE_COMMANDS = new Set(SLOW_COMMANDS.map(({ name }) => name));

/** Growth per second that a server reaches after minutes only, while it is measured right after its start. */
const LATER_RATES: Readonly<Record<string, number>> = { redis_evicted_keys_total: 12, redis_expired_keys_total: 4.5 };

/** Places in the replication stream; all servers must agree on them. */
const OFFSETS: ReadonlySet<string | undefined> = new Set([
  'master_repl_offset',
  'slave_repl_offset',
  'slave_read_repl_offset',
  'slave<n> offset',
  'repl_backlog_first_byte_offset',
]);

/** Whatever they did in the few seconds in which it was measured. */
const LIVELY: ReadonlySet<string> = new Set(['redis_connected_clients', 'redis_blocked_clients']);

/** Values that come from the story and not from a measurement. */
const TOLD: Readonly<Record<string, Track['at']>> = {
  redis_uptime_in_seconds: ({ atMs, run }) => Math.floor((atMs - run.startMs) / 1000),
  redis_start_time_seconds: ({ run }) => Math.floor(run.startMs / 1000),
  redis_server_time_seconds: ({ atMs }) => atMs / 1000,
  redis_rdb_last_save_timestamp_seconds: ({ savedMs }) => Math.floor(savedMs / 1000),
  redis_rdb_saves_total: ({ savedMs, run }) => Math.max(0, Math.floor((savedMs - run.startMs) / SAVE_EVERY_MS)),
  redis_rdb_last_bgsave_status: ({ isSaveFailing }) => Number(!isSaveFailing),
  redis_slowlog_length: ({ slow }) => Math.min(slow.count, 128),
  redis_slowlog_last_id: ({ slow }) => Math.max(0, slow.count - 1),
  redis_last_slow_execution_duration_seconds: ({ slow }) => slow.lastSeconds,
  redis_latency_spike_last: ({ slow }) => Math.floor(slow.lastMs / 1000),
};

/** A series as it was measured. */
interface Measured {
  readonly series: Series;
  /** Of one poll after another; undefined where a poll lacks it. */
  readonly values: readonly (number | undefined)[];
  readonly last: number;
  /** Growth per second on average of the day, if it grows. */
  readonly rate: number;
  /** Of the last poll. */
  readonly traffic: number;
}

/** The rules are tried in turn; undefined: it does not concern the series. What none concerns stays as it is. */
type Rule = (measured: Measured) => Track['at'] | undefined;

const RULES: readonly Rule[] = [told, changes, growing, following, swaying];

/**
 * The series of the last poll of a server, going on backwards as the polls show them. `offsetRate` is how fast the
 * replication stream grows, which no server can tell for itself as exactly as it must be.
 */
export function makeTracks(polls: readonly PollResult[], offsetRate = 0): readonly Track[] {
  const [first, last] = [polls[0], polls.at(-1)];
  if (first === undefined || last === undefined) throw new Error('nothing was polled');
  const between = trafficBetween(first.startedAtMs, last.startedAtMs);
  const traffic = trafficAt(last.startedAtMs);
  const byPoll = polls.map(({ samples }) => valuesOf(samples));
  return last.samples.layout.series.map((series) => {
    const values = byPoll.map((poll) => poll.get(series));
    const end = values.at(-1) ?? 0;
    const isOffset = OFFSETS.has(series.family.source.field);
    const rate = isOffset ? offsetRate : Math.max(0, (end - (values[0] ?? 0)) / between);
    return { series, at: courseOf({ series, values, last: end, rate, traffic }) };
  });
}

function courseOf(measured: Measured): Track['at'] {
  for (const rule of RULES) {
    const at = rule(measured);
    if (at !== undefined) return at;
  }
  return () => measured.last;
}

/** How much the replication stream grows per second on average of the day, as a master's polls show it. */
export function replicationRate(polls: readonly PollResult[]): number {
  const master = polls.filter(({ facts }) => facts?.role === 'master');
  const [first, last] = [master[0], master.at(-1)];
  if (first === undefined || last === undefined || first === last) return 0;
  const offset = ({ samples }: PollResult): number => {
    const at = samples.layout.series.findIndex(({ family }) => family.source.field === 'master_repl_offset');
    return samples.values[at] ?? 0;
  };
  return Math.max(0, (offset(last) - offset(first)) / trafficBetween(first.startedAtMs, last.startedAtMs));
}

function told({ series }: Measured): Track['at'] | undefined {
  return TOLD[series.family.name];
}

function changes({ series, rate }: Measured): Track['at'] | undefined {
  if (series.family.name !== 'redis_rdb_changes_since_last_save') return undefined;
  return ({ atMs, savedMs, traffic }) => Math.round((rate * traffic * (atMs - savedMs)) / 1000);
}

function growing(measured: Measured): Track['at'] | undefined {
  const { series, last, rate } = measured;
  const { family, labels } = series;
  const isOffset = OFFSETS.has(family.source.field);
  if (!counts(series) && !isOffset) return undefined;
  const isRare = rate === 0 && last > 0 && labels.some((label) => RARE_COMMANDS.has(label));
  const usual = rate > 0 ? (LATER_RATES[family.name] ?? rate) : 0;
  const perSecond = isRare ? last / RARE_SECONDS : usual;
  if (perSecond === 0) return () => last;
  const group = isOffset ? 0 : groupOf(series);
  const isWhole = hasWholeValues(measured);
  return ({ grown }) => floor(perSecond * (grown[group] ?? 0), isWhole);
}

function following(measured: Measured): Track['at'] | undefined {
  const { series, last, traffic: then } = measured;
  if (series.family.source.field?.startsWith('instantaneous_') !== true) return undefined;
  const isWhole = hasWholeValues(measured);
  // The last: the first ones still have the time in them before all was as usual.
  const usual = last / then;
  const group = groupOf(series);
  return ({ traffic, sways }) => floor(usual * traffic * (1 + 0.12 * (sways[group] ?? 0)), isWhole);
}

function swaying(measured: Measured): Track['at'] | undefined {
  const { series, values, last } = measured;
  const { family } = series;
  const [least, most] = [Math.min(...known(values)), Math.max(...known(values))];
  const isLively = LIVELY.has(family.name) && most > 0;
  if ((least === most && !isLively) || family.type === 'info' || family.unit === 'timestamp' || least < 0)
    return undefined;
  const group = groupOf(series);
  const isWhole = hasWholeValues(measured);
  // Memory has a limit that it is near to.
  if (family.unit === 'bytes' && family.source.section === 'Memory') {
    return ({ sways }) => floor(last * (1 - 0.015 * (1 + (sways[group] ?? 0))), isWhole);
  }
  const middle = mean(values);
  const usual = family.type === 'summary' || isLively ? 0.25 : 0.05;
  const amplitude = Math.min(0.6, Math.max(usual, (most - least) / 2 / middle));
  return ({ sways }) => floor(middle * (1 + amplitude * (sways[group] ?? 0)) + (isWhole ? 0.5 : 0), isWhole);
}

function counts({ family, part }: Series): boolean {
  return family.type === 'counter' || part !== '';
}

/** Series of one histogram or summary stay together, so that their sums are right. */
function groupOf({ family, part, labels }: Series): number {
  if (family.source.field === 'keyspace_misses') return MISSES_GROUP;
  const own = part === '_bucket' ? labels.slice(0, -1) : labels.slice(0, family.labelNames.length);
  return Math.floor(hashFraction(`${family.name} ${own.join(' ')}`) * (GROUPS - 1));
}

function hasWholeValues({ values }: Measured): boolean {
  return known(values).every(Number.isInteger);
}

/** Digits that no server gives are left out. */
function floor(value: number, isWhole: boolean): number {
  return isWhole ? Math.floor(value) : Math.floor(value * 1e6) / 1e6;
}

/** What adding decimals makes up is left out. */
function cut(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

function mean(values: readonly (number | undefined)[]): number {
  const all = known(values);
  return all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
}

function valuesOf({ layout, values }: SampleSet): ReadonlyMap<Series, number> {
  return new Map(layout.series.map((series, at) => [series, values[at] ?? 0]));
}

/** Gives the samples of tracks at any time, with one layout. */
export class Compiled {
  private readonly tracks: readonly Track[];
  private readonly layout: Layout;
  /** Added to each value. */
  private readonly offsets: Float64Array;

  constructor(tracks: readonly Track[]) {
    const recorder = new SampleRecorder();
    for (const { series } of tracks) recorder.add(series.family, 0, series.labels, series.part);
    this.tracks = tracks;
    this.layout = recorder.finish().layout;
    this.offsets = new Float64Array(tracks.length);
  }

  samplesAt(moment: Moment): SampleSet {
    const { tracks, offsets, layout } = this;
    const values = new Float64Array(tracks.length);
    for (let index = 0; index < values.length; index++) {
      values[index] = (tracks[index] as Track).at(moment) + (offsets[index] as number); // safe: as many as there are
    }
    return { layout, values };
  }

  /** From now on, what counts goes on where it was in `before`: a server that changes its role forgets nothing. */
  goOnFrom(before: SampleSet, moment: Moment): void {
    const known = valuesOf(before);
    this.layout.series.forEach((series, index) => {
      if (!counts(series)) return;
      this.offsets[index] = cut((known.get(series) ?? 0) - (this.tracks[index]?.at(moment) ?? 0));
    });
  }
}

/** The same with other words in its labels: ports and run ids of servers that have changed places. */
export function relabel(tracks: readonly Track[], words: ReadonlyMap<string, string>): readonly Track[] {
  const replaced = (label: string): string => label.replace(/[0-9a-z]+/gi, (word) => words.get(word) ?? word);
  return tracks.map((track) => {
    const { family, part, labels } = track.series;
    // Numbers of buckets and quantiles are no ports.
    return part !== '' || family.type === 'summary'
      ? track
      : { ...track, series: { family, part, labels: labels.map(replaced) } };
  });
}

/** The same with another value of each series of a family. */
export function withValue(tracks: readonly Track[], family: string, at: Track['at']): readonly Track[] {
  return tracks.map((track) => (track.series.family.name === family ? { ...track, at } : track));
}
