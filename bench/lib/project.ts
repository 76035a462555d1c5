import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seen from dist/bench/lib, where this file runs. */
export const ROOT = join(__dirname, '../../..');

interface Package {
  readonly version: string;
  readonly scripts: { readonly start: string };
}

/** Safe: it is this project's own package.json. */
const project = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Package;

export const VERSION = project.version;

/** Node's arguments in `npm start`, flags and the file it runs: what is measured is what users run. */
export const START_ARGS = project.scripts.start.split(' ').slice(1);

/** The path of a program; installed first where that is allowed. Throws where it cannot be had. */
export function findTool(name: string): string {
  const script = join(ROOT, '.ci/find-tool');
  const { status, stdout } = spawnSync(script, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`the benchmark cannot run without ${name}; how to install it is said above`);
  return stdout.trim();
}

/** The same of a program that the benchmark can do without: nothing is installed. */
export function findOptionalTool(name: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** The first match of `pattern` in what a program says of its version. */
export function versionOf(tool: string, args: readonly string[], pattern: RegExp): string {
  const { stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  return pattern.exec(stdout + stderr)?.[1] ?? 'of unknown version';
}
