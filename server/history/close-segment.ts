import { encodeBlock, MAX_POINTS, SLOTS, type Column } from './block';
import { packKey } from './key';
import { eachSlot } from './presence';
import type { Segment } from './segment';

export interface NewBlock {
  readonly key: number;
  readonly bytes: Uint8Array;
}

const times = new Float64Array(MAX_POINTS);
const valuesOf = Array.from({ length: SLOTS }, () => new Float64Array(MAX_POINTS));
const presentOf = Array.from({ length: SLOTS }, () => new Uint8Array(MAX_POINTS));

/** The blocks of a segment: one for each group of series. */
export function closeSegment(target: number, segment: Segment): NewBlock[] {
  const { window, part, pages, polls } = segment;
  let at = 0;
  for (const page of pages) {
    times.set(page.rows < page.times.length ? page.times.subarray(0, page.rows) : page.times, at);
    at += page.rows;
  }
  const groups = new Set(pages.flatMap(({ mapping }) => [...mapping.groups.keys()]));
  return [...groups].map((group) => ({
    key: packKey({ window, target, group, part }),
    bytes: encodeBlock(times, polls, columnsOf(segment, group)),
  }));
}

/** They are good until the next call. */
function columnsOf({ pages }: Segment, group: number): (Column | undefined)[] {
  const slots = pages.reduce((all, { mapping }) => all | (mapping.groups.get(group)?.slots ?? 0), 0);
  const columns = new Array<Column | undefined>(SLOTS).fill(undefined);
  eachSlot(slots, (slot) => (columns[slot] = columnOfSlot(pages, group, slot)));
  return columns;
}

function columnOfSlot(pages: Segment['pages'], group: number, slot: number): Column {
  const into = valuesOf[slot] as Float64Array;
  const present = presentOf[slot] as Uint8Array;
  let at = 0;
  let hasGaps = false;
  for (const { mapping, values, rows } of pages) {
    const column = mapping.groups.get(group)?.columns[slot] ?? -1;
    present.fill(column < 0 ? 0 : 1, at, at + rows);
    if (column < 0) {
      hasGaps = true;
      at += rows;
      continue;
    }
    const width = mapping.numbers.length;
    for (let row = 0, from = column; row < rows; row++, from += width) into[at++] = values[from] as number;
  }
  return hasGaps ? { values: into, present } : { values: into };
}
