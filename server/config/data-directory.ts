import type { ConfigProblem } from '../errors';
import { DEFAULTS } from './config';
import { type ReadFile, tryRead } from './context';
import { fileFormat } from './file-format';
import type { CommandLine } from './flags';
import { chooseDirectory } from './history';
import { listProblems } from './problems';
import type { Path } from './read';
import { fileSchema } from './schema';

export interface DataDirectory {
  /** Absolute. */
  readonly directory: string;
  /** What names it, for problems with it: `--data`, `history.directory`, or itself as the default. */
  readonly path: string;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Where the history is, for who only wants to read it: of all that the configuration file says nothing else counts,
 * so that its secrets need not be readable.
 */
export function findDataDirectory(
  given: Pick<CommandLine, 'dataDirectory' | 'configFile'>,
  readFile: ReadFile
): DataDirectory {
  const { configFile } = given;
  const text = configFile === undefined ? { value: '' } : tryRead(configFile, readFile);
  const yaml = fileFormat.parse('value' in text ? text.value : '');
  const { report, sorted } = listProblems(configFile ?? '', yaml);
  if ('problem' in text) report(['--config'], text.problem);
  const file = fileFormat.read(yaml.data ?? {}, (path, message) => {
    if (concernsHistory(path)) report(path, message);
  });
  const [directory, path = [`./${DEFAULTS.dataDirectory}`]] = chooseDirectory(file?.history ?? {}, given);
  return { directory, path: path.join('.'), problems: sorted() };
}

/** Not so what is below another known key. */
function concernsHistory([key]: Path): boolean {
  return key === 'history' || key === undefined || !Object.hasOwn(fileSchema.shape, key);
}
