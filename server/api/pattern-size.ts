const REPETITIONS = /\{(\d+)(?:,(\d*))?\}/g;
/** A repetition of a group may have others within it; any other one is of a single character or class. */
const REPEATED_GROUP = /\)\{\d/;
/** RE2 refuses what multiplies to more. */
const MOST_REPEATED = 1000;

/**
 * How long an RE2 pattern is at most once its repetitions are written out, as they are when it is compiled: `[a-f]{40}` is
 * 49, `(?:x{10}){10}` up to 1300. Never less than it really is, so that a short text cannot become a huge program.
 */
export function patternSize(pattern: string): number {
  const counts = [...pattern.matchAll(REPETITIONS)].map(([, least = '', most = '']) =>
    Number(most === '' ? least : most)
  );
  if (!REPEATED_GROUP.test(pattern)) return pattern.length + counts.reduce((sum, count) => sum + count, 0);
  const product = counts.reduce((all, count) => all * Math.max(count, 1), 1);
  return pattern.length * Math.min(product, MOST_REPEATED);
}
