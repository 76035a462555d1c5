/** Time as the code sees it, so that tests can set it. */
export interface Clock {
  /** Unix milliseconds; may jump when somebody sets the clock. */
  now(): number;
  /** Milliseconds from an arbitrary start, with fractions; never jumps. */
  monotonic(): number;
  /** Calls `callback` once after `ms`; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
