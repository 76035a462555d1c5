/** Checks the built plugin against the rules of Grafana's catalogue and our own; exit code 1 where one is broken. */
import { BUNDLE_RULES } from './rules-of-bundle.ts';
import { MANIFEST_RULES } from './rules-of-manifest.ts';
import { SOURCE_RULES } from './rules-of-sources.ts';
import { Project } from './project.ts';

function main(project: Project): number {
  if (!project.has('dist/plugin.json') || !project.has('dist/module.js')) {
    process.stderr.write('There is no built plugin in dist/: build it first, with npm run build:plugin.\n');
    return 1;
  }
  const problems = [...MANIFEST_RULES, ...SOURCE_RULES, ...BUNDLE_RULES].flatMap((rule) => rule(project));
  process.stdout.write(problems.length === 0 ? 'The plugin keeps every rule.\n' : `${problems.join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(new Project());
