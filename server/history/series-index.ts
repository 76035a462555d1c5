import type { Dictionary } from './dictionary';
import type { StoredSeries } from './interfaces';
import { groupOf, slotOf } from './mapping';
import type { TargetBook } from './target-book';
import type { TargetState } from './target-state';

type SeriesByNumber = Map<number, StoredSeries>;

interface Place {
  readonly target: TargetState;
  readonly number: number;
  /** Lives as long as one of its series does, so that it can find them. */
  readonly siblings: SeriesByNumber;
}

/** Finds series by family and target. A series is one object for all who ask; nothing is kept for one that nobody holds. */
export class SeriesIndex {
  private readonly dictionary: Dictionary;
  private readonly targets: TargetBook;
  private readonly known = new WeakMap<TargetState, WeakRef<SeriesByNumber>>();
  private readonly places = new WeakMap<StoredSeries, Place>();

  constructor(dictionary: Dictionary, targets: TargetBook) {
    this.dictionary = dictionary;
    this.targets = targets;
  }

  find(family: string, names?: readonly string[]): StoredSeries[] {
    const numbers = this.dictionary.numbersOf(family);
    const targets = names === undefined ? this.targets.all() : new Set(names.map((name) => this.targets.find(name)));
    const found: StoredSeries[] = [];
    for (const target of targets) {
      for (const number of numbers) {
        if (target?.presence.has(groupOf(number), slotOf(number)) === true) found.push(this.get(target, number));
      }
    }
    return found;
  }

  /** Where a series' samples are; undefined: there are none left. */
  placeOf(stored: StoredSeries): Place | undefined {
    const place = this.places.get(stored);
    if (place === undefined) throw new Error(`a series of ${stored.target} is not one of this store's`);
    const isThere = this.targets.get(place.target.number) === place.target;
    return isThere && this.dictionary.get(place.number) === stored.series ? place : undefined;
  }

  private get(target: TargetState, number: number): StoredSeries {
    const siblings = this.siblingsOf(target);
    const known = siblings.get(number);
    // Safe: the target has it.
    const series = this.dictionary.get(number) as StoredSeries['series'];
    if (known?.series === series) return known;
    const stored: StoredSeries = { target: target.name, series };
    siblings.set(number, stored);
    this.places.set(stored, { target, number, siblings });
    return stored;
  }

  private siblingsOf(target: TargetState): SeriesByNumber {
    const known = this.known.get(target)?.deref();
    if (known !== undefined) return known;
    const siblings: SeriesByNumber = new Map();
    this.known.set(target, new WeakRef(siblings));
    return siblings;
  }
}
