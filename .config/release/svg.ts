const UNSAFE: readonly (readonly [RegExp, string])[] = [
  [/<script/i, 'has a script'],
  [/\son\w+\s*=/i, 'has an event handler'],
  [/<foreignObject/i, 'has foreign content'],
  [/<!(DOCTYPE|ENTITY)/i, 'declares a document type or entity'],
  [/javascript:/i, 'has a javascript: address'],
  [/\b(?:xlink:)?href\s*=\s*["'](?!#)/i, 'refers to something outside itself'],
  [/url\(\s*["']?(?!#)/i, 'refers to something outside itself'],
  [/@import/i, 'imports a style'],
];

const MAX_BYTES = 20_000;

/** Why a picture may not be shown as it is: what follows its path in a sentence. */
export function svgProblems(svg: string): string[] {
  const problems = UNSAFE.filter(([pattern]) => pattern.test(svg)).map(([, problem]) => problem);
  if (!/<svg[^>]*\sviewBox=/.test(svg)) {
    problems.push('has no viewBox');
  }
  if (svg.length > MAX_BYTES) {
    problems.push(`has more than ${String(MAX_BYTES)} bytes`);
  }
  return [...new Set(problems)].map((problem) => `${problem}.`);
}
