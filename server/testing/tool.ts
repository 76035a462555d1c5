import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../.ci/find-tool');

/** The path of a program the tests run; installed first where that is allowed. Throws where it cannot be had. */
export function findTool(name: string): string {
  const { status, stdout } = spawnSync(SCRIPT, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`The tests cannot run without ${name}; how to install it is said above.`);
  return stdout.trim();
}
