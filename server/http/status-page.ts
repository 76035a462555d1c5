import type { HistoryStatus } from '../api/contract';
import { formatAddress } from '../model/target';
import type { TargetStatus } from '../poll/interfaces';
import { html, type Html } from './html';
import { humanBytes, humanCount, humanDuration, humanSpan } from './human';
import { renderFrame } from './page-frame';
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
const REFRESH_SECONDS = 10;

export interface StatusView {
  readonly version: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly statuses: readonly TargetStatus[];
  /** Absent: it is switched off. */
  readonly history?: HistoryStatus | undefined;
  /** Show these only; absent: all. */
  readonly state?: TargetStatus['state'] | undefined;
  /** The page loads itself anew every few seconds. */
  readonly refreshing: boolean;
}

/** `/`: what is watched and how it is doing. */
export function renderStatusPage(view: StatusView): string {
  const shown = view.statuses.filter(({ state }) => view.state === undefined || state === view.state);
  const headline = summarize(view.statuses);
  return renderFrame({
    title: `${headline} · Redis Vitals`,
    version: view.version,
    root: './',
    refreshSeconds: view.refreshing ? REFRESH_SECONDS : undefined,
    content: html`<h1>${headline}</h1>
      ${renderBar(view)} ${shown.length === 0 ? renderEmpty(view) : renderTable(shown, view)} ${renderHistory(view)}`,
  });
}

/** `?state=` of the page's address, when it is one. */
export function parseState(text: unknown): TargetStatus['state'] | undefined {
  return STATES.find((state) => state === text);
}

function summarize(statuses: readonly TargetStatus[]): string {
  const count = (wanted: TargetStatus['state']) => statuses.filter(({ state }) => state === wanted).length;
  const total = statuses.length;
  if (total === 0) return 'No targets yet';
  if (count('down') > 0) return total === 1 ? 'The target is down' : `${count('down')} of ${total} targets down`;
  if (count('waiting') > 0) return `Waiting for ${humanCount(count('waiting'), 'target')}`;
  return total === 1 ? 'The target is up' : `All ${total} targets up`;
}

function renderBar({ statuses, state, refreshing, nowMs, startedAtMs }: StatusView): Html {
  const query = (wanted: string | undefined, refresh: boolean) => {
    const parameters = [wanted && `state=${wanted}`, refresh && 'refresh=on'].filter(Boolean).join('&');
    return parameters === '' ? './' : `./?${parameters}`;
  };
  const filters = [undefined, ...STATES].map((wanted) => {
    const count = statuses.filter((status) => wanted === undefined || status.state === wanted).length;
    if (count === 0 && wanted !== state) return html``;
    const current = wanted === state ? html` aria-current="page"` : undefined;
    return html`<a href="${query(wanted, refreshing)}" ${current}>${wanted ?? 'all'} ${count}</a> `;
  });
  const clock = new Date(nowMs).toISOString().slice(11, 19);
  return html`<div class="bar">
    <nav aria-label="Targets by state">${filters}</nav>
    <nav aria-label="This page">
      <span class="muted">${clock} UTC, running for ${humanSpan(nowMs - startedAtMs)}</span>
      <a href="${query(state, refreshing)}">Refresh</a>
      <a href="${query(state, !refreshing)}"
        >${refreshing ? 'Stop refreshing' : `Refresh every ${REFRESH_SECONDS} s`}</a
      >
    </nav>
  </div>`;
}

/** What is kept and where; or why not, and what to do. */
function renderHistory({ history, nowMs }: StatusView): Html {
  if (history === undefined)
    return html`<p class="muted">History: off (<code>--no-history</code> or <code>history.enabled: false</code>).</p>`;
  if (history.state === 'degraded') {
    return html`<p class="down" role="alert">History: degraded. ${history.problem}</p>`;
  }
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
          <th>State</th>
          <th>Target</th>
          <th>Server</th>
          <th>Last poll</th>
          <th>Polls</th>
          <th>Notes</th>
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
  return html`<tr class="is-${state}">
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
  if (failing.length > 0) notes.push(renderTroubles('failing', failing, 'waiting'));
  if (off.length > 0) notes.push(renderTroubles('off', off));
  if (!failure && past) {
    const summary = html`last error ${moment(past.startedAtMs, nowMs)}`;
    notes.push(renderDetails(summary, html`<p>${past.failure?.message}</p>`));
  }
  return notes;
}

function renderTroubles(state: string, troubles: readonly CollectorTrouble[], colour = 'muted'): Html {
  const items = troubles.map(({ collector, reason }) => html`<li><code>${collector}</code> ${reason}</li>`);
  const summary = html`<span class="${colour}">${humanCount(troubles.length, 'collector')} ${state}</span>`;
  return renderDetails(
    summary,
    html`<ul>
      ${items}
    </ul>`
  );
}

function renderDetails(summary: Html, content: Html): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}
