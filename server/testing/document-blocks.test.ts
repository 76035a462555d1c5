import { blocksIn, commandsIn } from './document-blocks';

describe('blocksIn', () => {
  it('finds what is fenced, with its language and line, and takes its indentation away', () => {
    const document =
      'One.\n\n```sh\nls\n```\n\n1. Two:\n\n   ```yaml\n   a:\n     b: 1\n   ```\n\n```\nno language\n```\n';
    expect(blocksIn(document)).toEqual([
      { language: 'sh', text: 'ls\n', line: 4 },
      { language: 'yaml', text: 'a:\n  b: 1\n', line: 10 },
    ]);
  });
});

describe('commandsIn', () => {
  it.each<[string, string, readonly string[]]>([
    ['lines', 'one\n\ntwo\n', ['one', 'two']],
    ['comments', "# what it's for\none # two\nthree#four '# five'\n", ['one', "three#four '# five'"]],
    ['a backslash at the end', 'one \\\n  two\nthree', ['one    two', 'three']],
    ['quotes over lines', 'one \'{\n  "a": 1\n}\' two\nthree', ['one \'{\n  "a": 1\n}\' two', 'three']],
  ])('reads %s', (_, text, commands) => {
    expect(commandsIn(text)).toEqual(commands);
  });

  it('refuses a quote that is not closed', () => {
    expect(() => commandsIn("one 'two\nthree")).toThrow("a quote is not closed: one 'two");
  });
});
