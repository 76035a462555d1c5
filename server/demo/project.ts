import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** This file runs as dist/server/demo/project.js, and in tests as server/demo/project.ts. */
const ABOVE = join(__dirname, '../..');
const ROOT = basename(ABOVE) === 'dist' ? dirname(ABOVE) : ABOVE;

/** A file of the built project: `server/main.js`. Throws when it is not there. */
export function builtFile(path: string): string {
  const file = join(ROOT, 'dist', path);
  if (existsSync(file)) return file;
  throw new Error(`${file} is missing: run npm run build:server in a checkout of the project`);
}

/** Finds redis-server, or installs it where that may be done without asking; rejects with how to install it. */
export async function findRedisServer(say: (line: string) => void): Promise<string> {
  const script = join(ROOT, '.ci/find-tool');
  if (!existsSync(script)) throw new Error(`${script} is missing: name the program with --redis-server`);
  const child = spawn(script, ['redis-server'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let path = '';
  let words = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (path += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
    if (/installing|fetching/.test(text)) say(text.replace(/^find-tool: /, '').trim());
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code === 0) return path.trim();
  throw new Error(`the demo needs redis-server; --redis-server names one that is not on the PATH\n${words.trim()}`);
}
