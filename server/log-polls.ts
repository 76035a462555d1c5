import type { PollResult } from './model/poll-result';
import type { PollListener } from './poll/interfaces';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Logs what changes from one poll of a target to the next, never what merely goes on. */
export function logPolls(logFor: (target: string) => Log): PollListener {
  const last = new Map<string, { readonly state: string; readonly collectors: ReadonlyMap<string, string> }>();
  return (result) => {
    const { name } = result.target;
    const before = last.get(name);
    const state = result.failure === undefined ? 'up' : result.failure.code;
    const collectors = result.failure === undefined ? collectorStates(result) : (before?.collectors ?? new Map());
    last.set(name, { state, collectors });
    const log = logFor(name);
    if (state !== before?.state) {
      if (result.failure === undefined) log.info({ durationMs: Math.round(result.durationMs) }, 'target is up');
      else log.warn({ code: result.failure.code }, `target is down: ${result.failure.message}`);
    }
    for (const { collector, code, off, message } of result.failure === undefined ? result.collectorFailures : []) {
      if (before?.collectors.get(collector) === code) continue;
      log.warn({ collector, code }, `collector ${collector} ${off ? 'is off' : 'failed'}: ${message}`);
    }
    for (const collector of before?.collectors.keys() ?? []) {
      if (!collectors.has(collector)) log.info({ collector }, `collector ${collector} works again`);
    }
  };
}

function collectorStates({ collectorFailures }: PollResult): ReadonlyMap<string, string> {
  return new Map(collectorFailures.map(({ collector, code }) => [collector, code]));
}
