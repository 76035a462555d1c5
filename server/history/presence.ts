import type { Dictionary } from './dictionary';
import { SLOTS } from './block';
import { GROUPS } from './key';
import type { Mapping } from './mapping';
import type { Shelf } from './shelf';

interface GroupPresence {
  /** A bit for each slot of which there are samples within retention. */
  slots: number;
  /** Of series that have gone: the window behind which there are none. */
  gone: Record<number, number>;
}

/** Which series a target has, or had within retention. */
export class Presence {
  private readonly target: number;
  private readonly dictionary: Dictionary;
  private readonly groups = new Map<number, GroupPresence>();
  private readonly changed = new Set<number>();
  private latest: Mapping | undefined;

  constructor(target: number, dictionary: Dictionary) {
    this.target = target;
    this.dictionary = dictionary;
  }

  /** Takes over a row written by `save`. */
  load(group: number, saved: unknown): void {
    // Safe: written by `save`.
    const presence = saved as GroupPresence;
    this.groups.set(group, presence);
    eachSlot(presence.slots, (slot) => this.dictionary.use(group * SLOTS + slot));
  }

  save(shelf: Shelf): void {
    for (const group of this.changed) shelf.putRow('presence', this.target * GROUPS + group, this.groups.get(group));
  }

  /** What `save` wrote is there to stay. */
  saved(): void {
    this.changed.clear();
  }

  /** The target has these series now. */
  see(mapping: Mapping): void {
    if (mapping === this.latest) return;
    this.latest = mapping;
    mapping.groups.forEach(({ slots }, group) => this.seeGroup(group, slots));
  }

  has(group: number, slot: number): boolean {
    return (((this.groups.get(group)?.slots ?? 0) >>> slot) & 1) === 1;
  }

  groupNumbers(): Iterable<number> {
    return this.groups.keys();
  }

  /** Series that the target does not have now have no samples behind `window`. */
  markGone(window: number): void {
    const { latest } = this;
    if (latest === undefined) return;
    this.groups.forEach((presence, group) => {
      eachSlot(presence.slots & ~(latest.groups.get(group)?.slots ?? 0), (slot) => {
        if (presence.gone[slot] !== undefined) return;
        presence.gone[slot] = window;
        this.changed.add(group);
      });
    });
  }

  /** Forgets series that are gone since before a window. */
  expire(oldestWindow: number): void {
    this.groups.forEach(({ slots, gone }, group) => {
      eachSlot(slots, (slot) => {
        if ((gone[slot] ?? Infinity) < oldestWindow) this.forget(group, slot);
      });
    });
  }

  expireAll(): void {
    this.groups.forEach(({ slots }, group) => eachSlot(slots, (slot) => this.forget(group, slot)));
  }

  private seeGroup(group: number, slots: number): void {
    let presence = this.groups.get(group);
    if (presence === undefined) this.groups.set(group, (presence = { slots: 0, gone: {} }));
    eachSlot(slots, (slot) => {
      if (presence.gone[slot] === undefined) return;
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a small record that is saved as JSON
      delete presence.gone[slot];
      this.changed.add(group);
    });
    eachSlot(slots & ~presence.slots, (slot) => this.dictionary.use(group * SLOTS + slot));
    if ((presence.slots | slots) !== presence.slots) this.changed.add(group);
    presence.slots |= slots;
  }

  private forget(group: number, slot: number): void {
    const presence = this.groups.get(group);
    if (presence === undefined) return;
    presence.slots &= ~(1 << slot);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- as above
    delete presence.gone[slot];
    if (presence.slots === 0) this.groups.delete(group);
    this.dictionary.release(group * SLOTS + slot);
    this.changed.add(group);
  }
}

/** Calls for each bit that is set, the lowest first. */
export function eachSlot(slots: number, call: (slot: number) => void): void {
  for (let rest = slots; rest !== 0; rest &= rest - 1) call(31 - Math.clz32(rest & -rest));
}
