import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
/** The built plugin; an unpacked archive of it can be tried instead. */
export const PLUGIN_FOLDER = process.env.E2E_PLUGIN_FOLDER ?? join(ROOT, 'dist');

/** Path of a tool: the first of its names that is on the PATH, else what .ci/find-tool finds or installs. */
export function findTool(...names: readonly [string, ...string[]]): string {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  try {
    return execFileSync(join(ROOT, '.ci/find-tool'), [names[0]], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  } catch (cause) {
    throw new Error(
      `${names[0]} is lacking, and these tests cannot run without it: install it (sudo apt-get install ${names[0]})`,
      { cause }
    );
  }
}
