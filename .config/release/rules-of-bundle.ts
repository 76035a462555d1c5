import { gzipSync } from 'node:zlib';
import { loadBundle, type Bundle } from './load-bundle.ts';
import type { Rule } from './rules-of-manifest.ts';

const MAX_GZIPPED_BYTES = 120_000;

/** What Grafana 12.3 hands to a plugin; all else must be in the bundle. */
const SHARED = new Set([
  '@emotion/css',
  '@emotion/react',
  '@grafana/data',
  '@grafana/runtime',
  '@grafana/ui',
  'i18next',
  'lodash',
  'module',
  'moment',
  'react',
  'react-dom',
  'react-redux',
  'react-router',
  'react/jsx-runtime',
  'redux',
  'rxjs',
]);

const NEEDED = ['module.js', 'plugin.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];

const files: Rule = (project) => {
  const shipped = project.shippedFiles();
  const unfilled = ['plugin.json', 'README.md'].filter((path) =>
    /%(VERSION|TODAY|PLUGIN_ID)%/.test(project.text(`dist/${path}`))
  );
  return [
    ...NEEDED.filter((path) => !shipped.includes(path)).map((path) => `dist/${path} does not exist.`),
    ...unfilled.map((path) => `dist/${path} has a placeholder that was not filled in.`),
  ];
};

const production: Rule = (project) =>
  project.manifest('dist').buildMode === 'production' ? [] : ['dist/ is no production build.'];

const size: Rule = (project) => {
  const bytes = gzipSync(project.read('dist/module.js')).length;
  return bytes <= MAX_GZIPPED_BYTES
    ? []
    : [`dist/module.js has ${String(bytes)} bytes gzipped, more than ${String(MAX_GZIPPED_BYTES)}.`];
};

const quiet: Rule = (project) => {
  const calls = project.text('dist/module.js').match(/\bconsole\.\w+/g) ?? [];
  return [...new Set(calls)].map((call) => `dist/module.js calls ${call}.`);
};

const amd: Rule = (project) => {
  let bundle: Bundle;
  try {
    bundle = loadBundle(project.text('dist/module.js'));
  } catch (error) {
    return [`dist/module.js cannot be loaded: ${String(error)}.`];
  }
  const unknown = bundle.dependencies.filter((name) => !SHARED.has(name));
  return [
    ...unknown.map((name) => `dist/module.js asks Grafana for ${name}, which it does not share.`),
    ...(bundle.exports.includes('plugin') ? [] : ['dist/module.js does not export plugin.']),
  ];
};

export const BUNDLE_RULES: readonly Rule[] = [files, production, size, quiet, amd];
