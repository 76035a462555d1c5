import type { ConfigProblem } from '../errors';
import type { Path, Report } from './read';
import type { YamlFile } from './yaml-file';

/** `targets[1].labels.team`. A key that looks like a URL is left out: it may hold a password. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (/@|:\/\//.test(step)) return '[...]';
      if (index === 0) return step;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** Problems in the order in which to show them: first those from outside of the file, then from its top to its end. */
export interface ProblemList {
  readonly report: Report;
  readonly sorted: () => readonly ConfigProblem[];
}

/** Collects problems, each once; one of the file says at which line and column it stands. */
export function listProblems(fileName: string, file: YamlFile): ProblemList {
  const found = file.problems.map(({ offset, message }) => ({ offset, path: place(offset), message }));

  function place(offset: number): string {
    return `${fileName}:${file.position(offset)}`;
  }

  return {
    report(path, message) {
      const offset = file.offsetOf(path);
      const where = formatPath(path) || fileName;
      if (offset === undefined) found.push({ offset: -1, path: where, message });
      else found.push({ offset, path: where, message: `${message} (${place(offset)})` });
    },
    sorted() {
      const unique = new Map(found.map((problem) => [`${problem.path}\0${problem.message}`, problem]));
      return [...unique.values()].sort((a, b) => a.offset - b.offset).map(({ path, message }) => ({ path, message }));
    },
  };
}
