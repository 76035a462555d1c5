import { randomInteger, randomNumbers } from '../testing/random';
import { replyCases } from '../testing/replies';
import { infoField, infoSection, parseInfo, type InfoReply } from './info';

/** Fields as they were written, in their sections: `[['Server', ['a', '1']]]`; `''` is before the first section. */
function outline({ shape, values }: InfoReply): readonly (readonly [section: string, ...fields: string[][]])[] {
  const first = { name: '', from: 0, to: shape.sections[0]?.from ?? shape.keys.length };
  return [first, ...shape.sections].map(({ name, from, to }) => [
    name,
    ...shape.keys.slice(from, to).map((key, index) => [key, values[from + index]!]),
  ]);
}

describe('parseInfo', () => {
  it.each([
    ['nothing', '', [['']]],
    ['CRLF', '# A\r\nx:1\r\ny:2\r\n\r\n# B\r\nz:3\r\n', [[''], ['A', ['x', '1'], ['y', '2']], ['B', ['z', '3']]]],
    ['bare line feeds', '# A\nx:1\n\n# B\nz:3\n', [[''], ['A', ['x', '1']], ['B', ['z', '3']]]],
    ['no line end at the end', '# A\r\nx:1', [[''], ['A', ['x', '1']]]],
    [
      'fields before the first section',
      'x:1\r\n# A\r\ny:2\r\n',
      [
        ['', ['x', '1']],
        ['A', ['y', '2']],
      ],
    ],
    ['an empty section', '# A\r\n\r\n# B\r\n', [[''], ['A'], ['B']]],
    ['a section with blanks in its name', '# Scripting Engines \r\nx:1\r\n', [[''], ['Scripting Engines', ['x', '1']]]],
    ['a section without a blank before its name', '#A\r\nx:1\r\n', [[''], ['A', ['x', '1']]]],
    ['colons in values', '# A\r\naddress:[::1]:6379\r\n', [[''], ['A', ['address', '[::1]:6379']]]],
    ['an empty value', '# A\r\nx:\r\ny:1\r\n', [[''], ['A', ['x', ''], ['y', '1']]]],
    ['a field without a name', '# A\r\n:1\r\n', [[''], ['A', ['', '1']]]],
    ['nothing where such a field was before', '# A\r\n', [[''], ['A']]],
    ['a line without a colon', '# A\r\nx\r\ny:1\r\n', [[''], ['A', ['y', '1']]]],
    ['a line without a colon at the end', '# A\r\ny:1\r\nx', [[''], ['A', ['y', '1']]]],
    ['a repeated field', '# A\r\nx:1\r\n# B\r\nx:2\r\n', [[''], ['A', ['x', '1']], ['B', ['x', '2']]]],
    ['a name that is a number', '# A\r\n12:1\r\n', [[''], ['A', ['12', '1']]]],
    ['a name with letters beyond ASCII', '# A\r\nmodül:ü\r\n', [[''], ['A', ['modül', 'ü']]]],
  ])('reads %s', (_, text, expected) => {
    expect(outline(parseInfo(text))).toEqual(expected);
  });

  const before = parseInfo('# A\r\nx:1\r\ny:2\r\n# B\r\nz:3\r\n');
  it.each([
    ['the same', '# A\r\nx:1\r\ny:2\r\n# B\r\nz:3\r\n', true],
    ['other values', '# A\r\nx:\r\ny:20\r\n# B\r\nz:30\r\n', true],
    ['another name', '# A\r\nx:1\r\nw:2\r\n# B\r\nz:3\r\n', false],
    ['another order', '# A\r\ny:2\r\nx:1\r\n# B\r\nz:3\r\n', false],
    ['one field more', '# A\r\nx:1\r\ny:2\r\n# B\r\nz:3\r\nw:4\r\n', false],
    ['one field less', '# A\r\nx:1\r\ny:2\r\n# B\r\n', false],
    ['a section that begins elsewhere', '# A\r\nx:1\r\n# B\r\ny:2\r\nz:3\r\n', false],
    ['another section', '# A\r\nx:1\r\ny:2\r\n# C\r\nz:3\r\n', false],
    ['one section more', '# A\r\nx:1\r\ny:2\r\n# B\r\nz:3\r\n# C\r\n', false],
    ['one section less', '# A\r\nx:1\r\ny:2\r\nz:3\r\n', false],
    ['nothing', '', false],
  ])('shares the shape of the reply before: %s', (_, text, isShared) => {
    expect(parseInfo(text, before).shape === before.shape).toBe(isShared);
  });

  it.each(replyCases())('gives the same with and without a reply before: $version $situation', ({ info }) => {
    const random = randomNumbers(2);
    let text = info;
    let previous = parseInfo(text);
    for (let round = 0; round < 20; round++) {
      text = random() < 0.1 ? info : mutated(text, random);
      const hinted = parseInfo(text, previous);
      expect(hinted).toEqual(parseInfo(text));
      previous = hinted;
    }
  });
});

/** The text with one line changed in one of the ways in which replies change, or break. */
function mutated(text: string, random: () => number): string {
  const lines = text.split('\r\n');
  const at = randomInteger(random, lines.length);
  const line = lines[at]!;
  const other = randomInteger(random, lines.length);
  const changes: readonly (() => void)[] = [
    () => (lines[at] = line.replace(/:.*/, `:${random()}`)),
    () => (lines[at] = line.replace(/:.*/, `:${random()}`)),
    () => (lines[at] = `x${line}`),
    () => (lines[at] = line.slice(1)),
    () => (lines[at] = line.replace(':', '')),
    () => (lines[at] = `${line}\n`),
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, lines[other]!),
    () => lines.splice(other, 0, ...lines.splice(at, 1)),
    () => lines.splice(at, 0, '# New'),
    () => (lines[at] = line.startsWith('# ') ? `${line}x` : line),
  ];
  changes[randomInteger(random, changes.length)]!();
  return lines.join('\r\n');
}

describe('infoField', () => {
  const info = parseInfo('# A\r\nx:1\r\nempty:\r\n# Module\r\nx:2\r\n');
  it.each([
    ['x', '1'], // a module that repeats a name does not hide the server's own field
    ['empty', ''],
    ['missing', undefined],
    ['constructor', undefined],
  ])('%s is %s', (field, text) => {
    expect(infoField(info, field)).toBe(text);
  });
});

describe('infoSection', () => {
  const { shape } = parseInfo('# A\r\nx:1\r\n# B\r\ny:2\r\nz:3\r\n# C\r\n');
  it.each([
    ['A', { name: 'A', from: 0, to: 1 }],
    ['b', { name: 'B', from: 1, to: 3 }],
    ['C', { name: 'C', from: 3, to: 3 }],
    ['D', undefined],
  ])('%s', (name, section) => {
    expect(infoSection(shape, name)).toEqual(section);
  });
});
