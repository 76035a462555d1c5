import type { PollResult } from './model/poll-result';
import type { PollListener } from './poll/interfaces';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What was last said of a target. */
interface Said {
  /** `up`, or the code of the failure. */
  readonly state: string;
  /** Codes of the failures of collectors, by name. */
  readonly collectors: ReadonlyMap<string, string>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Logs what changes from one poll of a target to the next, never what merely goes on. */
export function logPolls(logFor: (target: string) => Log): PollListener {
  const last = new Map<string, Said>();
  return (result) => {
    const { target, failure } = result;
    const before = last.get(target.name);
    const now: Said = {
      state: failure?.code ?? 'up',
      collectors: failure === undefined ? codesByCollector(result) : (before?.collectors ?? NOTHING),
    };
    last.set(target.name, now);
    const isQuiet = now.collectors.size === 0 && (before?.collectors.size ?? 0) === 0;
    if (now.state === before?.state && isQuiet) return;
    const log = logFor(target.name);
    if (now.state !== before?.state) logState(log, result);
    logCollectors(log, result, before?.collectors ?? NOTHING, now.collectors);
  };
}

function codesByCollector({ collectorFailures }: PollResult): ReadonlyMap<string, string> {
  if (collectorFailures.length === 0) return NOTHING;
  return new Map(collectorFailures.map(({ collector, code }) => [collector, code]));
}

function logState(log: Log, { failure, durationMs }: PollResult): void {
  if (failure === undefined) log.info({ durationMs: Math.round(durationMs) }, 'target is up');
  else log.warn({ code: failure.code }, `target is down: ${failure.message}`);
}

function logCollectors(
  log: Log,
  { collectorFailures }: PollResult,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>
): void {
  for (const { collector, code, off, message } of collectorFailures) {
    if (before.get(collector) === code) continue;
    log.warn({ collector, code }, `collector ${collector} ${off ? 'is off' : 'failed'}: ${message}`);
  }
  for (const collector of before.keys()) {
    if (!now.has(collector)) log.info({ collector }, `collector ${collector} works again`);
  }
}
