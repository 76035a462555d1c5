const WORDS: ReadonlyMap<string, number> = new Map([
  ['ok', 1],
  ['true', 1],
  ['err', 0],
  ['fail', 0],
  ['false', 0],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['nan', NaN],
  ['-nan', NaN],
]);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number a field's text stands for (`12`, `0.5`, `ok` is 1, `fail` is 0, `inf`); undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  const value = Number(text);
  // Number() takes '' as 0, blanks, 0x10 and Infinity, none of which Redis means as a number.
  if (value === 0 || value !== value || !isPlain(text))
    return DECIMAL.test(text) ? value : WORDS.get(text.toLowerCase());
  return value;
}

function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  return isDigitOrSign(first) && (text.length === 1 || isDigitOrSign(second) || second === 46);
}

function isDigitOrSign(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45;
}

/** As `parseNumber`, for `45.06%`: the number before the percent sign. */
export function parsePercent(text: string): number | undefined {
  return parseNumber(text.endsWith('%') ? text.slice(0, -1) : text);
}
