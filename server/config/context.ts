import { accessSync, constants } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Parsed } from './parsed';
import type { Report } from './read';

/** Reads a file as UTF-8, or throws what node:fs throws. */
export type ReadFile = (path: string) => string;
/** Returns when a directory that is there can be written in; otherwise throws what node:fs throws. */
export type TryDirectory = (path: string) => void;
export const tryDirectory: TryDirectory = (path) => accessSync(`${path}/.`, constants.W_OK | constants.X_OK);

export type Env = Readonly<Record<string, string | undefined>>;

/** What checking the settings of the file needs of the world around it. */
export interface Context {
  readonly report: Report;
  readonly env: Env;
  readonly readFile: ReadFile;
  readonly tryDirectory: TryDirectory;
  /** Relative paths in the configuration file start at its directory. */
  readonly configFile: string;
  readonly knownCollectors: readonly string[];
  /** Labels that our own families use. */
  readonly reservedLabels: ReadonlySet<string>;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

/** A file's text. The problem does not repeat the path: somebody may have put a secret in its place. */
export function tryRead(path: string, readFile: ReadFile): Parsed<string> {
  try {
    return { value: readFile(path) };
  } catch (error) {
    const { code = 'for an unknown reason' } = error as NodeJS.ErrnoException; // what node:fs throws
    return { problem: `cannot be read: ${REASONS[code] ?? code}` };
  }
}

/** Absolute path and text of a file that the configuration file names. */
export function readNamed(
  file: string,
  { configFile, readFile }: Context
): Parsed<{ readonly path: string; readonly text: string }> {
  const path = resolve(dirname(configFile), file);
  const read = tryRead(path, readFile);
  if ('value' in read) return { value: { path, text: read.value } };
  const hint = isAbsolute(file) ? '' : ' (a relative path starts at the directory of the configuration file)';
  return { problem: read.problem + hint };
}
