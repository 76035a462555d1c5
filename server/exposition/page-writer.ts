import type { Layout, Series } from '../model/samples';
import { familyHeader, inNamespace, labelText } from './naming';
import type { Format, PageEntry } from './page';

/** The lines of one family of one layout, ready but for their values. */
interface Block {
  readonly name: string;
  readonly header: string;
  /** `name{labels} ` of each line, and where its value stands. */
  readonly prefixes: readonly string[];
  readonly places: readonly number[];
}

/** A family of a page: all its blocks, whichever entry they come from. */
interface Group {
  readonly header: string;
  readonly parts: { readonly entry: number; readonly block: Block }[];
}

interface Plan {
  readonly blocks: readonly (readonly Block[])[];
  readonly groups: readonly Group[];
}

const PARTS_ORDER = { '': 0, _bucket: 0, _sum: 1, _count: 2 } as const;

/**
 * Writes pages of Prometheus text. Everything but the values is made once per layout, so that a page whose series are
 * those of the page before is one pass over the values.
 */
export class PageWriter {
  private readonly namespace: string;
  private readonly blocks: Record<Format, WeakMap<Layout, Map<string, readonly Block[]>>>;
  private readonly plans: Plan[] = [];

  constructor({ namespace }: { readonly namespace: string }) {
    this.namespace = namespace;
    this.blocks = { text: new WeakMap(), openmetrics: new WeakMap() };
  }

  /** The page of all entries, each family in one piece, sorted by name; `ownText` is appended as it is. */
  write(entries: readonly PageEntry[], format: Format, ownText = ''): string {
    const { groups } = this.planFor(entries.map((entry) => this.blocksFor(entry, format)));
    let text = '';
    for (const { header, parts } of groups) {
      text += header;
      for (const { entry, block } of parts) {
        const { values } = (entries[entry] as PageEntry).samples;
        const { prefixes, places } = block;
        for (let line = 0; line < prefixes.length; line++) {
          text += (prefixes[line] as string) + numberText(values[places[line] as number] as number) + '\n';
        }
      }
    }
    return format === 'text' ? text + ownText : `${text}${ownText}# EOF\n`;
  }

  private blocksFor({ labels, samples }: PageEntry, format: Format): readonly Block[] {
    const common = Object.entries(labels).map(([name, value]) => labelText(name, value));
    const key = common.join(',');
    const known = this.blocks[format];
    let byLabels = known.get(samples.layout);
    if (byLabels === undefined) known.set(samples.layout, (byLabels = new Map<string, readonly Block[]>()));
    let blocks = byLabels.get(key);
    if (blocks === undefined) byLabels.set(key, (blocks = toBlocks(samples.layout, common, format, this.namespace)));
    return blocks;
  }

  /** The last few plans are kept: the all-targets page and a handful of single ones come again and again. */
  private planFor(blocks: readonly (readonly Block[])[]): Plan {
    const known = this.plans.find(
      (plan) => plan.blocks.length === blocks.length && plan.blocks.every((one, entry) => one === blocks[entry])
    );
    if (known !== undefined) return known;
    const plan = { blocks, groups: toGroups(blocks) };
    this.plans.unshift(plan);
    this.plans.length = Math.min(this.plans.length, 4);
    return plan;
  }
}

function toBlocks({ series }: Layout, common: readonly string[], format: Format, namespace: string): readonly Block[] {
  const places = series.map((_, place) => place);
  const byName = Map.groupBy(places, (place) => (series[place] as Series).family.name);
  return [...byName].map(([original, members]) => {
    const { family } = series[members[0] as number] as Series;
    const name = inNamespace(original, namespace);
    const ordered = family.type === 'summary' || family.type === 'histogram' ? byPart(series, members) : members;
    return {
      name,
      header: familyHeader(family, name, format),
      prefixes: ordered.map((place) => linePrefix(series[place] as Series, name, common)),
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

function linePrefix({ family, part, labels }: Series, name: string, common: readonly string[]): string {
  const { labelNames, optionalLabelNames = [] } = family;
  const own = labels.flatMap((value, at) => {
    const label = labelNames[at] ?? (part === '_bucket' ? 'le' : 'quantile');
    return value === '' && optionalLabelNames.includes(label) ? [] : [labelText(label, value)];
  });
  const all = [...own, ...common].join(',');
  return all === '' ? `${name}${part} ` : `${name}${part}{${all}} `;
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

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
