import { SampleRecorder } from '../model/sample-recorder';
import type { PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import { formatAddress, type Target } from '../model/target';
import type { Targets, TargetStatus } from './interfaces';
import { Scheduler } from './scheduler';
import { self } from './self-families';
import { recordDown, toSeconds } from './self-samples';
import { TargetPoller, type PollerParts } from './target-poller';

interface Entry {
  readonly poller: TargetPoller;
  /** Records what only the moment of reading can say; keeps its layout from reading to reading. */
  readonly freshness: SampleRecorder;
}

/** All targets being polled. */
export class TargetSet implements Targets {
  private readonly parts: PollerParts;
  private readonly scheduler: Scheduler;
  private entries = new Map<string, Entry>();

  constructor(parts: PollerParts) {
    this.parts = parts;
    this.scheduler = new Scheduler(parts.clock);
  }

  /** Makes `targets` the ones that are polled; those `isSame` as before keep their connection and counters. */
  replace(targets: readonly Target[], isSame: (a: Target, b: Target) => boolean): void {
    const before = this.entries;
    const fresh = new Set<TargetPoller>();
    this.entries = new Map(
      targets.map((target) => {
        const known = before.get(target.name);
        if (known !== undefined && isSame(known.poller.target, target)) {
          before.delete(target.name);
          return [target.name, known];
        }
        const poller = new TargetPoller(target, this.parts);
        fresh.add(poller);
        return [target.name, { poller, freshness: new SampleRecorder() }];
      })
    );
    for (const { poller } of before.values()) poller.close();
    this.scheduler.schedule(
      [...this.entries.values()].map(({ poller }) => poller),
      fresh
    );
  }

  close(): void {
    this.scheduler.close();
    for (const { poller } of this.entries.values()) poller.close();
    this.entries = new Map();
  }

  list(): readonly Target[] {
    return [...this.entries.values()].map(({ poller }) => poller.target);
  }

  find(nameOrAddress: string): Target | undefined {
    const named = this.entries.get(nameOrAddress);
    if (named !== undefined) return named.poller.target;
    const address = plainAddress(nameOrAddress);
    return this.list().find((target) => formatAddress(target.address) === address);
  }

  status(name: string): TargetStatus | undefined {
    const poller = this.entries.get(name)?.poller;
    if (poller === undefined) return undefined;
    const { latest, counters, target } = poller;
    return {
      target,
      state: latest === undefined ? 'waiting' : latest.failure === undefined ? 'up' : 'down',
      ...(latest !== undefined && { latest }),
      polls: counters.polls,
      skippedPolls: counters.skipped,
      connections: counters.connections,
      recentPolls: counters.recentPolls,
      recentFailures: counters.recentFailures,
    };
  }

  async poll(name: string, maxAgeMs: number, deadlineMs: number): Promise<PollResult> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new Error(`no target is named ${name}`);
    const { poller } = entry;
    return new Promise((resolve) => {
      const cancel = this.parts.clock.after(deadlineMs, () => resolve(this.lateResult(poller, deadlineMs)));
      void poller.fresh(maxAgeMs).then((result) => {
        cancel();
        resolve(result);
      });
    });
  }

  freshness(name: string): SampleSet {
    const entry = this.entries.get(name);
    const ageMs = entry?.poller.ageMs();
    const recorder = entry?.freshness ?? new SampleRecorder();
    if (ageMs !== undefined) recorder.add(self.snapshotAge, toSeconds(ageMs));
    return recorder.finish();
  }

  /** What a reader with a shorter deadline than the poll is given; the poll goes on. */
  private lateResult({ target, counters }: TargetPoller, deadlineMs: number): PollResult {
    const where = formatAddress(target.address);
    const failure = { code: 'timeout', message: `${where}: no answer within the reader's ${deadlineMs} ms` } as const;
    const recorder = new SampleRecorder();
    recordDown(recorder, counters, deadlineMs, failure);
    const startedAtMs = this.parts.clock.now() - deadlineMs;
    return { target, startedAtMs, durationMs: deadlineMs, failure, collectorFailures: [], samples: recorder.finish() };
  }
}

/** `redis://user@host:6379/0` and the like as `host:6379`; what is no address comes back as it is. */
function plainAddress(text: string): string {
  if (/^unix:\/\//i.test(text)) return text;
  const [, host = text, port = '6379'] =
    /^(?:(?:redis|valkey)s?:\/\/)?(\[[^\]]+\]|[^:/@]+)(?::(\d+))?(?:\/\d*)?$/i.exec(text) ?? [];
  return host === text ? text : `${host}:${port}`;
}
