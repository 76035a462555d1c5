import type { LogEntry } from '../../history/interfaces';
import { describeCommand } from '../../slowlog/describe-command';
import { hashFraction } from '../../util/hash';
import { makeKeys } from '../load/keys';
import { SLOW_COMMANDS } from '../load/slow-commands';
import type { Run, SlowSoFar } from './moment';

const PHASE_EVERY_MS = { least: 30_000, most: 90_000 };

export const NO_SLOW_LOG: SlowSoFar = { count: 0, lastMs: 0, lastSeconds: 0 };

/** Entries of a server's slow log, with ids from `firstId` on: now and then all that makes it slow. */
export function slowEntries(
  target: string,
  run: Run,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  firstId: number
): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  const { least, most } = PHASE_EVERY_MS;
  let drawn = 0;
  const random = (): number => hashFraction(`${run.id} ${fromMs} ${drawn++}`);
  const keys = makeKeys([], random);
  for (let ms = fromMs + least * random(); ms < toMs; ms += least + (most - least) * random()) {
    for (const { ms: usualMs, command } of SLOW_COMMANDS) {
      entries.push({
        target,
        log: 'slow',
        runId: run.id,
        id: firstId + entries.length,
        timeMs: Math.floor(ms / 1000) * 1000,
        amount: Math.round(usualMs * 1000 * (0.6 + 1.2 * random())),
        ...describeCommand(command(keys, random), 'redacted'),
        clientAddress: `127.0.0.1:${40_000 + Math.floor(hashFraction(run.id) * 20_000)}`,
        clientName: 'reports',
      });
    }
  }
  return entries;
}

/** What a log holds at one time after another: times must not go back. */
export function followSlowLog(entries: readonly LogEntry[]): (atMs: number) => SlowSoFar {
  let count = 0;
  return (atMs) => {
    while ((entries[count]?.timeMs ?? Infinity) <= atMs) count++;
    const last = entries[count - 1];
    return last === undefined ? NO_SLOW_LOG : { count, lastMs: last.timeMs, lastSeconds: last.amount / 1e6 };
  };
}
