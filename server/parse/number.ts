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
const ZERO = 48;
const POINT = 46;
/** Whole numbers of this many digits, and powers of ten up to it, are exact, and so is rounding their quotient. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** The number a field's text stands for (`12`, `0.5`, `ok` is 1, `fail` is 0, `inf`); undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  return parseNumberAt(text, 0, text.length);
}

/** As `parseNumber`, of the part of `text` between two places: nearly all are short and plain, and need no copy. */
export function parseNumberAt(text: string, from: number, to: number): number | undefined {
  let value = 0;
  let decimals = -1;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) {
      value = value * 10 + (code - ZERO);
      if (decimals >= 0) decimals++;
    } else if (code === POINT && decimals < 0) decimals = 0;
    else return parseOther(text.slice(from, to));
  }
  const isExact = to > from && to - from <= EXACT_DIGITS && decimals !== to - from - 1;
  if (!isExact) return parseOther(text.slice(from, to));
  return decimals > 0 ? value / (POWERS[decimals] as number) : value;
}

/** Signs, exponents, long numbers and words. */
function parseOther(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : WORDS.get(text.toLowerCase());
}

/** As `parseNumber`, for `45.06%`: the number before the percent sign. */
export function parsePercent(text: string): number | undefined {
  return parseNumber(text.endsWith('%') ? text.slice(0, -1) : text);
}
