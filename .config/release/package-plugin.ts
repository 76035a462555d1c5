/** Puts the built plugin into the archive that Grafana installs: dist/<id>-<version>.zip, one folder named by the id. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './project.ts';
import { zip } from './zip.ts';

const NEEDED = ['module.js', 'plugin.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];

function main(project: Project): number {
  const paths = project.shippedFiles();
  const missing = NEEDED.filter((path) => !paths.includes(path));
  if (missing.length > 0) {
    process.stderr.write(`dist/ lacks ${missing.join(', ')}: build the plugin first, with npm run build:plugin.\n`);
    return 1;
  }
  const { id, info } = project.manifest('dist');
  const archive = zip(paths.map((path) => ({ path: `${id}/${path}`, data: project.read(`dist/${path}`) })));
  const name = `dist/${id}-${info.version}.zip`;
  writeFileSync(join(project.root, name), archive);
  process.stdout.write(`${name}: ${String(paths.length)} files, ${(archive.length / 1000).toFixed(0)} kB\n`);
  return 0;
}

process.exitCode = main(new Project());
