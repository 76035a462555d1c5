import { isGrowing } from './mix';
import { syntheticMix } from './synthetic';

const POLLS = 2000;

/** Values of each series of one of two targets, over many polls. */
function valuesOf(seriesCount: number, target: number): number[][] {
  const mix = syntheticMix(seriesCount);
  const next = mix.start(2);
  const values = new Float64Array(seriesCount);
  const columns: number[][] = Array.from({ length: seriesCount }, () => []);
  for (let poll = 0; poll < POLLS; poll++) {
    for (const one of [0, 1]) {
      next(one, values);
      if (one === target) values.forEach((value, at) => columns[at]?.push(value));
    }
  }
  return columns;
}

const { layout } = syntheticMix(100);
const columns = valuesOf(100, 0);
const falls = (column: readonly number[]): number =>
  column.filter((value, at) => value < (column[at - 1] ?? -1)).length;

describe('syntheticMix', () => {
  it('has so many series, each one once', () => {
    expect(new Set(layout.series.map(({ family }) => family.name)).size).toBe(100);
  });

  it('gives the same each time, and others to each target', () => {
    expect(valuesOf(100, 0)).toEqual(columns);
    expect(valuesOf(100, 1)).not.toEqual(columns);
  });

  it('lets what is growing fall only when its server restarts', () => {
    const most = Math.max(...layout.series.map((series, at) => (isGrowing(series) ? falls(columns[at]!) : 0)));
    expect(most).toBeLessThan(5);
  });

  it('begins with memory and a busy counter', () => {
    const [memory, commands] = columns.map((column) => new Set(column).size);
    expect(memory).toBeGreaterThan(POLLS * 0.9);
    expect(commands).toBeGreaterThan(POLLS * 0.9);
  });

  it('has constants, things that seldom change, whole numbers and decimals', () => {
    const distinct = columns.map((column) => new Set(column).size);
    const decimal = columns.filter((column) => column.some((value) => !Number.isInteger(value)));
    expect(distinct.filter((count) => count <= 2).length).toBeGreaterThan(30);
    expect(distinct.filter((count) => count > 10 && count < 100).length).toBeGreaterThan(3);
    expect(decimal.length).toBeGreaterThan(5);
  });
});
