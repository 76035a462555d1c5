import { readdirSync, readlinkSync } from 'node:fs';

/** What a process holds open. */
export interface Descriptors {
  readonly all: number;
  readonly sockets: number;
  readonly threads: number;
}

/** Of a process of our own, now. */
export function descriptorsOf(pid: number): Descriptors {
  const directory = `/proc/${pid}/fd`;
  const open = readdirSync(directory).flatMap((name) => linkOf(`${directory}/${name}`));
  const threads = readdirSync(`/proc/${pid}/task`).length;
  return { all: open.length, sockets: open.filter((link) => link.startsWith('socket:')).length, threads };
}

/** Nothing when it was closed meanwhile. */
function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
