import { TargetError } from '../errors';
import type { Command, ErrorReply, Reply } from '../model/command';
import { targetState, type PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import { formatAddress, type Target } from '../model/target';
import type { Targets, TargetStatus } from './interfaces';
import { NO_SAMPLES, PolledTarget } from './polled-target';
import { Scheduler } from './scheduler';
import type { PollerParts } from './target-poller';

/** The configured targets, polled by the clock. */
export class TargetSet implements Targets {
  private readonly parts: PollerParts;
  private readonly scheduler: Scheduler;
  private targets = new Map<string, PolledTarget>();

  constructor(parts: PollerParts) {
    this.parts = parts;
    this.scheduler = new Scheduler(parts.clock);
  }

  /** Makes `targets` the ones that are polled; those `isSame` as before keep their connection and counters. */
  replace(targets: readonly Target[], isSame: (a: Target, b: Target) => boolean): void {
    const before = this.targets;
    this.targets = new Map(
      targets.map((target) => {
        const known = before.get(target.name);
        if (known !== undefined && isSame(known.poller.target, target)) {
          before.delete(target.name);
          return [target.name, known];
        }
        return [target.name, new PolledTarget(target, this.parts)];
      })
    );
    for (const { poller } of before.values()) poller.close();
    this.scheduler.schedule([...this.targets.values()].map(({ poller }) => poller));
  }

  /** Stops polling and ends every connection. */
  close(): void {
    this.scheduler.close();
    for (const { poller } of this.targets.values()) poller.close();
    this.targets = new Map();
  }

  list(): readonly Target[] {
    return [...this.targets.values()].map(({ poller }) => poller.target);
  }

  find(nameOrAddress: string): Target | undefined {
    const named = this.targets.get(nameOrAddress);
    if (named !== undefined) return named.poller.target;
    const address = plainAddress(nameOrAddress);
    return this.list().find((target) => formatAddress(target.address) === address);
  }

  status(name: string): TargetStatus | undefined {
    const poller = this.targets.get(name)?.poller;
    if (poller === undefined) return undefined;
    const { latest, counters, target } = poller;
    return {
      target,
      state: targetState(latest),
      ...(latest !== undefined && { latest }),
      polls: counters.polls,
      skippedPolls: counters.skipped,
      connections: counters.connections,
      recentPolls: counters.recentPolls,
      recentFailures: counters.recentFailures,
    };
  }

  poll(name: string, maxAgeMs: number, deadlineMs: number): Promise<PollResult> {
    const polled = this.targets.get(name);
    if (polled === undefined) throw new Error(`no target is named ${name}`);
    return polled.poll(maxAgeMs, deadlineMs);
  }

  freshness(name: string): SampleSet {
    return this.targets.get(name)?.freshness() ?? NO_SAMPLES;
  }

  ask(name: string, commands: readonly Command[], deadlineMs: number): Promise<readonly (Reply | ErrorReply)[]> {
    const polled = this.targets.get(name);
    if (polled === undefined) return Promise.reject(new TargetError('closed', `no target is named ${name}`));
    return polled.ask(commands, deadlineMs);
  }
}

const ADDRESS = /^(?:(?:redis|valkey)s?:\/\/)?(\[[^\]]+\]|[^:/@]+)(?::(\d+))?(?:\/\d*)?$/i;

/** `redis://Host:6379/0` and the like as `host:6379`; what is no such address comes back as it is. */
function plainAddress(text: string): string {
  const [, host, port = '6379'] = ADDRESS.exec(text) ?? [];
  return host === undefined ? text : `${host.toLowerCase()}:${Number(port)}`;
}
