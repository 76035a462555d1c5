import { z } from 'zod';
import { formatDuration } from '../util/duration';

/** What docs/configuration.md says of a key of the file. */
export interface KeyDocument {
  /** What it is for, in Markdown. */
  readonly help: string;
  /** How its value is written: `DURATION`, or words such as those it may have. */
  readonly value: string;
  /** What counts without it, as it would be written in the file. */
  readonly default?: string;
  /** What counts without it where that cannot be written in the file. */
  readonly otherwise?: string;
  /** A value in YAML that is accepted. */
  readonly example: string;
}

const documents = z.registry<KeyDocument>();

/** The schema of a key with what is said of it. It is a copy: one schema may stand for several keys. */
export function key<S extends z.ZodType>(schema: S, document: KeyDocument): S {
  const own = schema.clone();
  documents.add(own, document);
  return own;
}

/** Undefined: nothing is said of it, as of a group of keys. */
export function documentOf(schema: z.core.$ZodType): KeyDocument | undefined {
  return documents.get(schema);
}

/** The words a value may be. */
export function oneOfText(words: readonly string[]): string {
  return `\`${words.join('`, `')}\``;
}

/** The durations a value may be. */
export function rangeText([least, most]: readonly [number, number]): string {
  return `\`DURATION\` from \`${formatDuration(least)}\` to \`${formatDuration(most)}\``;
}
