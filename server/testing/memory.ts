import { readFileSync } from 'node:fs';
import type { RunningProcess } from './child-process';

/** The most memory a process has had so far, in bytes: all of it that was in RAM at one time. */
export function peakBytes({ pid }: RunningProcess): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`nobody knows how much memory process ${pid} has had`);
  return Number(kilobytes) * 1024;
}
