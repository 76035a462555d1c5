/** The alternatives of a regular expression: `a|(b|c)` has two. */
export function splitPattern(pattern: string): string[] {
  if (pattern === '') {
    return [];
  }
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '\\') {
      part += char + pattern.charAt(++at);
      continue;
    }
    depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
    if (char === '|' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

/** A pattern of exactly `text`. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** What a pattern reads as, when it is an escaped text; else itself. */
export function plainText(pattern: string): string {
  const text = pattern.replace(/\\([\\^$.*+?()[\]{}|])/g, '$1');
  return escapePattern(text) === pattern ? text : pattern;
}
