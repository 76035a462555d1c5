import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import type { Layout } from '../model/samples';
import type { LayoutMessage, ToThread } from './protocol';

/** The sending side: gives each layout in use a number, and tells of those that come and go. */
export class LayoutBook {
  private readonly post: (message: ToThread) => void;
  private readonly known = new Map<Layout, { readonly id: number; users: number }>();
  private readonly byTarget = new Map<string, Layout>();
  private lastId = 0;

  constructor(post: (message: ToThread) => void) {
    this.post = post;
  }

  /** The number of the layout a target uses from now on. */
  use(target: string, layout: Layout): number {
    let entry = this.known.get(layout);
    if (entry === undefined) {
      entry = { id: ++this.lastId, users: 0 };
      this.known.set(layout, entry);
      this.post(layoutMessage(entry.id, layout));
    }
    if (this.byTarget.get(target) !== layout) {
      entry.users++;
      this.release(target);
      this.byTarget.set(target, layout);
    }
    return entry.id;
  }

  /** Forgets targets that are not polled any more. */
  keep(targets: ReadonlySet<string>): void {
    for (const target of [...this.byTarget.keys()]) if (!targets.has(target)) this.release(target);
  }

  private release(target: string): void {
    const layout = this.byTarget.get(target);
    if (layout === undefined) return;
    this.byTarget.delete(target);
    const entry = this.known.get(layout);
    if (entry === undefined || --entry.users > 0) return;
    this.known.delete(layout);
    this.post({ type: 'forget', layout: entry.id });
  }
}

function layoutMessage(id: number, { series }: Layout): LayoutMessage {
  const families = [...new Set(series.map(({ family }) => family))];
  const numbers = new Map(families.map((family, index) => [family, index]));
  return {
    type: 'layout',
    layout: id,
    families,
    series: series.map(({ family, part, labels }) => ({ family: numbers.get(family) ?? 0, part, labels })),
  };
}

/** The receiving side: gives back layouts whose families and series are shared, as they were where they came from. */
export class LayoutReader {
  private readonly families = new Map<string, FamilyDescriptor>();
  private readonly layouts = new Map<number, Layout>();

  constructor(families: readonly FamilyDescriptor[]) {
    families.forEach((family) => this.shared(family));
  }

  take({ layout, families, series }: LayoutMessage): void {
    const shared = families.map((family) => this.shared(family));
    const recorder = new SampleRecorder();
    for (const { family, part, labels } of series) recorder.add(shared[family] as FamilyDescriptor, 0, labels, part);
    this.layouts.set(layout, recorder.finish().layout);
  }

  forget(layout: number): void {
    this.layouts.delete(layout);
  }

  get(layout: number): Layout | undefined {
    return this.layouts.get(layout);
  }

  /** One object for families that say the same; there are as many as collectors can make up. */
  private shared(family: FamilyDescriptor): FamilyDescriptor {
    const key = JSON.stringify(family);
    const known = this.families.get(key);
    if (known === undefined) this.families.set(key, family);
    return known ?? family;
  }
}
