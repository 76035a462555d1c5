import type { Rule } from './rules-of-manifest.ts';

/** What stands nowhere in src/ but in tests and what only they use. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bconsole\s*\./, 'writes to the console'],
  [
    /(['"`\s:])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?=['"`\s;,)])/i,
    "has a colour of its own instead of the theme's",
  ],
  [/\b(?:rgba?|hsla?)\(/i, "has a colour of its own instead of the theme's"],
  [/\d(?:px|rem)\b/, "has a length of its own instead of the theme's spacing"],
  [/import\s+['"][^'"]+\.(?:css|scss)['"]|injectGlobal|<Global\b|:global\(/, 'styles more than its own elements'],
  [/dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/, 'writes HTML past React'],
  [/\beval\(|new Function\(/, 'runs text as code'],
  [/grafanaBootData|window\.grafana\w*/, "reaches for Grafana's own globals"],
];

const SOURCE = /\.tsx?$/;
const OF_TESTS = /\.test\.tsx?$|^testing\/|^testdata\//;

const sources: Rule = (project) =>
  project
    .files('src')
    .filter((path) => SOURCE.test(path) && !OF_TESTS.test(path))
    .flatMap((path) => forbiddenLines(project.text(`src/${path}`)).map((found) => `src/${path}:${found}`));

/** Line number and what is wrong with it. Comments may say anything. */
export function forbiddenLines(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return code.split('\n').flatMap((line, index) => {
    const statement = line.replace(/(^|\s)\/\/.*$/, '');
    return FORBIDDEN.filter(([pattern]) => pattern.test(statement)).map(
      ([, problem]) => `${String(index + 1)} ${problem}.`
    );
  });
}

export const SOURCE_RULES: readonly Rule[] = [sources];
