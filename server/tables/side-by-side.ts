import type { TargetStatus } from '../poll/interfaces';
import type { Told } from './ask-each';
import type { TableContext } from './context';
import type { Cell, ColumnOf } from './draft';

/** Beside more columns nobody finds anything, and an answer takes megabytes. */
const MOST_TARGETS = 100;

/** The first of these targets, where a table has a column for each; a notice tells when there are more. */
export function sideBySide(
  { note }: Pick<TableContext, 'note'>,
  statuses: readonly TargetStatus[]
): readonly TargetStatus[] {
  if (statuses.length > MOST_TARGETS) {
    note('warning', `${MOST_TARGETS} of ${statuses.length} targets: choose those to be put side by side.`);
  }
  return statuses.slice(0, MOST_TARGETS);
}

/** A column for each target that told something; `value` is given its place among them. */
export function columnEach<Row>(
  told: readonly Pick<Told<unknown>, 'name'>[],
  value: (row: Row, at: number) => Cell | undefined
): readonly ColumnOf<Row>[] {
  return told.map(({ name }, at) => ({ name, title: name, type: 'string', value: (row) => value(row, at) }));
}
