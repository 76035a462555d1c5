import { labelsOf, type Layout, type Series } from '../model/samples';
import { familyHeader, familySuffix, inNamespace, labelText } from './naming';
import type { Format, PageEntry } from './page';

/** The lines of one family of one layout, ready but for the labels all lines of an entry share, and the values. */
export interface Block {
  readonly name: string;
  readonly header: string;
  readonly prefixes: readonly string[];
  /** Where the lines' values stand. */
  readonly places: readonly number[];
}

/** A family of a page: its blocks, whichever entry they come from. */
export interface Group {
  readonly header: string;
  readonly parts: { readonly entry: number; readonly block: Block }[];
}

/** Everything of a page but its values and the labels of its entries. */
export interface PagePlan {
  readonly blocks: readonly (readonly Block[])[];
  readonly groups: readonly Group[];
  readonly lines: number;
}

/** What is made once for each series and layout: for lines with labels of their entry, and for lines without. */
interface Made {
  readonly prefixes: WeakMap<Series, string>;
  readonly blocks: WeakMap<Layout, readonly Block[]>;
}

const PLANS_KEPT = 4;
const NO_BLOCKS: readonly Block[] = [];
const PARTS_ORDER = { '': 0, _bucket: 0, _sum: 1, _count: 2 } as const;

/** Plans pages, and keeps what can serve again: series and layouts are shared by targets, and stay from poll to poll. */
export class PagePlanner {
  private readonly namespace: string;
  private readonly made = {
    text: { alone: emptyMade(), labelled: emptyMade() },
    openmetrics: { alone: emptyMade(), labelled: emptyMade() },
  };
  /** By the first entry's blocks. */
  private readonly plans = new WeakMap<readonly Block[], PagePlan[]>();

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** The same object as before for entries of the same layouts in the same order. */
  planFor(entries: readonly PageEntry[], format: Format): PagePlan {
    const blocks = entries.map((entry) => this.blocksFor(entry, format));
    const [first = NO_BLOCKS] = blocks;
    const plans = this.plans.get(first) ?? [];
    const known = plans.find(
      (plan) => plan.blocks.length === blocks.length && plan.blocks.every((one, entry) => one === blocks[entry])
    );
    if (known !== undefined) return known;
    const lines = blocks.flat().reduce((sum, { places }) => sum + places.length, 0);
    const plan = { blocks, groups: toGroups(blocks), lines };
    this.plans.set(first, [plan, ...plans].slice(0, PLANS_KEPT));
    return plan;
  }

  private blocksFor({ labels, samples: { layout } }: PageEntry, format: Format): readonly Block[] {
    const isLabelled = Object.keys(labels).length > 0;
    const made = this.made[format][isLabelled ? 'labelled' : 'alone'];
    let blocks = made.blocks.get(layout);
    if (blocks === undefined) {
      const prefixOf = (series: Series): string => {
        let prefix = made.prefixes.get(series);
        if (prefix === undefined) made.prefixes.set(series, (prefix = linePrefix(series, this.namespace, isLabelled)));
        return prefix;
      };
      blocks = toBlocks(layout, this.namespace, format, prefixOf);
      made.blocks.set(layout, blocks);
    }
    return blocks;
  }
}

function emptyMade(): Made {
  return { prefixes: new WeakMap(), blocks: new WeakMap() };
}

function toBlocks(
  { series }: Layout,
  namespace: string,
  format: Format,
  prefixOf: (series: Series) => string
): readonly Block[] {
  const places = series.map((_, place) => place);
  const byName = Map.groupBy(places, (place) => {
    const one = series[place] as Series;
    return inNamespace(one.family.name, namespace) + familySuffix(one, format);
  });
  return [...byName].map(([name, members]) => {
    const { family } = series[members[0] as number] as Series;
    const ordered = family.type === 'summary' || family.type === 'histogram' ? byPart(series, members) : members;
    return {
      name,
      header: familyHeader(family, name, format),
      prefixes: ordered.map((place) => prefixOf(series[place] as Series)),
      places: ordered,
    };
  });
}

/** Quantiles or buckets of one label set, then its sum and its count, then the next label set. */
function byPart(series: readonly Series[], members: readonly number[]): readonly number[] {
  const sets = Map.groupBy(members, (place) => {
    const { family, labels } = series[place] as Series;
    return labels.slice(0, family.labelNames.length).join('\0');
  });
  const order = (place: number): number => PARTS_ORDER[(series[place] as Series).part];
  return [...sets.values()].flatMap((set) => set.sort((a, b) => order(a) - order(b)));
}

/** `name{cmd="get"} `, or with labels of the entry to come `name{cmd="get",`. */
function linePrefix(series: Series, namespace: string, isLabelled: boolean): string {
  const name = inNamespace(series.family.name, namespace) + series.part;
  const own = labelsOf(series)
    .map(([label, value]) => labelText(label, value))
    .join(',');
  if (isLabelled) return `${name}{${own === '' ? '' : `${own},`}`;
  return own === '' ? `${name} ` : `${name}{${own}} `;
}

function toGroups(blocks: readonly (readonly Block[])[]): readonly Group[] {
  const groups = new Map<string, Group>();
  blocks.forEach((list, entry) => {
    for (const block of list) {
      let group = groups.get(block.name);
      if (group === undefined) groups.set(block.name, (group = { header: block.header, parts: [] }));
      group.parts.push({ entry, block });
    }
  });
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The labels every line of an entry ends with: `instance="cache-1"} `. */
export function lineSuffix({ labels }: PageEntry): string {
  const all = Object.entries(labels).map(([name, value]) => labelText(name, value));
  return all.length === 0 ? '' : `${all.join(',')}} `;
}
