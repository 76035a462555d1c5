import type { Notice, TargetSelector } from '../api/contract';
import { targetTest } from '../api/matchers';
import type { QueryContext } from './context';
import { QueryError } from './errors';
import type { Labels } from './labels';
import { suggestion } from './similar';

/** The targets a query means. */
export interface ChosenTargets {
  /** Undefined: all there are. */
  readonly names?: readonly string[];
  /** The labels configured for a target; none of one that has only a past. */
  readonly labels: (target: string) => Labels;
  /** The longest interval at which one of them is polled; 0: none of them is any more. */
  readonly intervalMs: number;
}

const NO_LABELS: Labels = {};

/**
 * The targets of a selector, also those that have only a past: these have no labels but their name, and no role. A
 * name that no target has is told of in a notice; a QueryError when that is so of all names. Throws BadPattern.
 */
export function chooseTargets(
  { targets, history }: QueryContext,
  selector: TargetSelector | undefined,
  notices: Notice[]
): ChosenTargets {
  const configured = new Map(targets().map((one) => [one.name, one]));
  const test = targetTest(selector);
  const past = history.targets().filter((name) => !configured.has(name));
  const all = [...configured.values(), ...past.map((name) => ({ name, labels: NO_LABELS, role: '' }))];
  const chosen = all.filter(test);
  reportUnknown(selector?.names ?? [], new Set(all.map(({ name }) => name)), notices);
  if (chosen.length === 0 && all.length > 0) {
    notices.push({ severity: 'info', text: 'No target has the name, labels and role that were asked for.' });
  }
  return {
    ...(chosen.length < all.length && { names: chosen.map(({ name }) => name) }),
    labels: (target) => configured.get(target)?.labels ?? NO_LABELS,
    intervalMs: chosen.reduce((longest, { name }) => Math.max(longest, configured.get(name)?.intervalMs ?? 0), 0),
  };
}

function reportUnknown(names: readonly string[], known: ReadonlySet<string>, notices: Notice[]): void {
  const unknown = [...new Set(names)].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 5).map((name) => `\`${name}\``);
  const list = shown.join(', ') + (unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '');
  const text = `there is no target ${list}`;
  if (unknown.length === new Set(names).size) {
    throw new QueryError('bad_data', text + suggestion(unknown[0] as string, known));
  }
  notices.push({ severity: 'warning', text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` });
}
