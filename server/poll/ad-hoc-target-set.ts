import type { PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import { formatAddress, type Target } from '../model/target';
import type { AdHocAddress } from './interfaces';
import { NO_SAMPLES, PolledTarget } from './polled-target';
import type { PollerParts } from './target-poller';

/** Targets that nobody asked for in this long are forgotten, and their connections ended. */
const IDLE_MS = 300_000;
/** Beyond this many, the one asked for longest ago makes room. */
const MOST_TARGETS = 200;

/** Targets that are polled because a scrape names them, and only then. They have no credentials. */
export class AdHocTargetSet {
  private readonly parts: PollerParts;
  private readonly defaults: () => Pick<Target, 'intervalMs' | 'timeoutMs' | 'disabledCollectors'>;
  /** Least recently used first. */
  private readonly targets = new Map<string, { readonly polled: PolledTarget; usedAtMs: number }>();
  private cancelSweep: (() => void) | undefined;

  constructor(parts: PollerParts, defaults: () => Pick<Target, 'intervalMs' | 'timeoutMs' | 'disabledCollectors'>) {
    this.parts = parts;
    this.defaults = defaults;
  }

  /** As `Targets.poll`, by address. */
  poll(address: AdHocAddress, maxAgeMs: number, deadlineMs: number): Promise<PollResult> {
    return this.use(address).poll(maxAgeMs, deadlineMs);
  }

  /** As `Targets.freshness`, by address. */
  freshness(address: AdHocAddress): SampleSet {
    return this.targets.get(keyOf(address))?.polled.freshness() ?? NO_SAMPLES;
  }

  close(): void {
    this.cancelSweep?.();
    for (const { polled } of this.targets.values()) polled.poller.close();
    this.targets.clear();
  }

  private use(asked: AdHocAddress): PolledTarget {
    const key = keyOf(asked);
    const polled = this.targets.get(key)?.polled ?? this.create(asked);
    this.targets.delete(key);
    this.targets.set(key, { polled, usedAtMs: this.parts.clock.monotonic() });
    this.sweep();
    return polled;
  }

  private create({ host, port, tls }: AdHocAddress): PolledTarget {
    const address = { kind: 'tcp', host, port } as const;
    const { intervalMs, timeoutMs, disabledCollectors } = this.defaults();
    const target: Target = {
      intervalMs,
      timeoutMs,
      disabledCollectors,
      name: formatAddress(address),
      address,
      labels: {},
      ...(tls && { tls: { insecureSkipVerify: false } }),
    };
    return new PolledTarget(target, this.parts);
  }

  private sweep(): void {
    this.cancelSweep?.();
    const nowMs = this.parts.clock.monotonic();
    for (const [key, { polled, usedAtMs }] of this.targets) {
      if (this.targets.size <= MOST_TARGETS && nowMs - usedAtMs < IDLE_MS) break;
      polled.poller.close();
      this.targets.delete(key);
    }
    this.cancelSweep = this.targets.size === 0 ? undefined : this.parts.clock.after(IDLE_MS, () => this.sweep());
  }
}

function keyOf({ host, port, tls }: AdHocAddress): string {
  return `${tls ? 'tls ' : ''}${host} ${port}`;
}
