import { availableParallelism } from 'node:os';
import { cpuMs, endedChildrenMs, machineBusyMs } from './proc';
import type { Processes } from './processes';

interface Snapshot {
  readonly atMs: number;
  readonly busyMs: number;
  readonly ownMs: number;
}

/** Watches what else the machine does while something is measured. */
export class LoadWatch {
  /** Of each round: the part of the machine's CPU time, 0 to 1, that went to processes that are not the benchmark's. */
  readonly otherShares: number[] = [];
  private readonly processes: Processes;

  constructor(processes: Processes) {
    this.processes = processes;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const before = this.snapshot();
    const result = await work();
    const after = this.snapshot();
    const otherMs = after.busyMs - before.busyMs - (after.ownMs - before.ownMs);
    const allMs = (after.atMs - before.atMs) * availableParallelism();
    this.otherShares.push(Math.max(0, otherMs / allMs));
    return result;
  }

  /** A child's time moves from its own count to that of ended children; the sum stays. */
  private snapshot(): Snapshot {
    const runningMs = [process.pid, ...this.processes.pids()].reduce((sum, pid) => sum + cpuMs(pid), 0);
    return { atMs: performance.now(), busyMs: machineBusyMs(), ownMs: runningMs + endedChildrenMs() };
  }
}
