import { alignedTable, replaceGenerated } from '../../server/markdown';
import { DEFINITIONS } from './definitions';
import type { DashboardDefinition, RowDefinition } from './model';
import { isIn } from './panel';

/** The document of the dashboards with its tables of panels made anew, one after each `<!-- generated: <name> -->`. */
export function dashboardsDocument(document: string, definitions = DEFINITIONS): string {
  return replaceGenerated(document, Object.fromEntries(definitions.map((one) => [one.name, panelTable(one)])));
}

function panelTable({ rows }: DashboardDefinition): string {
  return alignedTable(['Row', 'Panel', 'What it answers', 'Of Prometheus'], rows.flatMap(rowLines));
}

/** The row is named at its first panel. */
function rowLines({ title = '', collapsed, panels }: RowDefinition): readonly (readonly string[])[] {
  const name = collapsed === true ? `${title} (folded)` : title;
  return panels.map((panel, at) => [
    at === 0 ? name : '',
    panel.title,
    panel.description,
    isIn('prometheus', panel) ? 'yes' : 'no',
  ]);
}
