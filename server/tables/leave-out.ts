import type { ServerFacts } from '../model/server-facts';
import type { TargetStatus } from '../poll/interfaces';
import type { TableContext } from './context';
import { nameList } from './name-list';

/**
 * The chosen targets but those the table is not for, which are named in a notice with the reason. A target that has never
 * answered stays: what it is nobody knows.
 */
export function leaveOut(
  { chosen, note }: Pick<TableContext, 'chosen' | 'note'>,
  isNotFor: (facts: ServerFacts) => boolean,
  reason: string
): readonly TargetStatus[] {
  const isOut = ({ latest }: TargetStatus): boolean => latest?.facts !== undefined && isNotFor(latest.facts);
  const names = chosen.filter(isOut).map(({ target }) => target.name);
  if (names.length > 0) note('info', `Left out, as ${reason}: ${nameList(names)}`);
  return chosen.filter((status) => !isOut(status));
}

export function isSentinel({ mode }: ServerFacts): boolean {
  return mode === 'sentinel';
}
