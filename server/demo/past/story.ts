import { collectors } from '../../collectors/registry';
import type { FamilyDescriptor } from '../../model/family';
import type { PollResult } from '../../model/poll-result';
import type { ServerFacts } from '../../model/server-facts';
import { hashFraction } from '../../util/hash';
import { kindOf, namesOf, type DemoTarget, type Ports } from '../topology';
import type { Measurement } from './measure';
import type { Run } from './moment';
import { makeTracks, relabel, replicationRate, withValue, type Track } from './tracks';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

/** When all that is made up begins and ends, in Unix milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A stretch of a server's past; it lasts until the next one of the server begins. */
export interface Scene {
  readonly fromMs: number;
  readonly run: Run;
  /** Absent: the server is down. */
  readonly server?: { readonly tracks: readonly Track[]; readonly facts: ServerFacts };
}

export interface Story {
  readonly scenes: ReadonlyMap<DemoTarget, readonly Scene[]>;
  readonly saveFails: Span & { readonly target: DemoTarget };
}

type Server = NonNullable<Scene['server']>;
type Change = (tracks: readonly Track[]) => readonly Track[];

/** When what happens; each is a share of the whole, and takes no more than a twentieth. */
interface Times {
  readonly nodeDown: Span;
  readonly linkLost: Span;
  readonly failoverMs: number;
  readonly saveFails: Span;
}

/** Slots of the cluster's second node, which is down for a while, and of all. */
const SLOTS = { lost: 5462, all: 16_384 } as const;

/**
 * What has happened in the time that is made up: a node of the cluster went down and came back, a replica lost its link,
 * the first cache took over from the second, and a save failed.
 */
export function tellStory(measurement: Measurement, ports: Ports, span: Span): Story {
  const times = timesOf(span);
  const cast = new Cast(measurement, span);
  return {
    saveFails: { target: 'cache-1', ...times.saveFails },
    scenes: new Map([...cacheScenes(cast, ports, times), ...clusterScenes(cast, times)]),
  };
}

function timesOf({ fromMs, toMs }: Span): Times {
  const all = toMs - fromMs;
  const at = (share: number, ms: number): Span => {
    const beginMs = fromMs + share * all;
    return { fromMs: beginMs, toMs: beginMs + Math.min(ms, all / 20) };
  };
  return {
    nodeDown: at(0.15, 40 * SECOND),
    linkLost: at(0.35, 90 * SECOND),
    failoverMs: at(0.55, 0).fromMs,
    saveFails: at(0.78, 240 * SECOND),
  };
}

/** The servers as they were in the past: what they are now, in another run, and some in another's place. */
class Cast {
  readonly fromMs: number;
  private readonly measurement: Measurement;
  private readonly span: Span;
  /** Of the caches. */
  private readonly offsetRate: number;

  constructor(measurement: Measurement, span: Span) {
    this.fromMs = span.fromMs;
    this.measurement = measurement;
    this.span = span;
    this.offsetRate = Math.max(...namesOf('cache').map((name) => replicationRate(this.pollsOf(name))));
  }

  runOf(name: DemoTarget): Run {
    return { id: runId(name, this.span), startMs: this.span.fromMs - 3 * DAY };
  }

  /** `now` is the server that has today the place it had then; `words` are what is called differently. */
  server(name: DemoTarget, now = name, words: ReadonlyMap<string, string> = new Map(), run = this.runOf(name)): Server {
    const polls = this.pollsOf(now);
    const facts = polls.at(-1)?.facts;
    if (facts === undefined) throw new Error(`${now} was not polled`);
    const offsetRate = kindOf(now) === 'cache' ? this.offsetRate : replicationRate(polls);
    const tracks = relabel(makeTracks(polls, offsetRate), new Map([...words, [facts.runId, run.id]]));
    return { tracks, facts: { ...facts, runId: run.id, startTimeSeconds: Math.floor(run.startMs / SECOND) } };
  }

  scene(name: DemoTarget, fromMs: number, server: Server, change: Change = (tracks) => tracks): Scene {
    return { fromMs, run: this.runOf(name), server: { ...server, tracks: change(server.tracks) } };
  }

  private pollsOf(name: DemoTarget): readonly PollResult[] {
    return this.measurement.get(name) ?? [];
  }
}

type Scenes = readonly (readonly [DemoTarget, readonly Scene[]])[];

