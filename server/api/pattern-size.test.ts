import { RE2JS } from 're2js';
import { patternSize } from './pattern-size';

/** Instructions of RE2 for a literal as long as nothing. */
const LEAST_PROGRAM = 4;

describe('patternSize', () => {
  it.each([
    ['', 0],
    ['cache-.*', 8],
    ['[a-f]{40}', 49],
    ['[a-z]{1,63}', 74],
    ['a{3,}', 8],
    ['a{,3}', 5],
    ['(a{10}){10}', 1100],
    ['(a{10})b{10}', 32],
    ['(a){0}', 6],
    ['(a{1000}){1000}', 15_000],
    ['.{0,1000}'.repeat(400), 403_600],
  ])('of %j is %d', (pattern, size) => {
    expect(patternSize(pattern)).toBe(size);
  });

  /** Each is compiled: what RE2 makes of it must not be larger than foretold. */
  it.each([
    'a{1000}',
    '(?:ab|cd){500}',
    '(?:(?:a{2,3}b){4,}c?){5}x*',
    '(?i:é{3}[a-z]{7}){9}',
    '\\Q(\\E{50}',
    '(\\Q)\\Eabcdefgh){100}',
    '([)]abcdefgh){100}',
    '([[:alpha:])]abcdefgh){100}',
    '(abcdefgh\\)){100}',
    'a**?',
    '(?P<name>a|b){20}(?:c{10}|d{10}){3}',
    '(?:[\\pL\\d]{0,30}){30}',
    '(a|b|ab)*c'.repeat(30),
    '.{0,100}?'.repeat(10),
    '(?:)'.repeat(100),
    '(?:x{10}){10}'.repeat(3),
  ])('is no less than the program of %j', (pattern) => {
    let program = 0;
    try {
      program = RE2JS.compile(pattern).programSize();
    } catch (error) {
      expect(String(error)).toContain('RE2JSSyntaxException');
    }
    // An instruction more for each character: a capture has two, a repetition a branch.
    expect(program).toBeLessThanOrEqual(2 * patternSize(pattern) + LEAST_PROGRAM);
  });
});
