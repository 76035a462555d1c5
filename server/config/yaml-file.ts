import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type { Path } from './read';

/** A mistake of spelling: what it is, and its offset in the text. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

/** A YAML file in memory. */
export interface YamlFile {
  /** Undefined when there are problems, or nothing but comments. */
  readonly data: unknown;
  readonly problems: readonly SyntaxProblem[];
  /** Offset of the key or list item at `path`, or of the nearest one above it; undefined: nothing of it is in the file. */
  offsetOf(path: Path): number | undefined;
  /** `line:column`, both from 1. */
  position(offset: number): string;
}

/** Our own words: the library's quote the text, which may hold a secret. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'unknown \\ escape in a text in double quotes: use single quotes, or write \\\\',
  BAD_INDENT: 'wrong indentation, or a bracket that is not closed',
  BAD_SCALAR_START: 'a text must not begin with this character: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'unexpected "key: value" here: check the indentation, and put texts with ": " in quotes',
  DUPLICATE_KEY: 'the key is given twice: keep one of them',
  MISSING_CHAR: 'something is missing before here: a quote, bracket, comma, space or dash, or indentation',
  MULTILINE_IMPLICIT_KEY: 'a key without ": " behind it, or wrong indentation',
  MULTIPLE_DOCS: 'a second document begins here: one file holds one document',
  NON_STRING_KEY: 'a key must be text',
  TAB_AS_INDENT: 'a tab indents this line: use spaces',
  TAG_RESOLVE_FAILED: 'unknown tag: put texts that begin with ! in quotes',
  UNEXPECTED_TOKEN: 'unexpected text here: put texts with special characters in quotes',
};
const OTHER_MESSAGE = 'no valid YAML';
/** Uses of anchors, nested ones multiplied: enough for every target of a large file, not for a bomb. */
const MOST_ALIASES = 10_000;

export function parseYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ code, pos: [offset] }) => ({
      offset,
      message: MESSAGES[code] ?? OTHER_MESSAGE,
    })),
    ...danglingAliases(document),
  ];
  const data = problems.length > 0 ? undefined : expand(document);
  if (data instanceof RangeError) problems.push({ offset: 0, message: data.message });
  return {
    data: problems.length > 0 ? undefined : (data ?? undefined),
    problems,
    offsetOf: (path) => offsetOf(document, path),
    position: (offset) => {
      const { line, col } = lines.linePos(offset);
      return `${line}:${col}`;
    },
  };
}

function danglingAliases(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      problems.push({
        offset: alias.range?.[0] ?? 0,
        message: 'an alias without its anchor: put texts that begin with * in quotes',
      });
    },
  });
  return problems;
}

function expand(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    return new RangeError('aliases within aliases: write the values out', { cause });
  }
}

function offsetOf(document: Document.Parsed, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = path.length === 0 ? startOf(node) : undefined;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const [found, value] = child(node, step);
    if (found === undefined) return offset;
    offset = startOf(found);
    node = value;
  }
  return offset;
}

/** What stands for a step in the text (a key, or the list item itself), and the node behind it. */
function child(node: unknown, step: string | number): readonly [found?: unknown, value?: unknown] {
  if (isSeq(node)) return [node.items[Number(step)], node.items[Number(step)]];
  if (!isMap(node)) return [];
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return [pair?.key, pair?.value];
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
