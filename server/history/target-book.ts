import type { Dictionary } from './dictionary';
import { GROUPS, MAX_TARGETS } from './key';
import type { Shelf } from './shelf';
import { TargetState, type SavedTarget } from './target-state';

/** Targets by name and by number. A number is given again when its target is forgotten. */
export class TargetBook {
  /** Id of the journal's next row. */
  nextRow = 1;
  private readonly dictionary: Dictionary;
  private readonly byName = new Map<string, TargetState>();
  private readonly byNumber: (TargetState | undefined)[] = [];
  private readonly removed: TargetState[] = [];

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  load(shelf: Shelf): void {
    for (const [number, value] of shelf.rows('target')) {
      // Safe: written by `save`.
      const saved = value as SavedTarget;
      this.put(new TargetState(number, saved.name, saved.sinceRow, this.dictionary)).load(saved);
      this.nextRow = Math.max(this.nextRow, saved.sinceRow);
    }
    for (const [id, value] of shelf.rows('presence')) {
      this.byNumber[Math.floor(id / GROUPS)]?.presence.load(id % GROUPS, value);
    }
  }

  /** `closedPolls` of a target: how many of its polls will be in blocks when this is written. */
  save(shelf: Shelf, closedPolls: (target: TargetState) => number): void {
    for (const target of this.removed) {
      target.presence.save(shelf);
      if (this.byNumber[target.number] === undefined) shelf.putRow('target', target.number, undefined);
    }
    for (const target of this.byName.values()) {
      target.presence.save(shelf);
      if (target.changed) shelf.putRow('target', target.number, target.toSaved(closedPolls(target)));
    }
  }

  /** What `save` wrote is there to stay. */
  saved(): void {
    this.removed.length = 0;
    for (const target of this.byName.values()) {
      target.presence.saved();
      target.changed = false;
    }
  }

  all(): Iterable<TargetState> {
    return this.byName.values();
  }

  find(name: string): TargetState | undefined {
    return this.byName.get(name);
  }

  get(number: number): TargetState | undefined {
    return this.byNumber[number];
  }

  /** One more than the greatest number in use, or more. */
  get end(): number {
    return this.byNumber.length;
  }

  /** Undefined: there are no numbers left. */
  add(name: string): TargetState | undefined {
    const gap = this.byNumber.indexOf(undefined);
    const number = gap < 0 ? this.byNumber.length : gap;
    if (number >= MAX_TARGETS) return undefined;
    const target = this.put(new TargetState(number, name, this.nextRow, this.dictionary));
    target.changed = true;
    return target;
  }

  remove(target: TargetState): void {
    target.presence.expireAll();
    this.byName.delete(target.name);
    this.byNumber[target.number] = undefined;
    this.removed.push(target);
  }

  private put(target: TargetState): TargetState {
    while (this.byNumber.length < target.number) this.byNumber.push(undefined);
    this.byNumber[target.number] = target;
    this.byName.set(target.name, target);
    return target;
  }
}
