import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventWatch } from '../../events/event-watch';
import { openDiskStore } from '../../history/disk-store';
import type { LogEntry, StoredEvent } from '../../history/interfaces';
import type { Store } from '../../history/store';
import type { Failure, PollResult } from '../../model/poll-result';
import { SampleRecorder } from '../../model/sample-recorder';
import type { SampleSet } from '../../model/samples';
import { self } from '../../poll/self-families';
import { hashFraction } from '../../util/hash';
import { INTERVAL_MS } from '../collector';
import { DEMO_TARGETS, kindOf, type DemoTarget, type Ports } from '../topology';
import { measure, type Measurement } from './measure';
import { momentAt, type Moment, type SlowSoFar } from './moment';
import { followSlowLog, NO_SLOW_LOG, slowEntries } from './slow-log';
import { tellStory, type Scene, type Span, type Story } from './story';
import { Compiled, SAVE_EVERY_MS } from './tracks';

const HOUR = 3_600_000;
const RETENTION_MS = 15 * 24 * HOUR;
/** Written at once. */
const WINDOW_MS = 10 * 60_000;
/**
 * How often servers were polled: so many times in all, but no more often than this, and in the last hour as often as from
 * now on, since graphs of an hour have buckets of a few seconds.
 */
const COARSE_POLLS = 1_440;
const COARSE_MS = 15_000;
const FINE_FOR_MS = HOUR;
/** Of what takes longer, how far it is is told. */
const TELL_AFTER_MS = 1_000;

export interface PastParts {
  /** Where the collector will find it. */
  readonly data: string;
  readonly hours: number;
  readonly ports: Ports;
  /** When the servers were started: before is made up. */
  readonly beginMs: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Writes a history that ends with a few real polls, and begins so many hours before as they let one expect. */
export async function makePast({ data, hours, ports, beginMs, say, signal }: PastParts): Promise<void> {
  say('polling a few times, to make up a past that fits');
  const measurement = await measure(ports, signal);
  const store = openDiskStore({ directory: data, retentionMs: RETENTION_MS, now: Date.now });
  try {
    const startedAt = performance.now();
    const span = { fromMs: beginMs - hours * HOUR, toMs: beginMs };
    await writePast(store, measurement, { span, ports, say, signal });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const { samplesStored } = store.status();
    say(`made up the ${hours} h before: ${samplesStored.toLocaleString('en')} samples in ${seconds} s`);
  } finally {
    store.close();
  }
}

/** What leads up to a measurement: samples, events and slow-log entries. */
export async function writePast(
  store: Store,
  measurement: Measurement,
  { span, ports, say, signal }: Pick<PastParts, 'ports' | 'say' | 'signal'> & { readonly span: Span }
): Promise<void> {
  const story = tellStory(measurement, ports, span);
  const writers = DEMO_TARGETS.map((name) => new TargetPast(name, story, store, measurement));
  const coarseMs = Math.max(COARSE_MS, (span.toMs - span.fromMs) / COARSE_POLLS);
  let toldAt = performance.now();
  for (let fromMs = span.fromMs; fromMs < span.toMs; fromMs += WINDOW_MS) {
    const toMs = Math.min(fromMs + WINDOW_MS, span.toMs);
    const stepMs = toMs > span.toMs - FINE_FOR_MS ? INTERVAL_MS : coarseMs;
    for (const writer of writers) writer.write(fromMs, toMs, stepMs);
    store.flush();
    await nextTurn(undefined, { signal });
    if (performance.now() - toldAt < TELL_AFTER_MS) continue;
    toldAt = performance.now();
    say(`making up the past: ${Math.round((100 * (toMs - span.fromMs)) / (span.toMs - span.fromMs))} %`);
  }
  for (const writer of writers) writer.finish();
  store.log.addEvents(writers.flatMap(({ events }) => events).sort((a, b) => a.timeMs - b.timeMs));
  for (const writer of writers) store.log.addEntries(writer.entries);
  store.flush();
}

const DOWN: Failure = { code: 'refused', message: 'nobody listens there' };

interface ActedScene extends Scene {
  /** Absent: the server is down. */
  readonly compiled?: Compiled;
}

/** Samples, events and slow log of one target, from the first of its scenes to its real polls. */
class TargetPast {
  readonly events: Omit<StoredEvent, 'id'>[] = [];
  readonly entries: readonly LogEntry[];
  private readonly name: DemoTarget;
  private readonly store: Store;
  private readonly polls: readonly PollResult[];
  private readonly saveFails: Span | undefined;
  private readonly scenes: readonly ActedScene[];
  private current: ActedScene | undefined;
  private readonly phase: number;
  /** By run id. */
  private readonly slowLogs: ReadonlyMap<string, (atMs: number) => SlowSoFar>;
  private readonly watch: EventWatch;
  private nowMs = 0;

