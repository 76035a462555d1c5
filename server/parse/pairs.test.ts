import { parsePairs } from './pairs';

it.each([
  ['nothing', [], {}],
  ['names and values', ['maxmemory', '0', 'save', ''], { maxmemory: '0', save: '' }],
  ['a name without a value', ['maxmemory', '0', 'save'], { maxmemory: '0' }],
  ['a null', ['dir', null], { dir: '' }],
  ['a name twice', ['a', '1', 'a', '2'], { a: '2' }],
])('the pairs of %s', (_, items, expected) => {
  expect(Object.fromEntries(parsePairs(items))).toEqual(expected);
});
