import type { Manifest, Project } from './project.ts';
import { svgProblems } from './svg.ts';

/** A rule gives a sentence for each thing that breaks it. */
export type Rule = (project: Project) => readonly string[];

const source = (project: Project): Manifest => project.manifest('src');

function when(isBroken: boolean, problem: string): string[] {
  return isBroken ? [problem] : [];
}

const identity: Rule = (project) => {
  const { id, type } = source(project);
  return [
    ...when(!/^[a-z0-9]+-[a-z0-9]+-datasource$/.test(id), `The id ${id} is not organisation-name-datasource.`),
    ...when(type !== 'datasource', `The type is ${type}, not datasource.`),
  ];
};

const version: Rule = (project) => {
  const { version: expected } = project.packageJson();
  const { info } = project.manifest('dist');
  return [
    ...when(!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(expected), `package.json's version ${expected} is not semantic.`),
    ...when(info.version !== expected, `plugin.json has version ${info.version}, package.json ${expected}.`),
    ...when(!/^\d{4}-\d{2}-\d{2}$/.test(info.updated), `plugin.json's date is ${info.updated}, not a day.`),
  ];
};

const capabilities: Rule = (project) => {
  const manifest = source(project);
  const lacking = (['metrics', 'annotations', 'streaming'] as const).filter((name) => manifest[name] !== true);
  return [
    ...lacking.map((name) => `plugin.json does not say ${name}: true.`),
    ...when(manifest.alerting === true || manifest.backend === true, 'Alerting and backend want a backend executable.'),
    ...when(
      !/^>=\d+\.\d+\.\d+/.test(manifest.dependencies.grafanaDependency),
      'dependencies.grafanaDependency names no least version.'
    ),
  ];
};

const description: Rule = (project) => {
  const { info } = source(project);
  const badLinks = (info.links ?? []).filter(({ url }) => !url.startsWith('https://'));
  return [
    ...when((info.description ?? '').length < 20, 'info.description says too little.'),
    ...when(!info.author?.name, 'info.author has no name.'),
    ...when((info.keywords ?? []).length === 0, 'info.keywords is empty.'),
    ...badLinks.map(({ url }) => `The link ${url} is not https.`),
  ];
};

const pictures: Rule = (project) => {
  const { logos, screenshots = [] } = source(project).info;
  const paths = [logos.small, logos.large, ...screenshots.map(({ path }) => path)];
  const missing = paths.filter((path) => !project.has(`src/${path}`));
  const svgs = project.files('src').filter((path) => path.endsWith('.svg'));
  return [
    ...when(screenshots.length === 0, 'info.screenshots is empty: the catalogue wants one or more.'),
    ...missing.map((path) => `src/${path}, which plugin.json names, does not exist.`),
    ...svgs.flatMap((path) => svgProblems(project.text(`src/${path}`)).map((problem) => `src/${path} ${problem}`)),
  ];
};

const includes: Rule = (project) => {
  const listed = source(project).includes ?? [];
  return listed
    .filter(({ path }) => !project.has(`dist/${path}`))
    .map(({ name, path }) => `dist/${path} (${name}), which plugin.json includes, does not exist.`);
};

const readme: Rule = (project) => {
  if (!project.has('src/README.md')) {
    return ['src/README.md does not exist.'];
  }
  const text = project.text('src/README.md');
  const relative = [...text.matchAll(/!?\[[^\]]*\]\((?!https?:|#|<)([^)]+)\)/g)].map((match) => String(match[1]));
  return [
    ...when(text.length < 1000, 'src/README.md says too little for someone who has only the plugin.'),
    ...relative.map((target) => `src/README.md links to ${target}, which the catalogue does not have.`),
  ];
};

const lockstep: Rule = (project) => {
  const { devDependencies } = project.packageJson();
  const names = ['data', 'ui', 'runtime', 'schema', 'e2e-selectors', 'i18n'].map((name) => `@grafana/${name}`);
  const versions = new Set(names.map((name) => devDependencies[name]));
  return when(versions.size !== 1, `Not all of ${names.join(', ')} have the same version.`);
};

export const MANIFEST_RULES: readonly Rule[] = [
  identity,
  version,
  capabilities,
  description,
  pictures,
  includes,
  readme,
  lockstep,
];
