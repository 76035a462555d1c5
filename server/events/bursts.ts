import type { Draft } from './draft';
import { shownSetting } from './settings';
import type { Snapshot } from './snapshot';
import { formatCount, formatSpan } from './words';

/** A counter that has not grown for so long is quiet: growing again is news. */
const QUIET_MS = 5 * 60_000;

interface Burst {
  readonly counter: 'evictedKeys' | 'rejectedConnections';
  /** That it grows right after our start is news, too, not what may have been going on before. */
  readonly isNewsAtStart: boolean;
  readonly draft: (grown: string, quiet: string, settings: Snapshot['settings']) => Draft;
}

const BURSTS: readonly Burst[] = [
  {
    counter: 'evictedKeys',
    isNewsAtStart: false,
    draft: (grown, quiet, settings) => {
      const policy = shown(settings, 'maxmemory-policy');
      const limit = shown(settings, 'maxmemory');
      const why = limit === '' ? '' : `: memory has reached its limit of ${limit}`;
      return {
        kind: 'evictions_started',
        severity: 'warning',
        text: `The server began to evict keys${why} (${grown}${quiet}).`,
        details: { ...(policy !== '' && { policy }), ...(limit !== '' && { maxmemory: limit }) },
      };
    },
  },
  {
    counter: 'rejectedConnections',
    isNewsAtStart: true,
    draft: (grown, quiet, settings) => {
      const maxclients = shown(settings, 'maxclients');
      return {
        kind: 'maxclients_reached',
        severity: 'critical',
        text: `The server rejected connections: maxclients${maxclients === '' ? '' : ` (${maxclients})`} was reached (${grown}${quiet}).`,
        details: maxclients === '' ? {} : { maxclients },
      };
    },
  },
];

/** When each counter last grew, or when it was first seen. */
export type LastGrown = Readonly<Partial<Record<Burst['counter'], number>>>;

/** Counters that grow after they were quiet for some minutes. */
export function followBursts(
  last: LastGrown,
  before: Snapshot | undefined,
  after: Snapshot
): { readonly last: LastGrown; readonly drafts: readonly Draft[] } {
  const next: Record<string, number> = { ...last };
  const drafts = BURSTS.flatMap(({ counter, isNewsAtStart, draft }): Draft[] => {
    const value = after.numbers[counter];
    const known = before?.numbers[counter];
    if (value === undefined) return [];
    if (before === undefined || known === undefined) {
      // None since the server's start is as quiet as can be.
      next[counter] = isNewsAtStart || value === 0 ? -Infinity : after.atMs;
      return [];
    }
    const grown = value < known ? value : value - known;
    if (grown === 0) return [];
    const quietMs = after.atMs - (last[counter] ?? -Infinity);
    next[counter] = after.atMs;
    if (quietMs < QUIET_MS) return [];
    const noun = counter === 'evictedKeys' ? 'key' : 'connection';
    const span = ` in ${formatSpan(after.atMs - before.atMs)}`;
    const quiet = quietMs === Infinity ? '' : `, none in the ${formatSpan(quietMs)} before`;
    const found = draft(`${formatCount(grown, noun)}${span}`, quiet, after.settings);
    return [{ ...found, details: { ...found.details, count: `${grown}` } }];
  });
  return { last: next, drafts };
}

/** Empty when it is not known. */
function shown(settings: Snapshot['settings'], name: string): string {
  const setting = settings.get(name);
  return setting === undefined ? '' : shownSetting(setting);
}
