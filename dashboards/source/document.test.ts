import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS } from './definitions';
import { dashboardsDocument } from './document';
import { metric } from './metrics';
import type { DashboardDefinition } from './model';

const DOCUMENT = 'docs/dashboards.md';
const text = readFileSync(join(__dirname, '../..', DOCUMENT), 'utf8');

it('is up to date', () => {
  if (dashboardsDocument(text) !== text) throw new Error(`${DOCUMENT} is out of date: run npm run docs`);
});

it('has a section for each dashboard, in their order', () => {
  const sections = [...text.matchAll(/^## (.*)\n(?:(?!^## ).*\n)*?<!-- generated: (\w+) -->/gm)];
  expect(sections.map(([, title, name]) => [title, name])).toEqual(
    DEFINITIONS.map(({ title, name }) => [title.charAt(0).toUpperCase() + title.slice(1), name])
  );
});

it('tells of each panel in which row it is, and whether Prometheus can answer it', () => {
  const panel = { look: 'lines', description: 'What?', width: 12 } as const;
  const some: DashboardDefinition = {
    name: 'some',
    title: 'some',
    description: 'Some.',
    from: 'now-1h',
    rows: [
      { panels: [{ ...panel, title: 'Memory', targets: [metric('redis_memory_used_bytes', '')] }] },
      {
        title: 'More',
        collapsed: true,
        panels: [
          { ...panel, title: 'Keys', targets: [{ ask: 'table', table: 'keyspace' }] },
          { ...panel, title: 'Hits', targets: [metric('hit_ratio', '')] },
        ],
      },
    ],
  };
  expect(dashboardsDocument('<!-- generated: some -->\n<!-- end -->', [some]).split('\n').slice(2, -2)).toEqual([
    '| Row           | Panel  | What it answers | Of Prometheus |',
    '| ------------- | ------ | --------------- | ------------- |',
    '|               | Memory | What?           | yes           |',
    '| More (folded) | Keys   | What?           | no            |',
    '|               | Hits   | What?           | yes           |',
  ]);
});
