/** Words as people name things: `user`, `USER`, `UserProfile`, and in scripts without capitals. */
const WORD = /^(?:\p{Ll}{1,16}|\p{Lu}{1,16}|\p{Lo}{1,16}|\p{Lu}?\p{Ll}+(?:\p{Lu}\p{Ll}+){0,3})$/u;
const MOST_LETTERS = 24;
const NUMBER = /^\p{Nd}+$/u;
/** `shard12`, `v2`, `db0`. */
const NUMBERED = /^(\p{L}{1,16})\p{Nd}{1,4}$/u;
/** What stands between the parts of a key, and within a part between its pieces. */
const BETWEEN_PARTS = /([:/|{}[\]#\s]+)/u;
const BETWEEN_PIECES = /([-_.]+)/u;
const MOST_CHARACTERS = 100;
/** Servers cut keys at 128 bytes; what does not is no server to be trusted. */
const MOST_READ = 1000;

/**
 * What the keys of one kind have in common: `user:1234:cart` becomes `user:*:cart`. Words stay; numbers, ids, hashes,
 * tokens, addresses and whatever else is no word become `*`.
 */
export function keyPattern(key: string): string {
  const parts = key
    .slice(0, MOST_READ)
    .split(BETWEEN_PARTS)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : partPattern(part)));
  return shortened(parts.join(''));
}

function partPattern(part: string): string {
  const pieces = part.split(BETWEEN_PIECES);
  const patterns = pieces.map((piece, index) => (index % 2 === 1 || piece === '' ? piece : piecePattern(piece)));
  if (patterns.includes(undefined)) return '*';
  return patterns.join('').replace(/\*(?:[-_.]+\*)+/g, '*');
}

/** Undefined: it makes the part it stands in one that is not to be read, such as an address or a token. */
function piecePattern(piece: string): string | undefined {
  if (NUMBER.test(piece)) return '*';
  if (WORD.test(piece) && piece.length <= MOST_LETTERS) return piece;
  const [, word] = NUMBERED.exec(piece) ?? [];
  return word === undefined || !WORD.test(word) ? undefined : `${word}*`;
}

function shortened(pattern: string): string {
  return pattern.length > MOST_CHARACTERS ? `${pattern.slice(0, MOST_CHARACTERS)}…` : pattern;
}
