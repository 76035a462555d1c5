import type { WantedRange } from './read-plan';

/** Memory that may be taken by points that were read before. */
const MOST_BYTES = 16 * 2 ** 20;

/** Points of the wanted series of one window, series behind series, in the order in which the range lists them. */
export interface ReadPoints {
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Where each series begins; one more at the end. */
  readonly starts: Uint32Array;
}

/**
 * Points as they were last read from blocks. Dashboards ask the same again and again, and blocks never change: reading
 * and unpacking them anew is most of the work of a wide question.
 */
export class RangeCache {
  /** Least recently used first. */
  private readonly entries = new Map<string, ReadPoints>();
  private bytes = 0;
  private generation = 0;

  /** `generation` is a number that changes whenever blocks come or go. */
  find(window: number, { identity }: WantedRange, generation: number): ReadPoints | undefined {
    if (generation !== this.generation) this.clear(generation);
    const key = keyOf(window, identity);
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, found);
    return found;
  }

  keep(window: number, { identity }: WantedRange, points: ReadPoints): void {
    this.entries.set(keyOf(window, identity), points);
    this.bytes += bytesOf(points);
    for (const [key, oldest] of this.entries) {
      if (this.bytes <= MOST_BYTES) break;
      this.entries.delete(key);
      this.bytes -= bytesOf(oldest);
    }
  }

  private clear(generation: number): void {
    this.entries.clear();
    this.bytes = 0;
    this.generation = generation;
  }
}

function keyOf(window: number, identity: string): string {
  return `${window} ${identity}`;
}

function bytesOf({ times, values, starts }: ReadPoints): number {
  return times.byteLength + values.byteLength + starts.byteLength;
}
