import { escapePattern, plainText, splitPattern } from './pattern';

it.each([
  ['', []],
  ['get', ['get']],
  ['get|set', ['get', 'set']],
  ['(a|b)c|d', ['(a|b)c', 'd']],
  ['[|]x|y', ['[|]x', 'y']],
  ['a\\|b|c', ['a\\|b', 'c']],
  ['$cmd|info', ['$cmd', 'info']],
])('splits %s into its alternatives', (pattern, parts) => {
  expect(splitPattern(pattern)).toEqual(parts);
  expect(parts.join('|')).toBe(pattern);
});

it.each(['10.0.0.7', 'a|b', 'config|get', 'plain'])('writes %s as a pattern and reads it back', (text) => {
  expect(plainText(escapePattern(text))).toBe(text);
  expect(new RegExp(`^(?:${escapePattern(text)})$`).test(text)).toBe(true);
});

it.each(['cache-.*', '$instance', 'a+'])('leaves the pattern %s as it is', (pattern) => {
  expect(plainText(pattern)).toBe(pattern);
});
