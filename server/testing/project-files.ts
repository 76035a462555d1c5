import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The checkout. */
export const ROOT = join(__dirname, '../..');

/** A file of the checkout, by its path below the root. */
export function projectText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Paths below the root that match a pattern, sorted: `deploy/**\/*.yml`. */
export function projectFiles(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: ROOT }).sort();
}

/** The documents of a YAML file, with merge keys merged. Throws what the parser has to complain of, warnings included. */
export function projectYaml(path: string): readonly unknown[] {
  const documents = parseAllDocuments(projectText(path), { merge: true });
  if ('empty' in documents) throw new Error(`${path} is empty`);
  return documents.map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
    return document.toJS() as unknown;
  });
}
