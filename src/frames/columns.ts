import type { TableAnswer } from '../../server/api/contract';

type Cell = string | number | boolean | null;

/** Reads cells of an answer by column and row; a column that is not there is empty. */
export class Columns {
  readonly rows: number;
  readonly #values: ReadonlyMap<string, readonly Cell[]>;

  constructor({ columns }: TableAnswer) {
    this.#values = new Map(columns.map(({ name, values }) => [name, values]));
    this.rows = columns[0]?.values.length ?? 0;
  }

  text(column: string, row: number): string {
    const value = this.#values.get(column)?.[row];
    return typeof value === 'string' ? value : '';
  }

  number(column: string, row: number): number | null {
    const value = this.#values.get(column)?.[row];
    return typeof value === 'number' ? value : null;
  }

  isTrue(column: string, row: number): boolean {
    return this.#values.get(column)?.[row] === true;
  }

  /** What `read` makes of each row. */
  map<T>(read: (row: number) => T): T[] {
    return Array.from({ length: this.rows }, (_, row) => read(row));
  }
}
