import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from './directory-lock';
import { HistoryError } from './history-error';
import { createLogBook } from './log-book';
import { SampleStore } from './sample-store';
import { SqliteShelf } from './sqlite-shelf';
import type { Store, StoreOptions } from './store';
import { openStoreFile } from './store-file';

/** The store's file within its directory. */
export const STORE_FILE = 'history.db';

export interface DiskStoreOptions extends StoreOptions {
  /** Made when it is missing. */
  readonly directory: string;
  /** `full`: what was flushed outlives a power failure, too. Default `normal`: it outlives the process. */
  readonly synchronous?: 'normal' | 'full';
  /** Sees the store as it is now, beside a process that writes to it. */
  readonly readOnly?: boolean;
}

/** Throws HistoryError when the directory is in use, holds something else, or cannot be used. */
export function openDiskStore({ synchronous = 'normal', readOnly = false, ...options }: DiskStoreOptions): Store {
  const { directory } = options;
  if (!readOnly) makeDirectory(directory);
  const unlock = readOnly ? () => undefined : lockDirectory(directory);
  const file = join(directory, STORE_FILE);
  try {
    const db = openStoreFile(file, { synchronous, readOnly });
    const shelf = new SqliteShelf(db, file, unlock);
    return new SampleStore(shelf, createLogBook(db), { ...options, readOnly });
  } catch (error) {
    unlock();
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const message = `the directory ${directory} for the history cannot be made: ${(cause as Error).message}`;
    throw new HistoryError('cannot_open', message, { cause });
  }
}
