import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');

/** Stands for what differs from case to case, as in `timeout <duration> is longer`. */
const PLACEHOLDER = /^<[^>]*>/;
/** What is quoted of the last piece of a message may be its beginning only, but so much of it. */
const LEAST_OF_LAST = 12;

/** The messages that the document quotes: the first cell of each row of a table whose first column has messages. */
function quotedMessages(): readonly string[] {
  const tables = DOCUMENT.split(/\n\n/).filter((part) => part.startsWith('| Message '));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(2)
      .map((row) => /^\| (`+) ?(.+?) ?\1 +\|/.exec(row)?.[2] ?? `is no message: ${row}`)
  );
}

/** The texts of a source file, templates cut where something is filled in; single letters are left out. */
function textsOf(file: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    if (isText && /..|\W/.test(node.text)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const sources = ['server', 'src']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, folder, name))
  )
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/\/(testing|testdata|live)\//.test(file))
  .map(textsOf);

/** Whether the message from `at` on can be put together of these texts and of what placeholders stand for. */
function isMadeOf(message: string, texts: readonly string[], at = 0): boolean {
  const rest = message.slice(at);
  if (rest === '') return true;
  const placeholder = PLACEHOLDER.exec(rest)?.[0];
  if (placeholder !== undefined && isMadeOf(message, texts, at + placeholder.length)) return true;
  return texts.some(
    (text) =>
      (rest.startsWith(text) && isMadeOf(message, texts, at + text.length)) ||
      (rest.length >= LEAST_OF_LAST && text.startsWith(rest))
  );
}

describe('a message of docs/troubleshooting.md', () => {
  const messages = quotedMessages();

  it('stands once', () => {
    expect(messages.length).toBeGreaterThan(50);
    expect(messages.filter((message, at) => messages.indexOf(message) !== at)).toEqual([]);
  });

  it.each(messages)('is one that a source file has: %s', (message) => {
    expect(sources.some((texts) => isMadeOf(message, texts))).toBe(true);
  });
});

describe('isMadeOf', () => {
  it.each([
    ['cannot listen: <address> is in use', ['cannot listen: ', ' is in use'], true],
    ['cannot listen: <address> is taken', ['cannot listen: ', ' is in use'], false],
    ['<command> answered: no', [' answered: ', 'yes'], false],
    ['This target is not configured.', ['This target is not configured. To allow it'], true],
  ])('%s of %j: %s', (message, texts, expected) => {
    expect(isMadeOf(message, texts)).toBe(expected);
  });
});
