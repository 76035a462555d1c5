import type { CatalogAnswer } from '../../../server/api/contract';
import recorded from '../../testdata/shop/catalog.json';
import {
  chosenFields,
  defaultFunctions,
  fieldChoices,
  fieldLabels,
  fieldOption,
  savedFields,
  searchFields,
} from './fields';

const catalog = recorded as CatalogAnswer;

const valuesOf = (section: string | undefined) => fieldChoices(catalog, section).map(({ value }) => value);

it('puts what is calculated from a section before its fields, and what no target has at the end', () => {
  const choices = fieldChoices(catalog, 'Memory');
  const firstOwn = choices.findIndex(({ section }) => section === 'Memory');
  expect(choices.slice(0, firstOwn).map(({ value }) => value)).toEqual(
    expect.arrayContaining(['memory_used_ratio', 'memory_fragmentation_ratio'])
  );
  expect(choices.slice(firstOwn).every(({ section }) => section === 'Memory')).toBe(true);
  expect(choices.at(-1)?.field.targets).toEqual([]);
});

it('names fields by their metric where a word stands in several sections and none is chosen', () => {
  expect(valuesOf(undefined)).toEqual(expect.arrayContaining(['redis_memory_used_bytes', 'used_memory_rss']));
  expect(valuesOf(undefined)).not.toContain('used_memory');
  expect(new Set(valuesOf(undefined)).size).toBe(valuesOf(undefined).length);
  expect(valuesOf('Memory')).toContain('used_memory');
});

it.each([
  [['used_memory'], { section: 'Memory', fields: ['used_memory'] }],
  [['memory_used_ratio'], { section: 'Derived', fields: ['memory_used_ratio'] }],
  [
    ['memory_used_ratio', 'used_memory'],
    { section: undefined, fields: ['memory_used_ratio', 'redis_memory_used_bytes'] },
  ],
  [['not_known'], { section: 'Memory', fields: ['not_known'] }],
  [[], { section: 'Memory', fields: [] }],
])('saves %j of Memory so that the collector finds them', (words, saved) => {
  expect(savedFields(catalog, 'Memory', words)).toEqual(saved);
});

it('finds fields by title, by word and by meaning, titles first', () => {
  const find = (search: string) =>
    searchFields(fieldChoices(catalog, undefined), search).map(({ field }) => field.field);
  expect(find('used_memory_rss')[0]).toBe('used_memory_rss');
  expect(find('hit ratio')[0]).toBe('hit_ratio');
  expect(find('physical memory')).toContain('used_memory_rss');
});

it('describes a field by word, unit, targets and help, and marks what is calculated', () => {
  const [ratio, used] = chosenFields(fieldChoices(catalog, 'Memory'), ['memory_used_ratio', 'used_memory']);
  expect(fieldOption(ratio!)).toMatchObject({
    label: 'Memory used of maxmemory',
    group: 'Calculated: ratios, rates and lags',
  });
  expect(fieldOption(used!)).toMatchObject({
    label: 'Used memory',
    description: expect.stringMatching(/^used_memory · bytes · \d+ targets · Memory the server/) as string,
    group: 'Memory',
  });
});

it('knows labels and default functions of what is chosen', () => {
  const calls = chosenFields(fieldChoices(catalog, 'Commandstats'), ['calls']);
  expect(fieldLabels(calls)).toEqual(['cmd']);
  expect(defaultFunctions(calls, false)).toEqual(['rate']);
  const memory = chosenFields(fieldChoices(catalog, 'Memory'), ['used_memory']);
  expect(defaultFunctions(memory, false)).toEqual(['avg']);
  expect(defaultFunctions(memory, true)).toEqual(['last']);
});
