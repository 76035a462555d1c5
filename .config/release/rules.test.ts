import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Project } from './project.ts';
import { BUNDLE_RULES } from './rules-of-bundle.ts';
import { MANIFEST_RULES } from './rules-of-manifest.ts';
import { SOURCE_RULES } from './rules-of-sources.ts';

const manifest = {
  id: 'redisvitals-redis-datasource',
  name: 'Redis Vitals',
  type: 'datasource',
  metrics: true,
  annotations: true,
  streaming: true,
  info: {
    description: 'Vital signs of every Redis.',
    author: { name: 'Redis Vitals' },
    keywords: ['redis'],
    logos: { small: 'img/logo.svg', large: 'img/logo.svg' },
    links: [{ name: 'Documentation', url: 'https://example.com' }],
    screenshots: [{ name: 'Panel', path: 'img/screenshots/panel.png' }],
    version: '1.2.3',
    updated: '2026-11-20',
  },
  includes: [{ type: 'dashboard', name: 'Overview', path: 'dashboards/overview.json' }],
  dependencies: { grafanaDependency: '>=12.3.0' },
};
const built = { ...manifest, buildMode: 'production' };
const lockstep = Object.fromEntries(
  ['data', 'ui', 'runtime', 'schema', 'e2e-selectors', 'i18n'].map((name) => [`@grafana/${name}`, '13.2.2'] as const)
);

/** A plugin that keeps every rule. */
const GOOD: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ version: '1.2.3', devDependencies: lockstep }),
  'src/plugin.json': JSON.stringify(manifest),
  'src/README.md': `# Redis Vitals\n${'What it is. '.repeat(100)}[Grafana](https://grafana.com)`,
  'src/img/logo.svg': '<svg viewBox="0 0 1 1"></svg>',
  'src/img/screenshots/panel.png': 'PNG',
  'src/module.ts': 'export const plugin = 1;',
  'dist/plugin.json': JSON.stringify(built),
  'dist/module.js': "define(['react'], () => ({ plugin: 1 }));",
  'dist/README.md': '# Redis Vitals',
  'dist/CHANGELOG.md': '# Changelog',
  'dist/LICENSE': 'Apache',
  'dist/dashboards/overview.json': '{}',
  'dist/server/main.js': 'console.log(1)',
};

const root = mkdtempSync(join(tmpdir(), 'vitals-rules-'));
afterAll(() => rmSync(root, { recursive: true }));

let nextFolder = 0;

/** What is found in the good plugin with these files in place of its own; `null` takes one away. */
function problemsOf(changes: Record<string, string | null>): string[] {
  const folder = join(root, String(nextFolder++));
  for (const [path, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text !== null) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  const project = new Project(folder);
  return [...MANIFEST_RULES, ...SOURCE_RULES, ...BUNDLE_RULES].flatMap((rule) => rule(project));
}

const sourceWith = (changes: object) => ({ 'src/plugin.json': JSON.stringify({ ...manifest, ...changes }) });
const infoWith = (changes: object) => sourceWith({ info: { ...manifest.info, ...changes } });

it('finds nothing wrong with a good plugin', () => {
  expect(problemsOf({})).toEqual([]);
});

it.each<[string, Record<string, string | null>]>([
  ['The id redis-datasource is not organisation-name-datasource.', sourceWith({ id: 'redis-datasource' })],
  ['The type is panel, not datasource.', sourceWith({ type: 'panel' })],
  ['plugin.json does not say streaming: true.', sourceWith({ streaming: false })],
  ['Alerting and backend want a backend executable.', sourceWith({ alerting: true })],
  ['dependencies.grafanaDependency names no least version.', sourceWith({ dependencies: { grafanaDependency: '*' } })],
  ['info.description says too little.', infoWith({ description: 'Redis' })],
  ['info.author has no name.', infoWith({ author: {} })],
  ['info.keywords is empty.', infoWith({ keywords: [] })],
  ['The link http://a is not https.', infoWith({ links: [{ name: 'A', url: 'http://a' }] })],
  ['info.screenshots is empty: the catalogue wants one or more.', infoWith({ screenshots: [] })],
  [
    'src/img/screenshots/panel.png, which plugin.json names, does not exist.',
    { 'src/img/screenshots/panel.png': null },
  ],
  ['src/img/logo.svg has a script.', { 'src/img/logo.svg': '<svg viewBox="0"><script/></svg>' }],
  [
    'dist/dashboards/overview.json (Overview), which plugin.json includes, does not exist.',
    { 'dist/dashboards/overview.json': null },
  ],
  ['src/README.md does not exist.', { 'src/README.md': null }],
  ['src/README.md says too little for someone who has only the plugin.', { 'src/README.md': '# Redis Vitals' }],
  [
    'src/README.md links to docs/api.md, which the catalogue does not have.',
    { 'src/README.md': `${String(GOOD['src/README.md'])} [API](docs/api.md)` },
  ],
  [
    'plugin.json has version 1.2.2, package.json 1.2.3.',
    { 'dist/plugin.json': JSON.stringify({ ...built, info: { ...manifest.info, version: '1.2.2' } }) },
  ],
  ['src/module.ts:1 writes to the console.', { 'src/module.ts': 'console.log(1);' }],
  ['dist/ is no production build.', { 'dist/plugin.json': JSON.stringify({ ...built, buildMode: 'development' }) }],
  ['dist/LICENSE does not exist.', { 'dist/LICENSE': null }],
  ['dist/README.md has a placeholder that was not filled in.', { 'dist/README.md': '%VERSION%' }],
  ['dist/module.js does not export plugin.', { 'dist/module.js': 'define([], () => ({}));' }],
  [
    'dist/module.js asks Grafana for yaml, which it does not share.',
    { 'dist/module.js': "define(['yaml'], () => ({ plugin: 1 }));" },
  ],
  [
    'dist/module.js calls console.warn.',
    { 'dist/module.js': 'define([], () => ({ plugin: () => console.warn(1) }));' },
  ],
])('says: %s', (problem, changes) => {
  expect(problemsOf(changes)).toEqual([problem]);
});

it('wants the packages of Grafana in lockstep', () => {
  const devDependencies = { ...lockstep, '@grafana/ui': '13.2.3' };
  expect(problemsOf({ 'package.json': JSON.stringify({ version: '1.2.3', devDependencies }) })).toEqual([
    expect.stringMatching(/^Not all of @grafana\/data, .* have the same version\.$/),
  ]);
});

it('holds the bundle to its size', () => {
  const noise = Array.from({ length: 40_000 }, (_, index) => Math.sin(index).toString(36)).join(',');
  const code = `define([], () => ({ plugin: ${JSON.stringify(noise)} }));`;
  expect(problemsOf({ 'dist/module.js': code })).toEqual([
    expect.stringMatching(/^dist\/module\.js has \d+ bytes gzipped, more than 120000\.$/),
  ]);
});

it('ships nothing but the plugin', () => {
  problemsOf({ 'dist/testdata/query.json': '{}', 'dist/tsconfig.json': '{}', 'dist/server.tsbuildinfo': '{}' });
  expect(new Project(join(root, String(nextFolder - 1))).shippedFiles()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dashboards/overview.json',
    'module.js',
    'plugin.json',
  ]);
});
