import { infoSection, type InfoReply, type InfoSection, type InfoShape } from './info';
import { eachNumber } from './key-values';

/** One line of INFO Commandstats since the server's start or CONFIG RESETSTAT. */
export interface CommandStat {
  /** `get`, `config|get`. */
  readonly command: string;
  readonly calls: number;
  /** Microseconds of execution. */
  readonly usec: number;
  /** Absent before Redis 6.2. */
  readonly rejectedCalls: number | undefined;
  readonly failedCalls: number | undefined;
}

const PREFIX = 'cmdstat_';

const known = new WeakMap<InfoShape, readonly (string | undefined)[]>();

/** The commands of the section's lines; cut out once per shape. */
function commandNames(shape: InfoShape, { from, to }: InfoSection): readonly (string | undefined)[] {
  let names = known.get(shape);
  if (names === undefined) {
    names = shape.keys.slice(from, to).map((key) => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined));
    known.set(shape, names);
  }
  return names;
}

/** The lines of Commandstats in the server's order: `cmdstat_get:calls=1,usec=2,usec_per_call=2.00,...`. */
export function parseCommandStats(info: InfoReply): readonly CommandStat[] {
  const section = infoSection(info.shape, 'Commandstats');
  const stats: CommandStat[] = [];
  if (section === undefined) return stats;
  const names = commandNames(info.shape, section);
  for (let at = section.from; at < section.to; at++) {
    const command = names[at - section.from];
    if (command === undefined) continue;
    let calls = 0;
    let usec = 0;
    let rejectedCalls: number | undefined;
    let failedCalls: number | undefined;
    eachNumber(info.values[at] as string, (name, value) => {
      if (name === 'calls') calls = value;
      else if (name === 'usec') usec = value;
      else if (name === 'rejected_calls') rejectedCalls = value;
      else if (name === 'failed_calls') failedCalls = value;
    });
    stats.push({ command, calls, usec, rejectedCalls, failedCalls });
  }
  return stats;
}

/**
 * Calls and microseconds by command name. A container without a line of its own (`config`) has the sum of its
 * subcommands (`config|get`, `config|set`...).
 */
export function usageByCommand(
  stats: readonly CommandStat[]
): ReadonlyMap<string, { readonly calls: number; readonly usec: number }> {
  const usage = new Map<string, { readonly calls: number; readonly usec: number }>();
  const containers = new Map<string, { calls: number; usec: number }>();
  for (const stat of stats) {
    usage.set(stat.command, stat);
    const bar = stat.command.indexOf('|');
    if (bar === -1) continue;
    const name = stat.command.slice(0, bar);
    const sum = containers.get(name) ?? { calls: 0, usec: 0 };
    containers.set(name, { calls: sum.calls + stat.calls, usec: sum.usec + stat.usec });
  }
  for (const [name, sum] of containers) if (!usage.has(name)) usage.set(name, sum);
  return usage;
}
