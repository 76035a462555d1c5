import type { Format, PageEntry } from './page';
import { PageBuffer } from './page-buffer';
import { changeLines, valuesInOrder, writeLines, type WrittenLines } from './page-lines';
import { lineSuffix, PagePlanner, type PagePlan } from './page-plan';

const SPARES_KEPT = 4;
/** The page of one target is not written into what was that of hundreds, which then would make another one. */
const MOST_TIMES_TOO_LONG = 4;
/** Room for our own text and for values that grow. */
const MARGIN_BYTES = 16 * 1024;
/** Pages from which the next ones are made: few and not too long, for they take memory. */
const TEMPLATES_KEPT = 4;
const LONGEST_TEMPLATE_BYTES = 512 * 1024;

/**
 * Writes pages of Prometheus text. Everything but the values is made once for each series, and a page of the series of
 * a page before it is a copy of that one with what changed.
 */
export class PageWriter {
  private readonly planner: PagePlanner;
  /** Newest first. */
  private readonly templates: WrittenLines[] = [];
  private readonly spares: Buffer[] = [];
  /** Pages given back while a template was made of them. */
  private readonly released = new Set<ArrayBufferLike>();
  private readonly sizes = new WeakMap<PagePlan, number>();

  constructor({ namespace }: { readonly namespace: string }) {
    this.planner = new PagePlanner(namespace);
  }

  /** The page of all entries in UTF-8, each family in one piece, sorted by name; `ownText` is appended as it is. */
  write(entries: readonly PageEntry[], format: Format, ownText = ''): Buffer {
    const plan = this.planner.planFor(entries, format);
    const suffixes = entries.map(lineSuffix);
    const values = valuesInOrder(plan, entries);
    const page = new PageBuffer(this.takeSpare((this.sizes.get(plan) ?? 0) + MARGIN_BYTES));
    const template = this.takeTemplate(plan, suffixes);
    const lines =
      template === undefined ? writeLines(plan, suffixes, values, page) : changeLines(template, values, page);
    if (template !== undefined) this.letGo(template);
    const isTemplate = page.isAscii && lines.bytes.length <= LONGEST_TEMPLATE_BYTES;
    page.append(ownText + (format === 'text' ? '' : '# EOF\n'));
    const bytes = page.bytes();
    this.sizes.set(plan, bytes.length);
    if (isTemplate) this.keepTemplate({ ...lines, bytes: bytes.subarray(0, lines.bytes.length) });
    return bytes;
  }

  /**
   * Gives back a page that nobody reads any more, once: later pages are written over it. Buffers of this size, one for
   * each page, would wait long for the garbage collector.
   */
  recycle({ buffer }: Buffer): void {
    if (this.templates.some(({ bytes }) => bytes.buffer === buffer)) this.released.add(buffer);
    else this.spares.push(Buffer.from(buffer));
    if (this.spares.length > SPARES_KEPT) this.spares.shift(); // one that fits nobody any more makes way
  }

  private takeSpare(bytes: number): Buffer {
    const fitting = this.spares.findIndex(({ length }) => length >= bytes && length <= bytes * MOST_TIMES_TOO_LONG);
    return this.spares.splice(fitting, fitting === -1 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(bytes);
  }

  private takeTemplate(plan: PagePlan, suffixes: readonly string[]): WrittenLines | undefined {
    const found = this.templates.findIndex(
      (one) => one.plan === plan && one.suffixes.every((suffix, entry) => suffix === suffixes[entry])
    );
    return found === -1 ? undefined : this.templates.splice(found, 1)[0];
  }

  private keepTemplate(template: WrittenLines): void {
    this.templates.unshift(template);
    for (const old of this.templates.splice(TEMPLATES_KEPT)) this.letGo(old);
  }

  /** The bytes of a page that is no template any more serve again, if its readers have gone before. */
  private letGo({ bytes: { buffer } }: WrittenLines): void {
    if (this.released.delete(buffer)) this.recycle(Buffer.from(buffer));
  }
}
