import type { CollectorFailure } from '../model/poll-result';
import type { ServerFacts } from '../model/server-facts';
import type { TargetStatus } from '../poll/interfaces';
import { html, type Html } from './html';
import { humanAge, humanCount } from './human';

const FLAVOURS: Readonly<Record<ServerFacts['flavour'], string>> = {
  redis: 'Redis',
  valkey: 'Valkey',
  keydb: 'KeyDB',
  dragonfly: 'Dragonfly',
};

/** The state as a word and a dot, so that nobody has to tell colours apart. */
export function stateMark(state: TargetStatus['state']): Html {
  return html`<span class="state ${state}">${state}</span>`;
}

/** `Valkey 8.1.1`. */
export function serverName({ flavour, version }: ServerFacts): string {
  return `${FLAVOURS[flavour]} ${version.join('.')}`;
}

/** `slave, cluster`: the role in Redis' word, and the mode unless it is the usual one or says the same. */
export function serverRole({ role, mode }: ServerFacts): string {
  return [role, mode === 'standalone' || mode === role ? '' : mode].filter(Boolean).join(', ');
}

/** A moment as its age; pointing at it shows the moment. */
export function moment(atMs: number, nowMs: number): Html {
  const iso = new Date(atMs).toISOString();
  return html`<time datetime="${iso}" title="${iso}">${humanAge(nowMs - atMs)}</time>`;
}

export function pollCounts(status: TargetStatus): string {
  return `${status.skippedPolls.toLocaleString('en')} skipped, ${humanCount(status.connections, 'connection')}`;
}

/** Where a target has its own page. */
export function targetPath(name: string): string {
  return `targets/${encodeURIComponent(name)}`;
}

/** Where only this target is scraped. */
export function scrapePath(name: string): string {
  return `scrape?target=${encodeURIComponent(name)}`;
}

/** Collectors that do not give samples, and why. */
export interface CollectorTrouble {
  readonly collector: string;
  readonly reason: string;
}

/** Off: until they are tried anew, or by configuration. Failing: they are tried with every poll. */
export function collectorTroubles(status: TargetStatus): {
  readonly off: readonly CollectorTrouble[];
  readonly failing: readonly CollectorTrouble[];
} {
  const failures = status.latest?.collectorFailures ?? [];
  const trouble = ({ collector, message }: CollectorFailure) => ({ collector, reason: message });
  const disabled = [...status.target.disabledCollectors].map((collector) => ({
    collector,
    reason: 'switched off in the configuration',
  }));
  return {
    off: [...failures.filter(({ off }) => off).map(trouble), ...disabled],
    failing: failures.filter(({ off }) => !off).map(trouble),
  };
}
