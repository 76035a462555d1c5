import type { Collector } from '../collectors/collector';
import { commandKey, type Command } from '../model/command';
import type { CollectorFailure } from '../model/poll-result';
import { isAtLeast, type ServerFacts } from '../model/server-facts';

export interface PlannedCommand {
  readonly key: string;
  readonly command: Command;
  /** The collector that asks it no more often than it wants to; absent: ask it in every poll. */
  readonly restsWith?: string;
}

/** What a target is asked in each poll and which collectors read the answers. */
export interface PollPlan {
  readonly infoKey: string;
  /** INFO first, then the union of the collectors' commands, each once. */
  readonly commands: readonly PlannedCommand[];
  readonly collectors: readonly Collector[];
}

/** The facts a plan depends on, as a text to compare. */
export function planKey({ flavour, version, redisVersion, mode, role, sentinelMasters }: ServerFacts): string {
  return [flavour, ...version, ...redisVersion, mode, role, ...sentinelMasters].join('\n');
}

/** `everything` is `all` with modules; servers that do not know the word answer with nothing, sentinels among them. */
function infoCommand({ redisVersion, mode }: ServerFacts): Command {
  return { args: ['INFO', isAtLeast(redisVersion, mode === 'sentinel' ? 7 : 6) ? 'everything' : 'all'] };
}

/**
 * The plan for such a server. Collectors that are disabled, off, or have nothing to say of it are left out with the
 * commands nobody else needs. `info` is how such a server is asked for all it has to say.
 */
export function planPoll(
  collectors: readonly Collector[],
  facts: ServerFacts,
  disabled: ReadonlySet<string>,
  off: ReadonlyMap<string, CollectorFailure>,
  info = infoCommand(facts)
): PollPlan {
  const running = collectors.filter(
    (collector) => !disabled.has(collector.name) && !off.has(collector.name) && (collector.applies?.(facts) ?? true)
  );
  const infoKey = commandKey(info);
  const commands = new Map<string, PlannedCommand>([[infoKey, { key: infoKey, command: info }]]);
  for (const collector of running) {
    const rests = collector.everyMs === undefined ? {} : { restsWith: collector.name };
    for (const command of collector.commands(facts)) {
      const key = commandKey(command);
      commands.set(key, { key, command, ...rests });
    }
  }
  return { infoKey, commands: [...commands.values()], collectors: running };
}
