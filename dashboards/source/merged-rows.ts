import type { Transformation } from './model';

/** Tables of several queries as one, with a row for each combination of labels; times are not part of it. */
export const ROWS_OF_ALL_QUERIES: readonly Transformation[] = [
  { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
  { id: 'merge', options: {} },
];
