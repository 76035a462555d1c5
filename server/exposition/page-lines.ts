import type { PageEntry } from './page';
import type { PageBuffer } from './page-buffer';
import type { PagePlan } from './page-plan';

/** Text is gathered to about this many characters before it is turned into bytes: few enough that the end of a page has room. */
const CHUNK = 4 * 1024;

/** A page's lines as they were written, from which the next page of the same series is made by changing what changed. */
export interface WrittenLines {
  readonly plan: PagePlan;
  /** Text of each entry's labels. */
  readonly suffixes: readonly string[];
  /** In the order of the lines, as are the next two. */
  readonly values: Float64Array;
  /** Where the text of each value starts, and how long it is, in bytes. */
  readonly starts: Uint32Array;
  readonly lengths: Uint8Array;
  readonly bytes: Buffer;
}

/** The values of all entries in the order of the page's lines. */
export function valuesInOrder({ groups, lines }: PagePlan, entries: readonly PageEntry[]): Float64Array {
  const ordered = new Float64Array(lines);
  let at = 0;
  for (const { parts } of groups) {
    for (const { entry, block } of parts) {
      const { values } = (entries[entry] as PageEntry).samples;
      for (const place of block.places) ordered[at++] = values[place] as number;
    }
  }
  return ordered;
}

/** Writes every line anew. What it gives can serve `changeLines` if the page is ASCII. */
export function writeLines(
  plan: PagePlan,
  suffixes: readonly string[],
  values: Float64Array,
  page: PageBuffer
): WrittenLines {
  const starts = new Uint32Array(plan.lines);
  const lengths = new Uint8Array(plan.lines);
  let text = '';
  let at = 0;
  for (const { header, parts } of plan.groups) {
    text += header;
    for (const { entry, block } of parts) {
      const suffix = suffixes[entry] as string;
      for (const prefix of block.prefixes) {
        const number = numberText(values[at] as number);
        text += prefix + suffix;
        starts[at] = page.length + text.length;
        lengths[at++] = number.length;
        text += number + '\n';
      }
      if (text.length < CHUNK) continue;
      page.append(text);
      text = '';
    }
  }
  page.append(text);
  return { plan, suffixes, values, starts, lengths, bytes: page.bytes() };
}

/** Writes the lines again with other values: copies the bytes between those that changed. Uses up `written`. */
export function changeLines(written: WrittenLines, values: Float64Array, page: PageBuffer): WrittenLines {
  const { starts, lengths, bytes } = written;
  let copied = 0;
  let shift = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    const start = starts[at] as number;
    if (Object.is(value, written.values[at])) {
      starts[at] = start + shift;
      continue;
    }
    const number = numberText(value);
    page.copyFrom(bytes, copied, start);
    starts[at] = page.length;
    page.appendAscii(number);
    copied = start + (lengths[at] as number);
    lengths[at] = number.length;
    shift = page.length - copied;
  }
  page.copyFrom(bytes, copied, bytes.length);
  return { ...written, values, bytes: page.bytes() };
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
