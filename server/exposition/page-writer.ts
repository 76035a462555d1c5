import type { Layout, Series } from '../model/samples';
import { familyHeader, familySuffix, inNamespace, labelText } from './naming';
import type { Format, PageEntry } from './page';

/** The lines of one family of one layout, ready but for the labels all lines of an entry share, and the values. */
interface Block {
  readonly name: string;
  readonly header: string;
  readonly prefixes: readonly string[];
  /** Where the lines' values stand. */
  readonly places: readonly number[];
}

/** A family of a page: its blocks, whichever entry they come from. */
interface Group {
  readonly header: string;
  readonly parts: { readonly entry: number; readonly block: Block }[];
}

interface Plan {
  readonly blocks: readonly (readonly Block[])[];
  readonly groups: readonly Group[];
  /** Of the last page; the next one will hardly be much longer. */
  bytes: number;
}

/** What is made once for each series and layout: for lines with labels of their entry, and for lines without. */
interface Made {
  readonly prefixes: WeakMap<Series, string>;
  readonly blocks: WeakMap<Layout, readonly Block[]>;
}

const PLANS_KEPT = 4;
const SPARES_KEPT = 4;
const NO_BLOCKS: readonly Block[] = [];
/** Text is gathered to about this many characters before it is turned into bytes. */
const CHUNK = 16 * 1024;

const PARTS_ORDER = { '': 0, _bucket: 0, _sum: 1, _count: 2 } as const;

/**
 * Writes pages of Prometheus text. Everything but the values is made once for each series, so that a page whose series
 * are those of the page before is one pass over the values.
 */
export class PageWriter {
  private readonly namespace: string;
  private readonly made = {
    text: { alone: emptyMade(), labelled: emptyMade() },
    openmetrics: { alone: emptyMade(), labelled: emptyMade() },
  };
  /** By the first entry's blocks: the all-targets page and single ones come again and again. */
  private readonly plans = new WeakMap<readonly Block[], Plan[]>();

  private readonly spares: Buffer[] = [];

  constructor({ namespace }: { readonly namespace: string }) {
    this.namespace = namespace;
  }

  /** The page of all entries in UTF-8, each family in one piece, sorted by name; `ownText` is appended as it is. */
  write(entries: readonly PageEntry[], format: Format, ownText = ''): Buffer {
    const plan = this.planFor(entries.map((entry) => this.blocksFor(entry, format)));
    const suffixes = entries.map(lineSuffix);
    const page = new PageBuffer(this.takeSpare(plan.bytes + CHUNK));
    let text = '';
    for (const { header, parts } of plan.groups) {
      text += header;
      for (const { entry, block } of parts) {
        const { values } = (entries[entry] as PageEntry).samples;
        const suffix = suffixes[entry] as string;
        const { prefixes, places } = block;
        for (let line = 0; line < prefixes.length; line++) {
          text += (prefixes[line] as string) + suffix + numberText(values[places[line] as number] as number) + '\n';
        }
        if (text.length < CHUNK) continue;
        page.append(text);
        text = '';
      }
    }
    page.append(text + ownText + (format === 'text' ? '' : '# EOF\n'));
    const bytes = page.bytes();
    plan.bytes = bytes.length;
    return bytes;
  }

  /**
   * Gives back a page that nobody reads any more: later pages are written over it. Buffers of this size, one for each
   * page, would wait long for the garbage collector.
   */
  recycle({ buffer }: Buffer): void {
    if (this.spares.length < SPARES_KEPT) this.spares.push(Buffer.from(buffer));
  }

  private takeSpare(bytes: number): Buffer {
    const fitting = this.spares.findIndex((spare) => spare.length >= bytes);
    return this.spares.splice(fitting, fitting === -1 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(bytes);
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

  private planFor(blocks: readonly (readonly Block[])[]): Plan {
    const [first = NO_BLOCKS] = blocks;
    const plans = this.plans.get(first) ?? [];
    const known = plans.find(
      (plan) => plan.blocks.length === blocks.length && plan.blocks.every((one, entry) => one === blocks[entry])
    );
    if (known !== undefined) return known;
    const plan = { blocks, groups: toGroups(blocks), bytes: 0 };
    this.plans.set(first, [plan, ...plans].slice(0, PLANS_KEPT));
    return plan;
  }
}

/** A page under way: bytes with room for more. */
class PageBuffer {
  private buffer: Buffer;
  private length = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  append(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.length + bytes > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow((this.length + bytes) * 2);
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    // ASCII is copied as it is, several times faster than it would be encoded.
    this.length += this.buffer.write(text, this.length, bytes === text.length ? 'latin1' : 'utf8');
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
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
function linePrefix({ family, part, labels }: Series, namespace: string, isLabelled: boolean): string {
  const { labelNames, optionalLabelNames = [] } = family;
  const name = inNamespace(family.name, namespace) + part;
  const own = labels
    .flatMap((value, at) => {
      const label = labelNames[at] ?? (part === '_bucket' ? 'le' : 'quantile');
      return value === '' && optionalLabelNames.includes(label) ? [] : [labelText(label, value)];
    })
    .join(',');
  if (isLabelled) return `${name}{${own === '' ? '' : `${own},`}`;
  return own === '' ? `${name} ` : `${name}{${own}} `;
}

/** The labels every line of an entry ends with: `instance="cache-1"} `. */
function lineSuffix({ labels }: PageEntry): string {
  const all = Object.entries(labels).map(([name, value]) => labelText(name, value));
  return all.length === 0 ? '' : `${all.join(',')}} `;
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
