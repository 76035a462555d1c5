import type { Clock } from '../util/clock';
import { hashFraction } from '../util/hash';
import type { TargetPoller } from './target-poller';

/** Waking up costs more than a poll's own work: targets are polled in batches of up to about this many. */
const BATCH = 16;
/** Polls have times in whole milliseconds: two of a target that begin within one could not be told apart. */
const TIME_STEP_MS = 1;
/** Between batches when everything is polled at once, at the start. */
const START_GAP_MS = 10;

interface Slot {
  readonly intervalMs: number;
  readonly offsetMs: number;
  readonly pollers: TargetPoller[];
}

/**
 * Ticks each poller once per interval, at a moment of the wall clock that depends on its target's name alone: it is
 * the same after a restart, and moves by less than a slot when other targets come and go.
 */
export class Scheduler {
  private readonly clock: Clock;
  private cancels: (() => void)[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Replaces what is scheduled. Pollers that have never polled are ticked at once as well. */
  schedule(pollers: readonly TargetPoller[]): void {
    this.close();
    const slots = toSlots(pollers);
    this.cancels = slots.map((slot) => this.run(slot));
    let delay = 0;
    for (const slot of slots) {
      const first = slot.pollers.filter(({ counters }) => counters.polls === 0);
      if (first.length === 0) continue;
      this.cancels.push(this.clock.after(delay, () => tickAll(first)));
      delay += START_GAP_MS;
    }
  }

  close(): void {
    for (const cancel of this.cancels) cancel();
    this.cancels = [];
  }

  private run({ intervalMs, offsetMs, pollers }: Slot): () => void {
    let cancel: () => void;
    let dueAt = this.clock.monotonic();
    const plan = (leastMs: number): void => {
      const waitMs = untilNext(this.clock.now(), offsetMs, intervalMs, leastMs);
      dueAt = this.clock.monotonic() + waitMs;
      cancel = this.clock.after(waitMs, fire);
    };
    const fire = (): void => {
      const missed = Math.max(0, Math.floor((this.clock.monotonic() - dueAt) / intervalMs));
      plan(intervalMs / 10); // a timer that fired a touch early is not sent back to the same moment
      tickAll(pollers, missed);
    };
    plan(0);
    return () => cancel();
  }
}

/** The first tick of all and that of the interval may come together, and a scrape before both: one poll is enough. */
function tickAll(pollers: readonly TargetPoller[], missed = 0): void {
  for (const poller of pollers) if (poller.ready(TIME_STEP_MS) === undefined) poller.tick(missed);
}

/** Milliseconds until the next `offset + k × interval` that is at least `leastMs` away. */
function untilNext(nowMs: number, offsetMs: number, intervalMs: number, leastMs: number): number {
  const since = (((nowMs - offsetMs) % intervalMs) + intervalMs) % intervalMs;
  const waitMs = intervalMs - since;
  return waitMs < leastMs ? waitMs + intervalMs : waitMs;
}

function toSlots(pollers: readonly TargetPoller[]): Slot[] {
  const slots: Slot[] = [];
  for (const [intervalMs, group] of Map.groupBy(pollers, (poller) => poller.target.intervalMs)) {
    // A power of two: adding a target rarely changes the slots, and then only splits them.
    const count = 2 ** Math.max(0, Math.ceil(Math.log2(group.length / BATCH)));
    for (const [slot, members] of Map.groupBy(group, ({ target }) => Math.floor(hashFraction(target.name) * count))) {
      // In the middle of the slot: a poll that is a touch early or late stays within its interval of the wall clock.
      slots.push({ intervalMs, offsetMs: ((slot + 0.5) / count) * intervalMs, pollers: members });
    }
  }
  return slots;
}
