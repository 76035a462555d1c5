import { parseNumberAt } from './number';

/**
 * Calls `visit(key, from, to)` for each pair of a `calls=2,usec=15,ip=::1` list as INFO writes them, in order; the
 * value is the text between the two places. A part without an equals sign is passed over; later equals signs belong
 * to the value.
 */
function eachPair(text: string, visit: (key: string, from: number, to: number) => void): void {
  for (let position = 0; position < text.length;) {
    const comma = text.indexOf(',', position);
    const end = comma === -1 ? text.length : comma;
    const equals = text.indexOf('=', position);
    if (equals !== -1 && equals < end) visit(text.slice(position, equals), equals + 1, end);
    position = end + 1;
  }
}

/** Calls `visit` for each pair of a `k=v,k=v` list whose value is a number. */
export function eachNumber(text: string, visit: (key: string, value: number) => void): void {
  eachPair(text, (key, from, to) => {
    const value = parseNumberAt(text, from, to);
    if (value !== undefined) visit(key, value);
  });
}

/** The pairs of a `k=v,k=v` list by key; of a repeated key the last one. */
export function parseKeyValues(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  eachPair(text, (key, from, to) => pairs.set(key, text.slice(from, to)));
  return pairs;
}
