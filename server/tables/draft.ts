import type { TableColumn } from '../api/contract';

export type Cell = TableColumn['values'][number];

/** A column of rows of one kind. What a row does not have is undefined, and null in the answer. */
export interface ColumnOf<Row> extends Omit<TableColumn, 'values'> {
  readonly value: (row: Row) => Cell | undefined;
}

/** A table whose rows are yet to be bounded. */
export interface Draft {
  /** What its rows are: `clients`. */
  readonly things: string;
  /** How many rows there are; not all of them need to be in `columns`. */
  readonly total: number;
  readonly columns: (limit: number) => readonly TableColumn[];
}

/** A table of these rows, the first of `total` where there are more. */
export function draft<Row>(
  things: string,
  columns: readonly ColumnOf<Row>[],
  rows: readonly Row[],
  total = rows.length
): Draft {
  return {
    things,
    total,
    columns: (limit) => {
      const shown = rows.slice(0, limit);
      return columns.map(({ value, ...column }) => ({ ...column, values: shown.map((row) => toCell(value(row))) }));
    },
  };
}

/** JSON has no infinity and no NaN. */
function toCell(value: Cell | undefined): Cell {
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;
}
