/** What a text means, or why it means nothing. A problem never repeats the text, which may hold a secret. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads on where the first reading succeeded. */
export function andThen<A, B>(parsed: Parsed<A>, read: (value: A) => Parsed<B>): Parsed<B> {
  return 'problem' in parsed ? parsed : read(parsed.value);
}

/** The value; or undefined, once its problem has been reported. */
export function accept<T>(parsed: Parsed<T>, report: (problem: string) => void): T | undefined {
  if ('value' in parsed) return parsed.value;
  report(parsed.problem);
  return undefined;
}
