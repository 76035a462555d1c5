import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Body } from './body';

/** The module the others are imported from. */
const FIRST_SCRIPT = 'page.js';
/** What `tsc` makes of server/page/. Nothing else of that folder is served. */
export const PAGE_SCRIPTS = [
  FIRST_SCRIPT,
  'api-client.js',
  'axis-range.js',
  'chart-axes.js',
  'chart-card.js',
  'chart-keys.js',
  'chart-lines.js',
  'chart.js',
  'charts.js',
  'dom.js',
  'draw-marks.js',
  'event-list.js',
  'feed.js',
  'format.js',
  'legend.js',
  'live-charts.js',
  'live-page.js',
  'marks.js',
  'morph.js',
  'ndjson.js',
  'page-refresh.js',
  'palette.js',
  'pause.js',
  'remember.js',
  'series-data.js',
  'series-names.js',
  'shown-targets.js',
  'side-lists.js',
  'slow-log.js',
  'slow-rows.js',
  'survey.js',
  'target-link.js',
  'theme.js',
  'toolbar.js',
  'tooltip.js',
  'totals.js',
  'view.js',
] as const;
/** uPlot's own files, under the names the page has for them. */
const UPLOT_SCRIPT = 'uplot.js';
const UPLOT_STYLE = 'uplot.css';

/** For as long as a browser likes: another content has another address. Behind a log-in it is nobody else's. */
const CACHED = 'private, max-age=31536000, immutable';

/** What the status page loads besides itself. */
export interface Assets {
  /** Of the content of all of them: a part of their address. */
  readonly version: string;
  /** By name; the first script is to be run, the others it imports. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly bodies: ReadonlyMap<string, Body>;
}

/** Reads them all. Undefined: they are not built, as where the server runs from its sources. */
export function readAssets(folder: string): Assets | undefined {
  if (!existsSync(join(folder, FIRST_SCRIPT))) return undefined;
  const own = PAGE_SCRIPTS.map((name) => [name, readFileSync(join(folder, name))] as const);
  const uplot = [
    [UPLOT_SCRIPT, readFileSync(require.resolve('uplot/dist/uPlot.esm.js'))],
    [UPLOT_STYLE, readFileSync(require.resolve('uplot/dist/uPlot.min.css'))],
  ] as const;
  const files = [...own, ...uplot];
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update(content);
  return {
    version: hash.digest('hex').slice(0, 12),
    scripts: [...PAGE_SCRIPTS, UPLOT_SCRIPT],
    styles: [UPLOT_STYLE],
    bodies: new Map(files.map(([name, content]) => [name, new Body(content, headersOf(name))])),
  };
}

function headersOf(name: string) {
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  return { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': CACHED, Vary: 'Accept-Encoding' };
}
