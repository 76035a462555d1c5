import { randomInteger, randomNumbers } from '../testing/random';
import { BadJson, firstError, parseJson } from './json';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  it('gives the value', () => {
    expect(parse('{"a":[1,"é",null]}')).toEqual({ a: [1, 'é', null] });
  });

  it.each([
    ['nothing', '', 'the body is not JSON: it is empty'],
    ['a cut body', '{"a":[1', 'the body is not JSON: it ends too early'],
    ['a bare word', 'hello', 'the body is not JSON: line 1, column 1 is not what must stand there'],
    ['a comma too much', '{\n  "a": 1,\n}', 'the body is not JSON: line 3, column 1 is not what must stand there'],
    ['single quotes', "{'a': 1}", 'the body is not JSON: line 1, column 2 is not what must stand there'],
    ['a form', 'from=0&to=now', 'the body is not JSON: line 1, column 1 is not what must stand there'],
    ['more behind the value', '{} {}', 'the body is not JSON: line 1, column 4 is not what must stand there'],
    ['a string without end', '["abc]', 'the body is not JSON: line 1, column 2 is not what must stand there'],
    ['the wrong bracket', '{"a":[1}', 'the body is not JSON: line 1, column 8 is not what must stand there'],
    [
      'a string of many quotes without end',
      `["${'\\"'.repeat(100_000)}`,
      'the body is not JSON: line 1, column 2 is not what must stand there',
    ],
    ['many brackets', '['.repeat(100_000), 'the body has more than 32 brackets within brackets'],
  ])('says where %s is wrong', (_, text, message) => {
    expect(() => parse(text)).toThrow(new BadJson(message));
  });

  it('takes brackets within strings for what they are', () => {
    expect(parse(JSON.stringify(['['.repeat(100), '"{'.repeat(100)]))).toEqual(['['.repeat(100), '"{'.repeat(100)]);
  });

  it('refuses what is not UTF-8', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(new BadJson('the body is not UTF-8'));
  });
});

describe('firstError', () => {
  const PIECES = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0.5e3',
    'null',
    'tru',
    ' ',
    '\n',
    '\\u00e9',
    '\u0001',
  ];

  it.each([1, 2, 3])('agrees with JSON.parse on what is JSON: seed %d', (seed) => {
    const random = randomNumbers(seed);
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    for (let round = 0; round < 20_000; round++) {
      const length = 1 + randomInteger(random, 8);
      const text = Array.from({ length }, () => PIECES[randomInteger(random, PIECES.length)]).join('');
      const isGood = isJson(text);
      // What is found to be wrong must be within a text that is none, and nothing in one that is.
      if (isGood ? firstError(text) !== text.length : firstError(text) < text.length && isJson(text)) {
        throw new Error(`${JSON.stringify(text)}: ${firstError(text)}`);
      }
      // A text that is good up to its end can be completed by closing what is open.
      if (!isGood && firstError(text) === text.length && !canBeCompleted(text, isJson)) {
        throw new Error(`${JSON.stringify(text)} cannot be completed`);
      }
    }
  });

  function canBeCompleted(text: string, isJson: (text: string) => boolean): boolean {
    const closers = (text.replace(/"[^"]*"/g, '').match(/[[\]{}]/g) ?? []).reduce<string[]>((open, character) => {
      if (character === '[') return [']', ...open];
      if (character === '{') return ['}', ...open];
      return open.slice(1);
    }, []);
    const ends = ['', '0', '"k":0', ':0'];
    return ends.some((end) => isJson(text + end + closers.join('')));
  }
});
