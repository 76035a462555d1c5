/**
 * Calls `visit(key, value)` for each pair of a `calls=2,usec=15,ip=::1` list as INFO writes them, in order. A part
 * without an equals sign is passed over; later equals signs belong to the value.
 */
export function eachKeyValue(text: string, visit: (key: string, value: string) => void): void {
  for (let position = 0; position < text.length;) {
    const comma = text.indexOf(',', position);
    const end = comma === -1 ? text.length : comma;
    const equals = text.indexOf('=', position);
    if (equals !== -1 && equals < end) visit(text.slice(position, equals), text.slice(equals + 1, end));
    position = end + 1;
  }
}

/** The pairs of a `k=v,k=v` list by key; of a repeated key the last one. */
export function parseKeyValues(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  eachKeyValue(text, (key, value) => pairs.set(key, value));
  return pairs;
}
