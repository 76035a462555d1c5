import { dirname, resolve } from 'node:path';
import { type Config, DEFAULTS } from './config';
import type { Context } from './context';
import type { CommandLine } from './flags';
import type { Path, Read } from './read';
import type { historySchema } from './schema';

type Given = Read<typeof historySchema>;
type From = Pick<CommandLine, 'dataDirectory' | 'configFile'>;

/** Where history is kept, and what says so; undefined: nothing does, it is the default. */
export function chooseDirectory({ directory }: Given, commandLine: From): readonly [directory: string, path?: Path] {
  const { dataDirectory, configFile = '' } = commandLine;
  if (dataDirectory !== undefined) return [resolve(dataDirectory), ['--data']];
  if (directory !== undefined) return [resolve(dirname(configFile), directory), ['history', 'directory']];
  return [resolve(DEFAULTS.dataDirectory)];
}

/** The settings of the history; reports a directory that is asked for and cannot be used. */
export function chooseHistory(given: Given, commandLine: CommandLine, context: Context): Config['history'] {
  const { enabled = true, retention, maxSize, synchronous } = given;
  const [directory, path] = chooseDirectory(given, commandLine);
  const isEnabled = enabled && !commandLine.noHistory;
  if (isEnabled && path !== undefined) {
    const problem = directoryProblem(directory, context);
    if (problem !== undefined) context.report(path, problem);
  }
  return {
    enabled: isEnabled,
    directory,
    retentionMs: retention ?? DEFAULTS.retentionMs,
    ...(maxSize !== undefined && { maxBytes: maxSize }),
    synchronous: synchronous ?? DEFAULTS.synchronous,
  };
}

/** What makes a directory a mistake. One that is not there will be made; a disk that is read-only may recover. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOTDIR: 'is a file, or within one: name a directory',
  EACCES: 'cannot be written in: permission denied: let the user we run as own it, or name another directory',
};

function directoryProblem(directory: string, { tryDirectory }: Context): string | undefined {
  try {
    tryDirectory(directory);
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException; // what node:fs throws
    return PROBLEMS[code];
  }
}
