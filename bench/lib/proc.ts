import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, the unit of /proc/stat, is this everywhere Node runs on Linux. */
const TICK_MS = 10;

/** CPU milliseconds a process has used so far, all its threads together; 0: there is no such process. */
export function cpuMs(pid: number): number {
  const directory = `/proc/${pid}/task`;
  return listed(directory).reduce((sum, thread) => sum + schedstatMs(text(`${directory}/${thread}/schedstat`)), 0);
}

/** Resident memory of a process in MB of 10^6 bytes. */
export function residentMb(pid: number): number {
  return parseResidentMb(text(`/proc/${pid}/status`));
}

/** CPU milliseconds all processes of the machine have used so far, and what a hypervisor gave to others meanwhile. */
export function machineBusyMs(): number {
  return parseBusyMs(text('/proc/stat'));
}

/** CPU milliseconds of this process' children that have ended. */
export function endedChildrenMs(): number {
  return parseEndedChildrenMs(text('/proc/self/stat'));
}

/** The first number of a thread's schedstat is its time on a CPU in nanoseconds; an empty text is a thread that ended. */
export function schedstatMs(schedstat: string): number {
  return Number(schedstat.split(' ')[0]) / 1e6;
}

export function parseResidentMb(status: string): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error('the process has no VmRSS: it has ended');
  return (Number(kib) * 1024) / 1e6;
}

/** Interrupts stay out, since a process that sends to itself pays for them in its own time. */
export function parseBusyMs(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = numbers(/^cpu +(.*)$/m.exec(stat)?.[1]);
  return (user + nice + system + steal) * TICK_MS;
}

export function parseEndedChildrenMs(stat: string): number {
  const fields = numbers(stat.slice(stat.lastIndexOf(')') + 4)); // behind pid, name and state
  const [cutime = 0, cstime = 0] = fields.slice(12, 14);
  return (cutime + cstime) * TICK_MS;
}

function numbers(words = ''): number[] {
  return words.trim().split(' ').map(Number);
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

function listed(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
