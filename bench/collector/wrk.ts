import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeDirectory, temporaryDirectory } from '../lib/scratch';

interface WrkResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface WrkOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Given: it is sent with POST. */
  readonly body?: string;
}

/** Answers may take long where many wait: a late one is no failure. */
const TIMEOUT_SECONDS = 60;

/** Asks for `url` as fast as the connections get answers. Rejects when a single answer failed. */
export async function runWrk(wrk: string, options: WrkOptions): Promise<WrkResult> {
  const { url, connections, seconds, headers, body } = options;
  const headerArgs = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const common = ['-t1', `-c${connections}`, `-d${seconds}s`, `--timeout=${TIMEOUT_SECONDS}s`, '--latency'];
  const directory = temporaryDirectory();
  const script = join(directory, 'post.lua');
  if (body !== undefined) writeFileSync(script, `wrk.method = "POST"\nwrk.body = ${JSON.stringify(body)}\n`);
  const scriptArgs = body === undefined ? [] : ['-s', script];
  try {
    const { stdout } = await promisify(execFile)(wrk, [...common, ...scriptArgs, ...headerArgs, url]);
    return parseWrk(stdout);
  } finally {
    removeDirectory(directory);
  }
}

const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** Reads what wrk 4 prints with `--latency`. Throws, with all of it, when an answer failed or a number is lacking. */
export function parseWrk(output: string): WrkResult {
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: .*/.exec(output);
  const requests = /^ *(\d+) requests in/m.exec(output)?.[1];
  const perSecond = /^Requests\/sec: *([\d.]+)/m.exec(output)?.[1];
  const [p50Ms, p99Ms] = [percentile(output, 50), percentile(output, 99)];
  const isWhole = requests !== undefined && perSecond !== undefined && p50Ms !== undefined && p99Ms !== undefined;
  if (failed !== null || !isWhole) {
    throw new Error(`wrk: ${failed?.[0] ?? 'an output that cannot be read'}\n${output}`);
  }
  return { requests: Number(requests), perSecond: Number(perSecond), p50Ms, p99Ms };
}

function percentile(output: string, percent: number): number | undefined {
  const [, amount, unit = ''] = new RegExp(`^ *${percent}% *([\\d.]+)(us|ms|s|m)$`, 'm').exec(output) ?? [];
  const factor = MS[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
