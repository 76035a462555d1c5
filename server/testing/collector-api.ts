import { readFileSync } from 'node:fs';
import type { EventAnswer, EventsAnswer, QueryAnswer, QuerySuccess, StatusAnswer } from '../api/contract';
import { runCollector, type CollectorProcess } from './collector-process';
import { parseExposition, type ExposedFamily } from './exposition';

/** The page of all targets. */
export async function readMetrics(collector: CollectorProcess): Promise<ReadonlyMap<string, ExposedFamily>> {
  const { status, text } = await collector.get('/metrics');
  if (status !== 200) throw new Error(`/metrics: ${status} ${text}`);
  return parseExposition(text);
}

/** The values of a family that has one series for each target; the page is not read otherwise, which is quick. */
export async function readByTarget(collector: CollectorProcess, family: string): Promise<Record<string, number>> {
  const { text } = await collector.get('/metrics');
  const lines = text.matchAll(new RegExp(`^${family}\\{(?:.*,)?instance="([^"]*)".*\\} (\\S+)$`, 'gm'));
  return Object.fromEntries(Array.from(lines, ([, instance = '', value]) => [instance, Number(value)]));
}

export async function readStatus(collector: CollectorProcess): Promise<StatusAnswer> {
  return JSON.parse((await collector.get('/api/v1/status')).text) as StatusAnswer;
}

/** Of the last hour and the next, oldest first. */
export async function readEvents(collector: CollectorProcess, target?: string): Promise<readonly EventAnswer[]> {
  const { text } = await collector.post('/api/v1/events', {
    from: 'now-1h',
    to: Date.now() + 3_600_000,
    limit: 10_000,
  });
  const { events } = JSON.parse(text) as EventsAnswer;
  return events.filter((event) => target === undefined || event.target === target);
}

/** The last values of a field in each second of the last ten minutes; throws when the query fails. */
export async function queryLast(collector: CollectorProcess, field: string, target: string): Promise<QuerySuccess> {
  const query = { refId: 'A', fields: [field], function: 'last', targets: { names: [target] } };
  const request = { from: 'now-10m', to: 'now', step: '1s', queries: [query] };
  const { text } = await collector.post('/api/v1/query', request);
  const result = (JSON.parse(text) as QueryAnswer).results['A'];
  if (result?.status !== 'success') throw new Error(text);
  return result;
}

interface LogLine {
  readonly level: number;
  readonly target?: string;
  readonly msg: string;
}

/** What the collector has logged about a target so far, or (undefined) about none. */
export function logged(collector: CollectorProcess, target?: string): readonly string[] {
  const lines = collector.output().split('\n');
  return lines.flatMap((line) => {
    if (!line.startsWith('{') || !line.endsWith('}')) return [];
    const read = JSON.parse(line) as LogLine;
    return read.target === target ? [read.msg] : [];
  });
}

/**
 * How a target has fared by the log: `up`, `down`, `up`. Throws when the log says something twice in a row, as it must
 * not say with each poll what goes on; an outage may have several reasons one after the other.
 */
export function loggedCourse(collector: CollectorProcess, target?: string): readonly string[] {
  const lines = logged(collector, target).filter((line) => line.startsWith('target is '));
  const repeated = lines.find((line, at) => line === lines[at - 1]);
  if (repeated !== undefined) throw new Error(`logged twice: ${repeated}`);
  const states = lines.map((line) => /^target is (\w+)/.exec(line)?.[1] ?? line);
  return states.filter((state, at) => state !== states[at - 1]);
}

/** The most memory the process ever had, in bytes. */
export function peakMemory({ pid }: CollectorProcess): number {
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Every value of a series that is stored, oldest first, as the command `export` gives them; by target. */
export async function readStored(data: string, metric: string): Promise<Record<string, number[]>> {
  const args = ['export', '--data', data, '--field', metric];
  const { exit, output } = await runCollector({ args });
  if (exit !== 0) throw new Error(output);
  const values: Record<string, number[]> = {};
  for (const [, target = '', value] of output.matchAll(/^[^,]+Z,([^,]*),.*,([^,\r]+)\r$/gm)) {
    (values[target] ??= []).push(Number(value));
  }
  return values;
}

/** Whether each is the one before it and one more: of a target's polls, that none is missing. */
export function followEachOther(values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || value === values[at - 1]! + 1);
}
