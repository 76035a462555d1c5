/** Points of a series, gathered from several places. */
export class PointBuffer {
  times = new Float64Array(0);
  values = new Float64Array(0);
  count = 0;

  /** Empty, with room for so many points. */
  clear(capacity: number): void {
    this.count = 0;
    this.reserve(capacity);
  }

  /** `read` puts up to `most` points in the arrays it is given, and says how many. */
  add(most: number, read: (times: Float64Array, values: Float64Array) => number): void {
    this.reserve(this.count + most);
    this.count += read(this.times.subarray(this.count), this.values.subarray(this.count));
  }

  /** By time; of points at the same time the first one added stays. */
  sort(): void {
    if (this.isSorted()) return;
    const { times, values, count } = this;
    const order = Array.from({ length: count }, (_, at) => at);
    // Safe, here and below: indexes of points. The sort is stable.
    order.sort((a, b) => (times[a] as number) - (times[b] as number));
    const sortedTimes = new Float64Array(times.length);
    const sortedValues = new Float64Array(values.length);
    let kept = 0;
    for (const at of order) {
      if (kept > 0 && sortedTimes[kept - 1] === times[at]) continue;
      sortedTimes[kept] = times[at] as number;
      sortedValues[kept++] = values[at] as number;
    }
    this.times = sortedTimes;
    this.values = sortedValues;
    this.count = kept;
  }

  private isSorted(): boolean {
    for (let at = 1; at < this.count; at++) {
      if ((this.times[at] as number) <= (this.times[at - 1] as number)) return false;
    }
    return true;
  }

  private reserve(capacity: number): void {
    if (capacity <= this.times.length) return;
    const larger = Math.max(capacity, this.times.length * 2);
    const { times, values, count } = this;
    this.times = new Float64Array(larger);
    this.values = new Float64Array(larger);
    this.times.set(times.subarray(0, count));
    this.values.set(values.subarray(0, count));
  }
}
