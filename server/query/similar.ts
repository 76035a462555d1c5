/** The words most like a mistyped one, best first; those that have little in common with it are left out. */
function similar(word: string, candidates: Iterable<string>): string[] {
  const typed = pairs(word);
  const scored = [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: likeness(typed, pairs(candidate)) }))
    .sort((a, b) => b.score - a.score || (a.candidate < b.candidate ? -1 : 1));
  const least = Math.max(LEAST_LIKENESS, CLOSE_TO_BEST * (scored[0]?.score ?? 0));
  return scored
    .filter(({ score }) => score >= least)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

const MOST = 3;
const LEAST_LIKENESS = 0.4;
const CLOSE_TO_BEST = 0.75;

/** Pairs of neighbouring letters: unlike edit distance they know `memory_used` in `used_memory_bytes`. */
function pairs(word: string): Set<string> {
  const text = ` ${word.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size);
}

/** `did you mean x, y or z?`, or nothing where nothing is similar. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const found = similar(word, candidates).map((one) => `\`${one}\``);
  const last = found.pop();
  if (last === undefined) return '';
  return `: did you mean ${found.length === 0 ? last : `${found.join(', ')} or ${last}`}?`;
}
