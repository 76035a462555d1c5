import { DERIVED_FIELDS } from '../query/derived-fields.ts';
import { ONE_TARGET, OVERVIEW, queryOf } from './charts.ts';

const ALL = [...OVERVIEW, ...ONE_TARGET];

it('asks for derived fields that there are', () => {
  const known = new Set(DERIVED_FIELDS.map(({ field }) => field));
  const asked = ALL.filter(({ section }) => section === 'Derived').flatMap(({ fields }) => fields);
  expect(asked.filter((field) => !known.has(field))).toEqual([]);
});

it.each([
  ['of all targets', OVERVIEW],
  ['of one', ONE_TARGET],
])('the charts %s have names of their own and fields of one unit', (_, rows) => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const unitOf = (field: string) => DERIVED_FIELDS.find((one) => one.field === field)?.unit;
  for (const { fields } of rows) expect(new Set(fields.map(unitOf)).size).toBe(1);
});

it('asks for some targets, or for all', () => {
  const [first] = OVERVIEW;
  expect(first && queryOf(first, ['a'])).toEqual({
    refId: 'operations',
    section: 'Derived',
    fields: ['ops_per_second'],
    targets: { names: ['a'] },
  });
  expect(first && queryOf(first)).not.toHaveProperty('targets');
});