/** Before the failover the first and the second cache had each other's place. */
function cacheScenes(cast: Cast, ports: Ports, { linkLost, failoverMs }: Times): Scenes {
  const exchanged = new Map([
    [`${ports['cache-1']}`, `${ports['cache-2']}`],
    [`${ports['cache-2']}`, `${ports['cache-1']}`],
  ]);
  const scenes = (name: DemoTarget, now: DemoTarget, changes: readonly (readonly [number, Change?])[]): Scene[] => {
    const before = cast.server(name, now, exchanged);
    return changes.map(([fromMs, change]) => cast.scene(name, fromMs, before, change));
  };
  const after = (name: DemoTarget, change?: Change): Scene => cast.scene(name, failoverMs, cast.server(name), change);
  const { fromMs } = cast;
  const whileLinkIsLost = (change: Change) => [[fromMs], [linkLost.fromMs, change], [linkLost.toMs]] as const;
  return [
    ['cache-1', [...scenes('cache-1', 'cache-2', [[fromMs]]), after('cache-1')]],
    ['cache-2', [...scenes('cache-2', 'cache-1', whileLinkIsLost(withoutReplica(ports['cache-3']))), after('cache-2')]],
    ['cache-3', [...scenes('cache-3', 'cache-3', whileLinkIsLost(withoutLink(linkLost.fromMs))), after('cache-3')]],
    ['sentinel-1', [...scenes('sentinel-1', 'sentinel-1', [[fromMs, inEpoch(3)]]), after('sentinel-1', inEpoch(4))]],
  ];
}

function clusterScenes(cast: Cast, { nodeDown }: Times): Scenes {
  const lost = 'cluster-2';
  const again = { id: runId(`${lost} again`, nodeDown), startMs: nodeDown.toMs - 2 * SECOND };
  return namesOf('cluster').map((name): Scenes[number] => {
    const server = cast.server(name);
    const before = cast.scene(name, cast.fromMs, server);
    if (name !== lost) {
      return [
        name,
        [before, cast.scene(name, nodeDown.fromMs, server, slotsLost), cast.scene(name, nodeDown.toMs, server)],
      ];
    }
    const down: Scene = { fromMs: nodeDown.fromMs, run: cast.runOf(name) };
    return [
      name,
      [before, down, { fromMs: nodeDown.toMs, run: again, server: cast.server(name, name, new Map(), again) }],
    ];
  });
}

function slotsLost(tracks: readonly Track[]): readonly Track[] {
  const fewer = withValue(tracks, 'redis_cluster_slots_ok', () => SLOTS.all - SLOTS.lost);
  return withValue(fewer, 'redis_cluster_slots_fail', () => SLOTS.lost);
}

/** Forty hexadecimal digits, as servers have them. */
function runId(name: string, { fromMs }: Span): string {
  const digit = (at: number): string => Math.floor(16 * hashFraction(`${name} ${fromMs} ${at}`)).toString(16);
  return Array.from({ length: 40 }, (_, at) => digit(at)).join('');
}

function inEpoch(epoch: number): Change {
  return (tracks) => withValue(tracks, 'redis_sentinel_master_config_epoch', () => epoch);
}

/** Of a master: one replica less. */
function withoutReplica(port: number): Change {
  return (tracks) =>
    withValue(
      tracks.filter(({ series: { family, labels } }) => labels[family.labelNames.indexOf('slave_port')] !== `${port}`),
      'redis_connected_slaves',
      () => 1
    );
}

/** Of a replica: the link is down. Servers tell for how long while it is. */
function withoutLink(sinceMs: number): Change {
  return (tracks) => {
    const link = tracks.find(({ series }) => series.family.name === 'redis_master_link_up');
    if (link === undefined) return tracks;
    const series = { ...link.series, family: familyOf('redis_master_link_down_since_seconds') };
    const since: Track = { series, at: ({ atMs }) => Math.floor((atMs - sinceMs) / SECOND) };
    const down = withValue(tracks, 'redis_master_link_up', () => 0);
    return [...withValue(down, 'redis_master_last_io_seconds_ago', () => -1), since];
  };
}

function familyOf(name: string): FamilyDescriptor {
  const found = collectors.flatMap(({ families }) => families).find((family) => family.name === name);
  if (found === undefined) throw new Error(`no collector gives ${name} any more: the story must be told anew`);
  return found;
}
