import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILE = 'package.json';

/** The version in our package.json, which lies above both the sources and the build. */
export function readVersion(directory = __dirname): string {
  const file = join(directory, FILE);
  if (existsSync(file)) {
    // npm's format
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name === 'redis-vitals' && version !== undefined) return version;
  }
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`${FILE} of redis-vitals is not above ${__dirname}`);
  return readVersion(parent);
}
