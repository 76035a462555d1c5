import { Block, BlockError, MAX_POINTS, openBlock } from './block';
import type { PointVisitor } from './interfaces';
import { packKey } from './key';
import { slotOf } from './mapping';
import { PointBuffer } from './point-buffer';
import { RangeCache, type ReadPoints } from './range-cache';
import type { WantedRange, WantedSeries } from './read-plan';
import type { Segment } from './segment';
import type { Shelf } from './shelf';

/** Where a target's points of a window are: a block, or still in memory. Of two points at one time the earlier's counts. */
type Part = Block | Segment;

const ALWAYS: TimeRange = { fromMs: -Infinity, toMs: Infinity };

export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads ranges window by window: blocks first, then what is in memory; where there are several parts, merged by time. */
export class RangeReader {
  private readonly blockTimes = new Float64Array(MAX_POINTS);
  private readonly points = new PointBuffer();
  private readonly cache = new RangeCache();
  private readonly shelf: Shelf;
  private readonly onDamage: (error: BlockError) => void;

  /** A block that cannot be read is left out, and told of. */
  constructor(shelf: Shelf, onDamage: (error: BlockError) => void) {
    this.shelf = shelf;
    this.onDamage = onDamage;
  }

  read(window: number, wanted: WantedRange, times: TimeRange, visit: PointVisitor): void {
    if (isInMemory(window, wanted)) {
      this.readAnew(window, wanted, times, visit);
      return;
    }
    let points = this.cache.find(window, wanted, this.shelf.blockChanges);
    if (points === undefined) this.cache.keep(window, wanted, (points = this.gather(window, wanted)));
    let place = 0;
    for (const some of wanted.series) {
      for (const { index } of some ?? []) {
        // Safe: there is a start for each series, and one more.
        const [from, to] = [points.starts[place] as number, points.starts[++place] as number];
        give(index, points.times, points.values, from, to, times, visit);
      }
    }
  }

  /** All points of a window that is in blocks, whatever the times asked for. */
  private gather(window: number, wanted: WantedRange): ReadPoints {
    const places = new Map<number, number>();
    for (const some of wanted.series) for (const { index } of some ?? []) places.set(index, places.size);
    const found: { readonly times: Float64Array; readonly values: Float64Array }[] = [];
    this.readAnew(window, wanted, ALWAYS, (index, times, values, from, to) => {
      found[places.get(index) ?? -1] = { times: times.slice(from, to), values: values.slice(from, to) };
    });
    const starts = new Uint32Array(places.size + 1);
    for (let place = 0; place < places.size; place++) {
      starts[place + 1] = (starts[place] as number) + (found[place]?.times.length ?? 0);
    }
    const times = new Float64Array(starts[places.size] as number);
    const values = new Float64Array(times.length);
    found.forEach((points, place) => {
      times.set(points.times, starts[place]);
      values.set(points.values, starts[place]);
    });
    return { times, values, starts };
  }

  private readAnew(window: number, wanted: WantedRange, times: TimeRange, visit: PointVisitor): void {
    const { firstTarget: target, group, range, series } = wanted;
    const inBlocks = new Set<number>();
    let parts: Part[] = [];
    let current = -1;
    const finish = (): void => {
      if (current < 0) return;
      inBlocks.add(current);
      this.readTarget(window, series[current] ?? [], parts, times, visit);
    };
    this.shelf.blocks(packKey({ window, target, group, part: 0 }), range, (within, bytes) => {
      if (within !== current) {
        finish();
        current = within;
        parts = [];
      }
      const block = this.guard(() => openBlock(bytes));
      if (block !== undefined) parts.push(block);
    });
    finish();
    for (let within = range.first; within <= range.last; within++) {
      const some = series[within];
      if (some !== undefined && !inBlocks.has(within)) this.readTarget(window, some, [], times, visit);
    }
  }

  private readTarget(
    window: number,
    wanted: readonly WantedSeries[],
    blocks: readonly Part[],
    times: TimeRange,
    visit: PointVisitor
  ): void {
    const inMemory = wanted[0]?.target.segments.filter((segment) => segment.window === window) ?? [];
    const parts = inMemory.length === 0 ? blocks : [...blocks, ...inMemory];
    const [only] = parts;
    if (parts.length === 1 && only instanceof Block) {
      this.guard(() => {
        only.times(this.blockTimes);
        for (const one of wanted) this.readBlock(only, one, times, visit);
      });
    } else if (parts.length > 0) {
      for (const one of wanted) this.readParts(parts, one, times, visit);
    }
  }

  /** The usual case: the block's times are in `blockTimes`. */
  private readBlock(block: Block, { index, number }: WantedSeries, times: TimeRange, visit: PointVisitor): void {
    const { points, blockTimes } = this;
    points.clear(block.count);
    if (block.values(slotOf(number), points.values)) {
      points.count = block.count;
      give(index, blockTimes, points.values, 0, block.count, times, visit);
      return;
    }
    points.count = block.points(slotOf(number), blockTimes, points.times, points.values);
    give(index, points.times, points.values, 0, points.count, times, visit);
  }

  private readParts(
    parts: readonly Part[],
    { index, number }: WantedSeries,
    times: TimeRange,
    visit: PointVisitor
  ): void {
    const { points, blockTimes } = this;
    points.clear(0);
    for (const part of parts) {
      if (!(part instanceof Block)) points.add(part.polls, (at, values) => part.points(number, at, values));
      else {
        this.guard(() => {
          part.times(blockTimes);
          points.add(part.count, (at, values) => part.points(slotOf(number), blockTimes, at, values));
        });
      }
    }
    points.sort();
    give(index, points.times, points.values, 0, points.count, times, visit);
  }

  private guard<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BlockError)) throw error;
      this.onDamage(error);
      return undefined;
    }
  }
}

/** Whether polls of one of the targets in this window are not in blocks yet. */
function isInMemory(window: number, { series }: WantedRange): boolean {
  return series.some((some) => some?.[0]?.target.segments.some((segment) => segment.window === window));
}

/** Gives the points from index `first` up to `end` that lie in the range. */
function give(
  index: number,
  times: Float64Array,
  values: Float64Array,
  first: number,
  end: number,
  { fromMs, toMs }: TimeRange,
  visit: PointVisitor
): void {
  let from = first;
  let to = end;
  while (from < to && (times[from] as number) < fromMs) from++;
  while (to > from && (times[to - 1] as number) > toMs) to--;
  if (from < to) visit(index, times, values, from, to);
}
