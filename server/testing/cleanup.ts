import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cleanups: (() => void | Promise<void>)[] = [];

/** Has `cleanup` run when the test file ends, however it ends; the last one registered runs first. */
export function atEnd(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

/** A new empty directory that is gone when the test file has ended. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'redis-vitals-'));
  atEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
