/** SQLite's primary result codes for what a disk can do to us, and what to tell of them. */
const PROBLEMS = new Map<number, string>([
  [5, 'another process holds the file: end it, or its transaction'],
  [6, 'another process holds the file: end it, or its transaction'],
  [8, 'it cannot be written: see that the disk is mounted for writing and the files belong to this user'],
  [10, 'the disk fails: see the system log, and what is mounted there'],
  [11, 'the file is damaged: stop, run "redis-vitals verify", and move the directory away if it cannot be saved'],
  [13, 'the disk is full: free some space'],
  [14, 'a file there cannot be opened: see its permissions, and how many files may be open'],
  [26, 'the file is no store any more: stop, and move the directory away'],
]);

/** An error of SQLite's, with its extended result code. */
export interface DiskError extends Error {
  readonly errcode: number;
}

/** Whether SQLite said so: anything else is our own mistake. */
export function isDiskError(error: unknown): error is DiskError {
  return typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number';
}

/** What is wrong with a directory and what to do, without a full stop. */
export function describeDiskError(error: DiskError, directory: string): string {
  const known = PROBLEMS.get(error.errcode & 0xff);
  return `${directory}: ${known ?? 'the database gives an error'} (${error.message})`;
}
