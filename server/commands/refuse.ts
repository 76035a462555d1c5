import { nearest } from '../config/nearest';
import { ConfigError, type ConfigProblem } from '../errors';

/** Names are listed up to so many. */
const MOST_LISTED = 20;

/** Throws a ConfigError if there is any problem. */
export function refuse(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

/** A problem for each name that is not among the known ones. */
export function unknownNames(
  path: string,
  names: readonly string[],
  known: readonly string[]
): readonly ConfigProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, message: `there is no history of ${JSON.stringify(name)}: ${remedy(name, known)}` }));
}

function remedy(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (known.length === 0) return 'there is none at all';
  const rest = known.length - MOST_LISTED;
  return `there is ${known.slice(0, MOST_LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
