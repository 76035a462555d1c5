import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDiskError } from './disk-problem';
import { HistoryError } from './history-error';

/**
 * Makes this process the only one that writes to a directory, until the returned function is called or the process ends,
 * however it ends: the lock is one of the operating system, on a file of its own. Throws HistoryError.
 */
export function lockDirectory(directory: string): () => void {
  const pidFile = join(directory, 'writer.pid');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 });
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    db?.close();
    if (!isDiskError(error) || (error.errcode & 0xff) !== 5) throw cannotLock(directory, error);
    const message = `the history in ${directory} is written by process ${pidIn(pidFile)}: end that one, or use another directory`;
    throw new HistoryError('locked', message, { cause: error });
  }
  const held = db;
  return () => held.close();
}

function cannotLock(directory: string, cause: unknown): HistoryError {
  const message = `the history in ${directory} cannot be written: ${(cause as Error).message}; see that the directory belongs to this user, and that the disk is neither read-only nor full`;
  return new HistoryError('cannot_open', message, { cause });
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
