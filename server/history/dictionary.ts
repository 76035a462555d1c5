import type { FamilyDescriptor } from '../model/family';
import type { Layout, SamplePart, Series } from '../model/samples';
import { MAX_SERIES } from './key';
import { makeMapping, type Mapping } from './mapping';
import type { Shelf } from './shelf';

interface Family {
  readonly id: number;
  readonly key: string;
  /** Its texts follow those of the newest version that was appended. */
  readonly descriptor: FamilyDescriptor;
  readonly series: Map<string, number>;
}

interface SavedSeries {
  readonly family: number;
  readonly part: SamplePart;
  readonly labels: readonly string[];
}

/**
 * Numbers for series, the same for every target: series that come in one poll get numbers that follow each other, so that
 * one field of many targets is at the same place of all their blocks. A number nobody uses any more is given again.
 */
export class Dictionary {
  /** Uses by all targets. */
  uses = 0;
  private readonly families = new Map<string, Family>();
  private readonly familyOf = new WeakMap<FamilyDescriptor, Family>();
  private readonly series: (Series | undefined)[] = [];
  private readonly users: number[] = [];
  /** Numbers to give again, the smallest last. */
  private free: number[] = [];
  private nextFamily = 1;
  private mappings = new WeakMap<Layout, Mapping>();
  private readonly changedFamilies = new Map<number, FamilyDescriptor>();
  private readonly changedSeries = new Set<number>();

  load(shelf: Shelf): void {
    const byId = new Map<number, Family>();
    for (const [id, value] of shelf.rows('family')) {
      // Safe: written by `save` from a descriptor.
      byId.set(id, this.addFamily(id, value as FamilyDescriptor));
    }
    for (const [number, value] of shelf.rows('series')) {
      // Safe: written by `save`.
      const { family: id, part, labels } = value as SavedSeries;
      const family = byId.get(id);
      if (family !== undefined) this.addSeries(number, family, part, labels);
    }
    for (let number = this.series.length - 1; number >= 0; number--) {
      if (this.series[number] === undefined) this.free.push(number);
    }
  }

  save(shelf: Shelf): void {
    this.changedFamilies.forEach((descriptor, id) => shelf.putRow('family', id, descriptor));
    for (const number of this.changedSeries) {
      const series = this.series[number];
      shelf.putRow('series', number, series && this.toSaved(series));
    }
  }

  /** What `save` wrote is there to stay. */
  saved(): void {
    this.changedFamilies.clear();
    this.changedSeries.clear();
  }

  /** Gives new series numbers while there are some. */
  mapping(layout: Layout): Mapping {
    let mapping = this.mappings.get(layout);
    if (mapping === undefined) {
      mapping = makeMapping(layout.series.map((series) => this.numberFor(series)));
      this.mappings.set(layout, mapping);
    }
    return mapping;
  }

  get(number: number): Series | undefined {
    return this.series[number];
  }

  use(number: number): void {
    this.users[number] = (this.users[number] ?? 0) + 1;
    this.uses++;
  }

  release(number: number): void {
    this.uses--;
    this.users[number] = (this.users[number] ?? 1) - 1;
  }

  /** Forgets series without users. */
  sweep(): void {
    let swept = 0;
    this.series.forEach((series, number) => {
      if (series === undefined || (this.users[number] ?? 0) > 0) return;
      this.remove(number, series);
      swept++;
    });
    if (swept === 0) return;
    this.free.sort((a, b) => b - a);
    this.mappings = new WeakMap();
  }

  descriptors(): FamilyDescriptor[] {
    return [...this.families.values()].filter(({ series }) => series.size > 0).map(({ descriptor }) => descriptor);
  }

  /** Numbers of the series of a family by its name. */
  numbersOf(familyName: string): number[] {
    const families = [...this.families.values()].filter(({ descriptor }) => descriptor.name === familyName);
    return families.flatMap(({ series }) => [...series.values()]).sort((a, b) => a - b);
  }

  numberOf({ family, part, labels }: Series): number | undefined {
    return this.families.get(familyKey(family))?.series.get(labelsKey(part, labels));
  }

  private numberFor({ family: descriptor, part, labels }: Series): number | undefined {
    const family = this.familyFor(descriptor);
    const known = family.series.get(labelsKey(part, labels));
    if (known !== undefined) return known;
    const number = this.free.pop() ?? this.series.length;
    if (number >= MAX_SERIES) return undefined;
    this.addSeries(number, family, part, labels);
    this.changedSeries.add(number);
    return number;
  }

  private familyFor(descriptor: FamilyDescriptor): Family {
    let family = this.familyOf.get(descriptor) ?? this.families.get(familyKey(descriptor));
    if (family === undefined) {
      family = this.addFamily(this.nextFamily, descriptor);
      this.changedFamilies.set(family.id, family.descriptor);
    } else if (!this.familyOf.has(descriptor) && JSON.stringify(descriptor) !== JSON.stringify(family.descriptor)) {
      Object.assign(family.descriptor, descriptor);
      this.changedFamilies.set(family.id, family.descriptor);
    }
    this.familyOf.set(descriptor, family);
    return family;
  }

  private addFamily(id: number, descriptor: FamilyDescriptor): Family {
    const family: Family = { id, key: familyKey(descriptor), descriptor: { ...descriptor }, series: new Map() };
    this.families.set(family.key, family);
    this.familyOf.set(family.descriptor, family);
    this.nextFamily = Math.max(this.nextFamily, id + 1);
    return family;
  }

  private addSeries(number: number, family: Family, part: SamplePart, labels: readonly string[]): void {
    while (this.series.length < number) this.series.push(undefined);
    this.series[number] = { family: family.descriptor, part, labels };
    this.users[number] = 0;
    family.series.set(labelsKey(part, labels), number);
  }

  private remove(number: number, { family: descriptor, part, labels }: Series): void {
    const family = this.familyFor(descriptor);
    family.series.delete(labelsKey(part, labels));
    this.series[number] = undefined;
    this.changedSeries.add(number);
    this.free.push(number);
  }

  private toSaved({ family, part, labels }: Series): SavedSeries {
    return { family: this.familyFor(family).id, part, labels };
  }
}

/** What must be the same for old and new samples to be of one family: not its texts. */
function familyKey({ name, type, unit, labelNames }: FamilyDescriptor): string {
  return JSON.stringify([name, type, unit, labelNames]);
}

function labelsKey(part: SamplePart, labels: readonly string[]): string {
  return `${part}\0${labels.join('\0')}`;
}
