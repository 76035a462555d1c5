import type { PollResult } from '../model/poll-result';
import type { Target } from '../model/target';
import type { TargetStatus } from '../poll/interfaces';
import type { TableContext } from './context';

/** Polls whose samples are gone through in one go: some hundred microseconds. */
export const POLLS_AT_ONCE = 10;

/** A target whose latest poll has samples. */
export interface LatestPoll {
  readonly target: Target;
  readonly latest: PollResult;
}

/** The latest polls of these targets; a target that is down or was not polled yet is left out, with a notice. */
export function latestPolls(
  { note }: Pick<TableContext, 'note'>,
  statuses: readonly TargetStatus[]
): readonly LatestPoll[] {
  return statuses.flatMap(({ target, latest }) => {
    if (latest !== undefined && latest.failure === undefined) return [{ target, latest }];
    note('warning', `${target.name}: ${latest?.failure?.message ?? 'it has not been polled yet'}`);
    return [];
  });
}

/**
 * Samples of some families by their first label: of each of its values, the samples by family name, and of a percentile by
 * `<family> <percentile>`.
 */
export function samplesByLabel(
  { samples: { layout, values } }: PollResult,
  families: ReadonlySet<string>
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const rows = new Map<string, Map<string, number>>();
  layout.series.forEach(({ family, part, labels: [label = '', quantile] }, at) => {
    if (part !== '' || !families.has(family.name)) return;
    const row = rows.get(label) ?? new Map<string, number>();
    rows.set(label, row);
    row.set(quantile === undefined ? family.name : `${family.name} ${quantile}`, values[at] as number);
  });
  return rows;
}
