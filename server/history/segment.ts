import { MAX_POINTS } from './block';
import { columnOf, type Mapping } from './mapping';

/** Rows of a page, at most. */
const PAGE_ROWS = 16;

/** Some polls of the same series, a row each. */
export interface Page {
  readonly mapping: Mapping;
  readonly times: Float64Array;
  /** Row after row. */
  readonly values: Float64Array;
  rows: number;
}

/** Polls of a target in memory that become blocks with one part number: of one window, in the order of time. */
export class Segment {
  readonly window: number;
  readonly part: number;
  /** The number of its first poll among those of the target. */
  readonly firstPoll: number;
  readonly pages: Page[] = [];
  polls = 0;
  samples = 0;
  bytes = 0;
  lastMs = -Infinity;
  /** How many of its polls are in the journal. */
  journaled = 0;
  /** The journal's row that holds its first poll. */
  firstRow = Infinity;
  /** `passed`: later windows have begun; `cut`: it cannot take more, for any other reason. */
  state: 'open' | 'passed' | 'cut' = 'open';

  constructor(window: number, part: number, firstPoll: number) {
    this.window = window;
    this.part = part;
    this.firstPoll = firstPoll;
  }

  accepts(window: number, atMs: number): boolean {
    return this.state === 'open' && window === this.window && atMs > this.lastMs && this.polls < MAX_POINTS;
  }

  append(mapping: Mapping, atMs: number, values: Float64Array): void {
    const page = this.pageFor(mapping);
    const width = mapping.numbers.length;
    const at = page.rows * width;
    if (mapping.picks === undefined) page.values.set(values, at);
    else mapping.picks.forEach((pick, column) => (page.values[at + column] = values[pick] as number));
    page.times[page.rows++] = atMs;
    this.polls++;
    this.samples += width;
    this.lastMs = atMs;
  }

  /** Puts the points of a series in the arrays, and gives how many they are. */
  points(series: number, intoTimes: Float64Array, intoValues: Float64Array): number {
    let found = 0;
    for (const { mapping, times, values, rows } of this.pages) {
      const column = columnOf(mapping, series);
      if (column < 0) continue;
      const width = mapping.numbers.length;
      for (let row = 0, at = column; row < rows; row++, at += width, found++) {
        intoTimes[found] = times[row] as number;
        intoValues[found] = values[at] as number;
      }
    }
    return found;
  }

  /** Pages grow while series stay, so that series that come and go do not leave large pages with single rows. */
  private pageFor(mapping: Mapping): Page {
    const last = this.pages.at(-1);
    const isSame = last?.mapping === mapping;
    if (isSame && last.rows < last.times.length) return last;
    const capacity = isSame ? Math.min(PAGE_ROWS, last.times.length * 2) : 1;
    const page: Page = {
      mapping,
      times: new Float64Array(capacity),
      values: new Float64Array(capacity * mapping.numbers.length),
      rows: 0,
    };
    this.pages.push(page);
    this.bytes += page.times.byteLength + page.values.byteLength;
    return page;
  }
}

/** All segments of some targets. */
export function* eachSegment(targets: Iterable<{ readonly segments: readonly Segment[] }>): Iterable<Segment> {
  for (const { segments } of targets) yield* segments;
}
