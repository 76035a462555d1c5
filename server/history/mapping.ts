import { SLOTS } from './block';

/** Where the series of one group stand among the columns of a mapping. */
export interface MappedGroup {
  /** A bit for each slot that has a column. */
  readonly slots: number;
  /** Column by slot; -1: none. */
  readonly columns: Int32Array;
}

/** What the values of a poll are: columns, each of a series by its number in the dictionary. */
export interface Mapping {
  readonly numbers: Int32Array;
  readonly groups: ReadonlyMap<number, MappedGroup>;
  /** Which of the poll's values each column is; absent: all of them, in order. */
  readonly picks?: Int32Array;
  /** Values of the poll that have no column. */
  readonly refused: number;
}

export function groupOf(series: number): number {
  return Math.floor(series / SLOTS);
}

export function slotOf(series: number): number {
  return series % SLOTS;
}

/** `numbers[i]` is the number of the poll's value i; undefined: there was none left for it. */
export function makeMapping(numbers: readonly (number | undefined)[]): Mapping {
  const picks: number[] = [];
  const known: number[] = [];
  numbers.forEach((number, index) => {
    if (number === undefined) return;
    picks.push(index);
    known.push(number);
  });
  const refused = numbers.length - known.length;
  return {
    numbers: Int32Array.from(known),
    groups: groupsOf(known),
    refused,
    ...(refused > 0 && { picks: Int32Array.from(picks) }),
  };
}

function groupsOf(numbers: readonly number[]): Map<number, MappedGroup> {
  const groups = new Map<number, { slots: number; columns: Int32Array }>();
  numbers.forEach((number, column) => {
    const group = groupOf(number);
    let mapped = groups.get(group);
    if (mapped === undefined) groups.set(group, (mapped = { slots: 0, columns: new Int32Array(SLOTS).fill(-1) }));
    mapped.slots |= 1 << slotOf(number);
    mapped.columns[slotOf(number)] = column;
  });
  return groups;
}

/** The column of a series; -1: it has none. */
export function columnOf(mapping: Mapping, series: number): number {
  return mapping.groups.get(groupOf(series))?.columns[slotOf(series)] ?? -1;
}
