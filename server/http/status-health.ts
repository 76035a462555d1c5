import type { HistoryStatus } from '../api/contract';
import type { TargetStatus } from '../poll/interfaces';
import type { Assets } from './assets';
import { html, type Html } from './html';
import { humanCount, humanSpan } from './human';
import { oldestData } from './live-section';
import { withoutScript } from './page-frame';
import { stateMark, targetPath } from './target-parts';

export const REFRESH_SECONDS = 10;
/** Targets that are down are named above the charts: so many of them. */
const MOST_TROUBLES = 5;
/** So many lines a chart has; of more targets the page's script chooses some. */
const MOST_LINES = 10;

export interface StatusView {
  readonly version: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly statuses: readonly TargetStatus[];
  /** Absent: they are not built. */
  readonly assets?: Assets | undefined;
  /** Absent: it is switched off. */
  readonly history?: HistoryStatus | undefined;
  /** Show these only; absent: all. */
  readonly state?: TargetStatus['state'] | undefined;
  /** The page loads itself anew every few seconds, unless its script keeps it current. */
  readonly refreshing: boolean;
}

/** The page in a sentence. */
export function summarize(statuses: readonly TargetStatus[]): string {
  const count = (wanted: TargetStatus['state']) => statuses.filter(({ state }) => state === wanted).length;
  const total = statuses.length;
  if (total === 0) return 'No targets yet';
  if (count('down') > 0) return total === 1 ? 'The target is down' : `${count('down')} of ${total} targets down`;
  if (count('waiting') > 0) return `Waiting for ${humanCount(count('waiting'), 'target')}`;
  return total === 1 ? 'The target is up' : `All ${total} targets up`;
}

/** What somebody wants to know first. The script reads from it whose lines to draw. */
export function renderHealth(
  headline: string,
  { statuses, history, assets, nowMs, startedAtMs, ...view }: StatusView
): Html {
  const names = statuses.map(({ target }) => target.name);
  const few = names.length > MOST_LINES ? undefined : html`data-names="${JSON.stringify(names)}"`;
  const clock = new Date(nowMs).toISOString().slice(11, 19);
  const { state, refreshing } = view;
  const refreshes = html`<a href="${pageQuery(state, refreshing)}">Refresh</a>
    <a href="${pageQuery(state, !refreshing)}"
      >${refreshing ? 'Stop refreshing' : `Refresh every ${REFRESH_SECONDS} s`}</a
    >`;
  return html`<div id="health" data-total="${names.length}" ${few} ${oldestData(history)}>
    <h1 aria-live="polite">${headline}</h1>
    <div class="bar">
      <span class="muted">${clock} UTC, running for ${humanSpan(nowMs - startedAtMs)}</span>
      ${withoutScript(assets, html`<nav aria-label="This page">${refreshes}</nav>`)}
    </div>
    ${renderTroubles(statuses.filter((status) => status.state === 'down'))} ${renderHistoryProblem(history)}
  </div>`;
}

/** The targets that are down, and why; the table has all of them. */
function renderTroubles(down: readonly TargetStatus[]): Html {
  if (down.length === 0) return html``;
  const items = down.slice(0, MOST_TROUBLES).map(
    ({ target, latest }) =>
      html`<li>
        ${stateMark('down')} <a href="${targetPath(target.name)}">${target.name}</a>
        <span>${latest?.failure?.message}</span>
      </li>`
  );
  const others = down.length - items.length;
  const more = others > 0 ? html`<li><a href="./?state=down">and ${humanCount(others, 'other target')}</a></li>` : '';
  return html`<ul class="card troubles">
    ${items} ${more}
  </ul>`;
}

/** Where this page is with other choices. */
export function pageQuery(state: string | undefined, refreshing: boolean): string {
  const parameters = [state && `state=${state}`, refreshing && 'refresh=on'].filter(Boolean).join('&');
  return parameters === '' ? './' : `./?${parameters}`;
}

function renderHistoryProblem(history: HistoryStatus | undefined): Html {
  if (history?.state !== 'degraded') return html``;
  return html`<p class="down" role="alert">History: degraded. ${history.problem}</p>`;
}
