import { LIMITS } from './limits';

/** A body that is no JSON; the message says where and why. */
export class BadJson extends Error {
  override readonly name = 'BadJson';
}

/** Strings whole, so that brackets within them do not count; with or without an end, so that none is tried twice. */
const BRACKETS = /"(?:[^"\\]|\\.)*"?|[[\]{}]/g;
const SPACE = /[ \t\n\r]*/y;

/** The value of a request's body. Throws BadJson, also for brackets within brackets beyond `LIMITS.nesting`. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  refuseNesting(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadJson(`the body is not JSON: ${describeFirstError(text)}`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadJson('the body is not UTF-8');
  }
}

/** Whatever walks through a value may call itself for each level of it. */
function refuseNesting(text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(BRACKETS)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > LIMITS.nesting) throw new BadJson(`the body has more than ${LIMITS.nesting} brackets within brackets`);
  }
}

/** JSON.parse does not always tell where it gave up, and quotes what it was given. */
function describeFirstError(text: string): string {
  const at = firstError(text);
  if (at >= text.length) return text.length === 0 ? 'it is empty' : 'it ends too early';
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1} is not what must stand there`;
}

const STRING = String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const SCALAR = String.raw`${STRING}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`;

/** What may stand at each place. */
const TOKENS = {
  value: new RegExp(`${SCALAR}|[[{]`, 'y'),
  'first value': new RegExp(String.raw`${SCALAR}|[[{\]]`, 'y'),
  key: new RegExp(STRING, 'y'),
  'first key': new RegExp(`${STRING}|}`, 'y'),
  colon: /:/y,
  'end of value': /[,\]}]/y,
};

/** Index of the first token with which the text is no JSON; its length when it only ends too early. */
export function firstError(text: string): number {
  const open: string[] = [];
  let place = 'value' as keyof typeof TOKENS; // not narrowed to what it begins with
  let at = skip(SPACE, text, 0);
  while (at < text.length) {
    const end = skip(TOKENS[place], text, at);
    if (end === at) return at;
    switch (text[at]) {
      case '[':
      case '{':
        place = text[at] === '[' ? 'first value' : 'first key';
        open.push(text[at] === '[' ? ']' : '}');
        break;
      case ']':
      case '}':
        if (open.pop() !== text[at]) return at;
        place = 'end of value';
        break;
      case ',':
        if (open.length === 0) return at;
        place = open.at(-1) === '}' ? 'key' : 'value';
        break;
      case ':':
        place = 'value';
        break;
      default:
        place = place === 'key' || place === 'first key' ? 'colon' : 'end of value';
    }
    at = skip(SPACE, text, end);
  }
  return at;
}

/** Where the pattern ends that stands at `at`; `at` itself when it does not stand there. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
