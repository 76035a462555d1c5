/** The candidate somebody most likely meant by a mistyped word; undefined when none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = simplify(word);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = distanceBetween(typed, simplify(candidate));
    if (distance < bestDistance && distance < candidate.length - 1) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `password_file`, `PasswordFile` and `password-file` are one word. */
function simplify(word: string): string {
  return word.toLowerCase().replace(/[-_.]/g, '');
}

function distanceBetween(typed: string, known: string): number {
  const isShortForm = typed.length >= 3 && known.startsWith(typed);
  return isShortForm ? Math.min(1, known.length - typed.length) : editDistance(typed, known);
}

/** Levenshtein's: insertions, deletions and replacements that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
