import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface WrkResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

interface WrkOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks for `url` as fast as the connections get answers. Rejects when a single answer failed. */
export async function runWrk(wrk: string, { url, connections, seconds, headers }: WrkOptions): Promise<WrkResult> {
  const headerArgs = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...headerArgs, url];
  const { stdout } = await promisify(execFile)(wrk, args);
  return parseWrk(stdout);
}

const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** Reads what wrk 4 prints with `--latency`. Throws, with all of it, when an answer failed or a number is lacking. */
export function parseWrk(output: string): WrkResult {
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: .*/.exec(output);
  const requests = /^ *(\d+) requests in/m.exec(output)?.[1];
  const perSecond = /^Requests\/sec: *([\d.]+)/m.exec(output)?.[1];
  const [, p99, unit = ''] = /^ *99% *([\d.]+)(us|ms|s|m)$/m.exec(output) ?? [];
  if (failed !== null || requests === undefined || perSecond === undefined || p99 === undefined) {
    throw new Error(`wrk: ${failed?.[0] ?? 'an output that cannot be read'}\n${output}`);
  }
  return { requests: Number(requests), perSecond: Number(perSecond), p99Ms: Number(p99) * MS[unit]! };
}
