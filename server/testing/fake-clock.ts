import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../util/clock';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  /** Timers run this long before they are due, as real ones may by a touch. */
  earlyMs = 0;
  private elapsedMs = 0;
  private startMs: number;
  private readonly timers = new Set<Timer>();

  /** `startMs` is Unix time when the clock begins. */
  constructor(startMs = 1_700_000_000_000) {
    this.startMs = startMs;
  }

  now(): number {
    return this.startMs + this.elapsedMs;
  }

  monotonic(): number {
    return this.elapsedMs;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { atMs: this.elapsedMs + ms, callback };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  get pendingTimers(): number {
    return this.timers.size;
  }

  /** Lets time pass: each timer runs at its own time, with all that follows from it without further waiting. */
  async advance(ms: number): Promise<void> {
    const endMs = this.elapsedMs + ms;
    await setImmediate();
    for (let timer = this.next(endMs); timer !== undefined; timer = this.next(endMs)) {
      this.elapsedMs = Math.max(this.elapsedMs, timer.atMs - this.earlyMs);
      this.timers.delete(timer);
      timer.callback();
      await setImmediate();
    }
    this.elapsedMs = endMs;
  }

  /** Lets time pass with nothing running meanwhile: a process that was stopped, or busy with something else. */
  async stall(ms: number): Promise<void> {
    this.elapsedMs += ms;
    await this.advance(0);
  }

  /** Sets the system's clock forth, or back when `ms` is negative; no time passes. */
  jump(ms: number): void {
    this.startMs += ms;
  }

  private next(endMs: number): Timer | undefined {
    const due = [...this.timers].filter(({ atMs }) => atMs - this.earlyMs <= endMs);
    return due.sort((a, b) => a.atMs - b.atMs)[0];
  }
}
