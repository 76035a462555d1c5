import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_FILE } from '../history/disk-store';
import { refuse } from './refuse';

/** Throws a ConfigError when there is no store in a directory; `path` is what named it. */
export function refuseMissingStore(directory: string, path: string): void {
  if (existsSync(join(directory, STORE_FILE))) return;
  refuse([
    {
      path,
      message: 'holds no history: name its directory, or with --config the file that says where history is kept',
    },
  ]);
}
