import type { FamilyDescriptor, FamilyType } from '../../server/model/family';
import type { SamplePart, Series } from '../../server/model/samples';
import { chooseSeries, isGrowing } from './mix';

function series(field: string, type: FamilyType = 'gauge', part: SamplePart = ''): Series {
  const source = { command: 'INFO', section: 'Stats', field };
  const family: FamilyDescriptor = { name: `redis_${field}`, type, unit: 'none', help: '', labelNames: [], source };
  return { family, part, labels: [] };
}

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'].map((field) => series(field));
const ALL = [...LETTERS, series('total_commands_processed', 'counter'), series('used_memory')];

describe('chooseSeries', () => {
  it.each([
    [2, []],
    [4, ['a', 'd']],
    [5, ['a', 'c', 'e']],
    [99, ['a', 'b', 'c', 'd', 'e', 'f']],
  ])('takes %d: those that are asked for, then the others from all of the list', (count, others) => {
    const fields = chooseSeries(ALL, count).map(({ family }) => family.source.field);
    expect(fields).toEqual(['used_memory', 'total_commands_processed', ...others]);
  });

  it('refuses a list without those that are asked for', () => {
    expect(() => chooseSeries(LETTERS, 3)).toThrow("INFO's used_memory is not among the series");
  });
});

describe('isGrowing', () => {
  it.each<[Series, boolean]>([
    [series('calls', 'counter'), true],
    [series('latency', 'histogram', '_bucket'), true],
    [series('uptime_in_seconds'), true],
    [series('used_memory'), false],
  ])('%j: %s', (one, expected) => {
    expect(isGrowing(one)).toBe(expected);
  });
});