  constructor(name: DemoTarget, story: Story, store: Store, measurement: Measurement) {
    this.name = name;
    this.store = store;
    this.polls = measurement.get(name) ?? [];
    this.phase = hashFraction(name);
    this.saveFails = story.saveFails.target === name ? story.saveFails : undefined;
    this.scenes = (story.scenes.get(name) ?? []).map((scene) => ({
      ...scene,
      ...(scene.server !== undefined && { compiled: new Compiled(scene.server.tracks) }),
    }));
    const byRun = this.slowEntries();
    this.entries = [...byRun.values()].flat();
    this.slowLogs = new Map([...byRun].map(([runId, entries]) => [runId, followSlowLog(entries)]));
    this.watch = new EventWatch({ add: (events) => this.events.push(...events), now: () => this.nowMs });
  }

  /** Polls from one time on until before another. */
  write(fromMs: number, toMs: number, stepMs: number): void {
    for (let atMs = Math.ceil(fromMs + this.phase * stepMs); atMs < toMs; atMs += stepMs) this.take(this.pollAt(atMs));
  }

  /** The real ones. */
  finish(): void {
    for (const poll of this.polls) this.take(poll);
  }

  private take(poll: PollResult): void {
    this.store.append(this.name, poll.startedAtMs, poll.samples);
    this.nowMs = Math.round(poll.startedAtMs + poll.durationMs);
    this.watch.notice(poll);
  }

  private pollAt(atMs: number): PollResult {
    const scene = this.scenes.findLast(({ fromMs }) => fromMs <= atMs) ?? this.scenes[0];
    const [real] = this.polls;
    if (scene === undefined || real === undefined) throw new Error(`${this.name} was not polled`);
    const { target, durationMs } = real;
    const moment = momentAt(atMs, scene.run, this.phase * HOUR, {
      ...this.savesAt(atMs),
      slow: this.slowLogs.get(scene.run.id)?.(atMs) ?? NO_SLOW_LOG,
    });
    this.enter(scene, moment);
    const samples = scene.compiled?.samplesAt(moment) ?? downSamples();
    const poll = { target, startedAtMs: atMs, durationMs, collectorFailures: [], samples };
    return scene.server === undefined ? { ...poll, failure: DOWN } : { ...poll, facts: scene.server.facts };
  }

  private enter(scene: ActedScene, moment: Moment): void {
    const before = this.current;
    this.current = scene;
    if (before?.compiled === undefined || before === scene || before.run.id !== scene.run.id) return;
    scene.compiled?.goOnFrom(before.compiled.samplesAt(moment), moment);
  }

  private savesAt(atMs: number): Pick<Moment, 'savedMs' | 'isSaveFailing'> {
    const { fromMs, toMs } = this.saveFails ?? { fromMs: Infinity, toMs: Infinity };
    const isSaveFailing = atMs >= fromMs && atMs < toMs;
    const lastMs = isSaveFailing ? fromMs : atMs;
    const phaseMs = this.phase * SAVE_EVERY_MS;
    return { isSaveFailing, savedMs: Math.floor((lastMs - phaseMs) / SAVE_EVERY_MS) * SAVE_EVERY_MS + phaseMs };
  }

  private slowEntries(): ReadonlyMap<string, readonly LogEntry[]> {
    const byRun = new Map<string, LogEntry[]>();
    this.scenes.forEach((scene, at) => {
      const entries = byRun.get(scene.run.id) ?? [];
      byRun.set(scene.run.id, entries);
      const toMs = this.scenes[at + 1]?.fromMs ?? this.polls[0]?.startedAtMs ?? scene.fromMs;
      if (this.isSlow(scene))
        entries.push(...slowEntries(this.name, scene.run, { fromMs: scene.fromMs, toMs }, entries.length));
    });
    return byRun;
  }

  /** Masters are sent slow commands; replicas and sentinels are not. */
  private isSlow({ server }: Scene): boolean {
    return server?.facts.role === 'master' && kindOf(this.name) !== 'sentinel';
  }
}

function downSamples(): SampleSet {
  const recorder = new SampleRecorder();
  recorder.add(self.up, 0);
  recorder.add(self.lastScrapeError, 1, [DOWN.code]);
  return recorder.finish();
}
