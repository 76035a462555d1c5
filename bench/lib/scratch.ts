import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();
let isWatching = false;

/** A directory that is gone when the benchmark ends. */
export function temporaryDirectory(): string {
  // Only now, so that `Processes`, made before, ends who writes there first.
  isWatching ||= watchExit();
  const directory = mkdtempSync(join(tmpdir(), 'redis-vitals-bench-'));
  made.add(directory);
  return directory;
}

function watchExit(): true {
  process.once('exit', () => made.forEach(removeDirectory));
  return true;
}

/** Removes such a directory before that. */
export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  made.delete(directory);
}
