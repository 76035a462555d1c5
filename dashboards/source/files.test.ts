import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/schema';
import { buildDashboard } from './dashboard';
import { DEFINITIONS } from './definitions';
import { dashboardFiles } from './files';
import { lint } from './lint';

const ROOT = join(__dirname, '../..');
const files = dashboardFiles();

describe.each(files)('$path', ({ path, text }) => {
  it('is up to date', () => {
    const written = readFileSync(join(ROOT, path), 'utf8');
    if (written !== text) throw new Error(`${path} is out of date: run npm run docs`);
  });

  it('keeps the rules of dashboards', () => {
    // Safe: it was made of that type.
    expect(lint(JSON.parse(text) as Dashboard)).toEqual([]);
  });
});

it('are all the files there are', () => {
  const found = ['dashboards', 'dashboards/prometheus'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${folder}/${name}`)
  );
  expect(found.sort()).toEqual(files.map(({ path }) => path).sort());
});

it('have uids of their own', () => {
  const uids = files.map(({ text }) => (JSON.parse(text) as Dashboard).uid);
  expect(new Set(uids).size).toBe(files.length);
});

it('come with the plugin, in the same order', () => {
  // Safe: the scaffold's schema says so of plugin.json.
  const manifest = JSON.parse(readFileSync(join(ROOT, 'src/plugin.json'), 'utf8')) as { includes: unknown };
  const included = DEFINITIONS.map((definition) => ({
    type: 'dashboard',
    name: buildDashboard(definition, 'vitals').title,
    path: `dashboards/${definition.name}.json`,
  }));
  expect(manifest.includes).toEqual(included);
});
