import { formatAddress } from '../model/target';
import type { TargetStatus } from '../poll/interfaces';
import { html, type Html } from './html';
import { humanBytes, humanCount, humanDuration, humanSpan } from './human';
import { renderLive, renderOutcome } from './live-section';
import { renderFrame } from './page-frame';
import { pageQuery, REFRESH_SECONDS, renderHealth, summarize, type StatusView } from './status-health';
import {
  collectorTroubles,
  moment,
  pollCounts,
  serverName,
  serverRole,
  stateMark,
  targetPath,
  type CollectorTrouble,
} from './target-parts';

/** Targets that need somebody stand first. */
const STATES = ['down', 'waiting', 'up'] as const;

/** `/`: how everything is doing, then charts, then each target. */
export function renderStatusPage(view: StatusView): string {
  const { statuses, assets, history } = view;
  const headline = summarize(statuses);
  return renderFrame({
    title: `${headline} · Redis Vitals`,
    version: view.version,
    root: './',
    assets,
    refreshSeconds: view.refreshing ? REFRESH_SECONDS : undefined,
    content: html`${renderHealth(headline, view)} ${renderOutcome()}
    ${statuses.length === 0 ? undefined : renderLive({ root: './', assets, history })} ${renderDetails(view)}`,
  });
}

/** `?state=` of the page's address, when it is one. */
export function parseState(text: unknown): TargetStatus['state'] | undefined {
  return STATES.find((state) => state === text);
}

/** All targets, or those of a state; and what is kept of them. */
function renderDetails(view: StatusView): Html {
  const shown = view.statuses.filter(({ state }) => view.state === undefined || state === view.state);
  return html`<div id="details">
    ${renderFilters(view)} ${shown.length === 0 ? renderEmpty(view) : renderTable(shown, view)} ${renderHistory(view)}
  </div>`;
}

function renderFilters({ statuses, state, refreshing }: StatusView): Html {
  if (statuses.length === 0) return html``;
  const filters = [undefined, ...STATES].map((wanted) => {
    const count = statuses.filter((status) => wanted === undefined || status.state === wanted).length;
    if (count === 0 && wanted !== state) return html``;
    const current = wanted === state ? html` aria-current="page"` : undefined;
    return html`<a href="${pageQuery(wanted, refreshing)}" ${current}>${wanted ?? 'all'} ${count}</a> `;
  });
  return html`<div class="bar">
    <h2>Targets</h2>
    <nav aria-label="Targets by state">${filters}</nav>
  </div>`;
}

/** What is kept and where; or why not, and what to do. */
function renderHistory({ history, nowMs }: StatusView): Html {
  if (history === undefined)
    return html`<p class="muted">History: off (<code>--no-history</code> or <code>history.enabled: false</code>).</p>`;
  if (history.state === 'degraded') return html``; // it is told of at the top
  const { diskBytes, directory, retentionMs, oldestMs } = history;
  const since = oldestMs === undefined ? 'nothing yet' : html`${humanSpan(Math.max(0, nowMs - oldestMs))}`;
  const kept = retentionMs === undefined ? undefined : html`, kept for ${humanSpan(retentionMs)}`;
  return html`<p class="muted">History: ${since}, ${humanBytes(diskBytes)} in <code>${directory}</code>${kept}.</p>`;
}

function renderEmpty({ state }: StatusView): Html {
  const text =
    state === undefined
      ? html`<p>
          Name a Redis or Valkey on the command line, or under <code>targets:</code> in the configuration file, and it
          appears here with its first poll.
        </p>`
      : html`<p class="muted">No target is ${state}.</p>`;
  return html`<div class="card empty">${text}</div>`;
}

function renderTable(statuses: readonly TargetStatus[], view: StatusView): Html {
  const order = new Intl.Collator('en', { numeric: true });
  const sorted = [...statuses].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || order.compare(a.target.name, b.target.name)
  );
  return html`<div class="card stack">
    <table>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Target</th>
          <th scope="col">Server</th>
          <th scope="col">Last poll</th>
          <th scope="col">Polls</th>
          <th scope="col">Notes</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.map((status) => renderRow(status, view))}
      </tbody>
    </table>
  </div>`;
}

function renderRow(status: TargetStatus, { nowMs }: StatusView): Html {
  const { target, state, latest } = status;
  const address = formatAddress(target.address);
  const facts = latest?.facts;
  return html`<tr class="is-${state}" data-key="${target.name}">
    <td>${stateMark(state)}</td>
    <td class="name">
      <a href="${targetPath(target.name)}">${target.name}</a>${
        address === target.name ? undefined : html`<small>${address}</small>`
      }
    </td>
    <td data-label="Server" class="tight">
      ${facts && html`<span>${serverName(facts)}</span><small>${serverRole(facts)}</small>`}
    </td>
    <td data-label="Last poll" class="tight">
      ${latest && html`${moment(latest.startedAtMs, nowMs)}<small>took ${humanDuration(latest.durationMs)}</small>`}
    </td>
    <td data-label="Polls" class="tight">
      <span>${status.polls.toLocaleString('en')}</span><small>${pollCounts(status)}</small>
    </td>
    <td>${renderNotes(status, nowMs)}</td>
  </tr> `;
}

/** The error there is or the last one there was, then what collectors do not give. */
function renderNotes(status: TargetStatus, nowMs: number): readonly Html[] {
  const { off, failing } = collectorTroubles(status);
  const failure = status.latest?.failure;
  const [past] = status.recentFailures;
  const notes: Html[] = [];
  if (failure) notes.push(html`<p class="down">${failure.message}</p>`);
  if (failing.length > 0) notes.push(renderCollectors('failing', failing, 'waiting'));
  if (off.length > 0) notes.push(renderCollectors('off', off));
  if (!failure && past) {
    const summary = html`last error ${moment(past.startedAtMs, nowMs)}`;
    notes.push(renderFold(summary, html`<p>${past.failure?.message}</p>`));
  }
  return notes;
}

function renderCollectors(state: string, troubles: readonly CollectorTrouble[], colour = 'muted'): Html {
  const items = troubles.map(({ collector, reason }) => html`<li><code>${collector}</code> ${reason}</li>`);
  const summary = html`<span class="${colour}">${humanCount(troubles.length, 'collector')} ${state}</span>`;
  return renderFold(
    summary,
    html`<ul>
      ${items}
    </ul>`
  );
}

function renderFold(summary: Html, content: Html): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}
